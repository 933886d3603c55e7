"""`/cut`: a word is a command only alone or with arguments it accepts; all else is a title."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot.domain.results import Query, Scope
from bot.domain.task import Status
from bot.domain.text import one_line
from bot.i18n.texts import LANGUAGES, Catalogue
from bot.views import helping
from bot.views.lists import WORDS_MAX
from handlers import admin, ballots, exempting, lists, proposing, reviews, tasks
from handlers.carried import number
from handlers.context import Context, Handler
from handlers.reply import Reply, Say

DOORS: Mapping[str, Handler] = {
    "admin": admin.open_panel,
    "ballot": ballots.open_panel,
    "exempt": exempting.open_panel,
    "review": reviews.open_door,
}
"""Where a word that stands alone leads."""
COMMANDS = ("list", "find", "show", "update", *DOORS, "help")
_SHORTEST_TITLE = 3
_LONGEST_NUMBER = 10
"""So many digits are a title, however they begin."""
_LAST_PAGE = 100
"""Pages are reached one from the other, so there must be an end to their numbers."""
_OVERDUE = "overdue"


@dataclass(frozen=True)
class Words:
    """Every word that is understood after `/cut`, in any language, by what it means."""

    commands: Mapping[str, str]
    scopes: Mapping[str, Scope]
    statuses: Mapping[str, str]

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Words":
        """Read them from the catalogues."""
        return cls(
            commands={w: name for name in COMMANDS for w in _words(catalogue, name)},
            scopes={w: s for s in Scope for w in _words(catalogue, f"scope-{s.value}")},
            statuses={
                word: code
                for code in (*(s.value for s in Status), _OVERDUE)
                for word in _words(catalogue, f"status-{code.replace('_', '-')}")
            },
        )


@dataclass(frozen=True)
class Command:
    """What was typed: a command with its argument, or `propose` with a title."""

    name: str
    text: str = ""
    number: int | None = None
    query: Query | None = None


def parse(text: str, words: Words) -> Command:
    """What a text after `/cut` means."""
    text = one_line(text)
    first, _, rest = text.partition(" ")
    rest = one_line(rest)
    if (number := _number(text)) is not None:
        return Command("show", number=number)
    match words.commands.get(first.casefold()):
        case None:
            short = 0 < len(text) < _SHORTEST_TITLE
            return Command("help" if short else "propose", text)
        case name if not rest and (name == "help" or name in DOORS):
            return Command(name)
        case "list" if (query := _query(rest, words)) is not None:
            return Command("list", query=query)
        case "find":
            return Command("find", query=Query(words=rest[:WORDS_MAX]) if rest else None)
        case "show" | "update" as name if not rest or _number(rest) is not None:
            return Command(name, number=_number(rest))
        case _:
            return Command("propose", text)


Helps = Mapping[tuple[str, bool], Say]
"""The help by language, and for headquarters or not."""


async def cut(words: Words, helps: Helps, ctx: Context) -> Reply:
    """Answer a `/cut`."""
    command = parse(ctx.inbound.text, words)
    match command:
        case Command("propose", text):
            return await proposing.open_form(ctx, title=text)
        case Command("list" | "find", query=Query() as query):
            return await lists.answer(ctx, query)
        case Command("show", number=int(number)):
            return await tasks.open_number(ctx, number)
        case Command("update", number=int(number)):
            return await tasks.open_edit(ctx, number)
        case Command(name) if name in DOORS:
            return await DOORS[name](ctx)
        case Command("help", text) if text:
            return Say(**helping.help_message(ctx.texts, unknown=text, hq=_is_hq(ctx)))
        case Command("help"):
            return helps[ctx.texts.language, _is_hq(ctx)]
        case Command(name):
            return Say(text=ctx.texts(f"usage-{name}"))


async def open_help(helps: Helps, ctx: Context) -> Reply:
    """The help from a button."""
    said = helps[ctx.texts.language, _is_hq(ctx)]
    return lists.in_place(ctx, ctx.texts("help-title"), said)


def handlers(catalogue: Catalogue) -> tuple[Handler, Handler]:
    """The command's handler and the help button's; the help is worded once for each language."""
    helps = {
        (code, hq): Say(**helping.help_message(catalogue.of(code), hq=hq))
        for code in LANGUAGES
        for hq in (False, True)
    }
    return partial(cut, Words.of(catalogue), helps), partial(open_help, helps)


def _words(catalogue: Catalogue, name: str) -> list[str]:
    return [w.casefold() for code in LANGUAGES for w in catalogue.of(code)(f"word-{name}").split()]


def _is_hq(ctx: Context) -> bool:
    return ctx.actor is not None and ctx.actor.is_hq


def _number(text: str) -> int | None:
    digits = text.removeprefix("#")
    return number(digits) if len(digits) < _LONGEST_NUMBER else None


def _query(rest: str, words: Words) -> Query | None:
    """The list that is asked for; None when a word is none of a list's, or stands twice."""
    scope: Scope | None = None
    status: str | None = None
    page: int | None = None
    for word in rest.casefold().split():
        if scope is None and word in words.scopes:
            scope = words.scopes[word]
        elif status is None and word in words.statuses:
            status = words.statuses[word]
        elif page is None and 0 < (number(word) or 0) <= _LAST_PAGE:
            page = number(word)
        else:
            return None
    return Query(
        scope=scope or Scope.ALL,
        status=Status(status) if status not in (None, _OVERDUE) else None,
        overdue=status == _OVERDUE,
        page=page or 1,
    )
