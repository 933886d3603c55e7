"""The command line: what may be typed after `python -m bot`, and importing an organisation."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, Protocol, TextIO, TypeVar

from bot.domain.calendar import today
from bot.domain.errors import BotError, NotStored, Several, Unknown
from bot.domain.reorganising import Line, Plan
from bot.i18n.texts import LANGUAGES, Catalogue, Texts, language_of
from bot.settings import SettingsError
from bot.usecases.organise import apply_import, plan_import
from handlers.finding import first_line
from handlers.roster_files import BYTES_MAX, RosterFile, Vocabulary, read, vocabulary

T = TypeVar("T")

PLAYGROUND = {"http": False, "fresh": False, "tasks": 60, "ballot": False, "port": 8765}
"""The playground's options where none are given; `all` starts it too when there are no tokens."""

_PROG = "python -m bot"
_TASKS_MOST = 2000
_PORT_MOST = 65535
_APART = 10
"""How far from a port in use the one lies that is proposed instead; the next may be its own."""
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LOCALES = ("C", "POSIX")


class Organisation(Protocol):
    """The way to the organisation in the database."""

    async def read(self, work: Callable[[Any], T]) -> T:
        """Run `work` with a unit of work that only reads."""

    async def write_alone(self, work: Callable[[Any], T]) -> T:
        """Run a long `work` in its own transaction and return its value once it is committed."""


def asked(
    catalogue: Catalogue, argv: Sequence[str], environ: Mapping[str, str]
) -> argparse.Namespace:
    """What the arguments ask for; `lang` is always set. Ends the process on a mistake or --help."""
    chosen = language(argv, environ)
    found = parser(catalogue.of(chosen)).parse_args(argv)
    found.lang = chosen
    return found


def language(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language of the output: the last --lang, or that of the environment, or Korean."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    early.add_argument("--lang", nargs="?")
    wanted = early.parse_known_args(argv)[0].lang
    if wanted in LANGUAGES:
        return str(wanted)
    locale = next(filter(None, map(environ.get, _LOCALES)), "")
    return language_of("" if locale.partition(".")[0] in _NO_LOCALES else locale)


def parser(t: Texts) -> argparse.ArgumentParser:
    """The arguments of `python -m bot`; without a command it is `all`.

    A command has `command`; the playground `http`, `fresh`, `tasks`, `ballot` and `port`, which
    every other command has at their defaults; `org` has `file` and `apply`.
    """
    top = _Parser(t, _PROG, t("cli-about"))
    commands = top.commands()
    for name in ("all", "socket", "web", "worker"):
        commands(name, t(f"cli-command-{name}"))
    playground = commands("playground", t("cli-command-playground")).options
    playground.add_argument(
        "--http", action="store_true", default=PLAYGROUND["http"], help=t("cli-option-http")
    )
    playground.add_argument(
        "--fresh", action="store_true", default=PLAYGROUND["fresh"], help=t("cli-option-fresh")
    )
    playground.add_argument(
        "--tasks",
        metavar="N",
        type=_whole(t, _TASKS_MOST),
        default=PLAYGROUND["tasks"],
        help=t("cli-option-tasks", default=PLAYGROUND["tasks"]),
    )
    playground.add_argument(
        "--ballot",
        action="store_true",
        default=PLAYGROUND["ballot"],
        help=t("cli-option-ballot"),
    )
    playground.add_argument(
        "--port",
        metavar="N",
        type=_whole(t, _PORT_MOST),
        default=PLAYGROUND["port"],
        help=t("cli-option-port", default=str(PLAYGROUND["port"])),
    )
    commands("migrate", t("cli-command-migrate"))
    organisation = commands("org", t("cli-command-org")).commands("org_command")
    importing = organisation("import", t("cli-command-import"))
    arguments = importing.add_argument_group(t("cli-arguments"))
    arguments.add_argument("file", metavar="FILE", type=Path, help=t("cli-argument-file"))
    importing.options.add_argument("--apply", action="store_true", help=t("cli-option-apply"))
    commands("doctor", t("cli-command-doctor"))
    top.set_defaults(command="all", **PLAYGROUND)
    return top


def say_settings(error: SettingsError, err: TextIO) -> int:
    """Print everything that is wrong with the settings; the exit code."""
    print(*error.problems, sep="\n", file=err)
    return 2


def say_taken(t: Texts, port: int, err: TextIO, *, playground: bool = False) -> int:
    """Print that another programme has the port, and how to go on; the exit code."""
    other = port + _APART if port + _APART < _PORT_MOST else port - _APART
    key = "cli-playground-taken" if playground else "cli-port-taken"
    print(t(key, port=str(port), other=str(other)), file=err)
    return 2


def say_no_database(t: Texts, error: BaseException, err: TextIO) -> int:
    """Print why the database cannot be used, and who tells more; the exit code."""
    print(t("cli-no-database", reason=first_line(error)), file=err)
    return 1


async def import_roster(
    services: Organisation,
    catalogue: Catalogue,
    t: Texts,
    path: Path,
    *,
    apply: bool,
    now: datetime,
    out: TextIO,
) -> int:
    """Print what importing the file would change, and with `apply` change it; the exit code.

    Mistakes are all printed, and then nothing is changed. NotStored when the database is away.
    """
    known = vocabulary(catalogue)
    try:
        file = await asyncio.to_thread(_read, path, known)
        plan = await _plan(services, catalogue, file, known, now, apply=apply)
    except OSError as error:
        print(t("cli-no-file", file=str(path), reason=error.strerror or str(error)), file=out)
        return 1
    except Unknown:
        print(t("cli-import-unknown"), file=out)
        return 1
    except BotError as error:
        if isinstance(error, NotStored) and error.__cause__ is not None:
            raise  # it is the database's fault, and not the file's
        errors = error.errors if isinstance(error, Several) else [error]
        _print(t, ((each.key, each.params) for each in errors), out)
        print("", t("cli-import-refused", count=len(errors)), sep="\n", file=out)
        return 1
    _print(t, plan.printed, out)
    _print(t, (("roster-column-ignored", {"heading": text}) for text in file.ignored), out)
    print(file=out)
    if apply:
        print(t("cli-import-applied"), file=out)
    else:
        print(t("cli-import-nothing" if plan.is_empty else "cli-import-dry"), file=out)
    return 0


async def _plan(
    services: Organisation,
    catalogue: Catalogue,
    file: RosterFile,
    known: Vocabulary,
    now: datetime,
    *,
    apply: bool,
) -> Plan:
    """What would change, or what was changed."""

    def look(uow: Any) -> Plan:
        return plan_import(uow, file.rows, now, words=known.words)

    def change(uow: Any) -> Plan:
        return apply_import(uow, file.rows, now, words=known.words, round_name=round_name)

    if not apply:
        return await services.read(look)
    # Everybody reads the round's name: it is the office's, not that of whoever sits here.
    round_name = catalogue.of(LANGUAGES[0])("roster-first-round", year=today(now).year)
    try:
        return await services.write_alone(change)
    except Unknown as error:
        if error.outcome is None:
            raise
        plan: Plan = await error.outcome
        return plan


def _read(path: Path, known: Vocabulary) -> RosterFile:
    with path.open("rb") as file:
        return read(file.read(BYTES_MAX + 1), known)


def _print(t: Texts, lines: Iterable[Line], out: TextIO) -> None:
    for key, params in lines:
        print(t(key, **params), file=out)


def _whole(t: Texts, most: int) -> Callable[[str], int]:
    """Reads a whole number from 0 to `most`."""

    def number(text: str) -> int:
        if not text.isdecimal() or int(text) > most:
            raise argparse.ArgumentTypeError(t("cli-not-a-number", most=str(most)))
        return int(text)

    return number


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the language asked for wherever argparse lets it."""

    def __init__(self, t: Texts, prog: str, about: str) -> None:
        super().__init__(
            prog=prog,
            description=about,
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Help(prog, t("cli-usage")),
        )
        self._t = t
        self.options = self.add_argument_group(t("cli-options"))
        self.options.add_argument("-h", "--help", action="help", help=t("cli-option-help"))
        # The language is known before anything is read; here it is only allowed anywhere.
        self.options.add_argument("--lang", choices=LANGUAGES, help=t("cli-option-lang"))

    def commands(self, dest: str = "command") -> "Callable[[str, str], _Parser]":
        """Let commands follow; what is returned adds one by its name and help."""
        group = self.add_subparsers(
            title=self._t("cli-commands"),
            dest=dest,
            metavar=self._t("cli-command"),
            required=dest != "command",
            parser_class=_Parser,
        )

        def add(name: str, about: str) -> _Parser:
            return group.add_parser(
                name, t=self._t, prog=f"{self.prog} {name}", help=about, about=about
            )

        return add

    def error(self, message: str) -> NoReturn:
        """Say what cannot be understood, on standard error, and end with exit code 2."""
        self.print_usage(sys.stderr)
        reason = self._t("cli-not-understood", reason=message, help=f"{self.prog} --help")
        self.exit(2, f"{reason}\n")


class _Help(argparse.HelpFormatter):
    """Help whose usage line begins in the language asked for."""

    def __init__(self, prog: str, usage: str) -> None:
        super().__init__(prog)
        self._begins = usage

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """As argparse does, with our own word before it."""
        super().add_usage(usage, actions, groups, prefix or f"{self._begins} ")
