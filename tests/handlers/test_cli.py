"""What is typed after `python -m bot`, and importing an organisation from there."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.domain.calendar import today
from bot.domain.errors import NotStored, Unknown
from bot.i18n.texts import LANGUAGES, Catalogue
from bot.settings import Mode, Settings, SettingsError
from handlers import cli
from storage.database import Office
from tests.conftest import START, StillClock

CATALOGUE = Catalogue.load()
KOREAN = CATALOGUE.of("ko")
HEADER = "실국,과,팀,이름,직위,이메일,전화,역할"
DIRECTOR = "교통국,,,김국장,국장,1@a.kr,1234,"
HEAD = "교통국,도로과,,이과장,과장,2@a.kr,1234,총괄"
LEAD = "교통국,도로과,계획팀,박팀장,팀장,3@a.kr,1234,"


@pytest.fixture
async def office(engine: Engine, clock: StillClock) -> AsyncIterator[Office]:
    opened = Office(engine, clock)
    opened.writer.start()
    yield opened
    await opened.close()


class Desk:
    """Somebody at a command line with a file."""

    def __init__(self, office: Office, file: Path) -> None:
        self.office = office
        self.file = file
        self.code = 0

    def has(self, *lines: str) -> None:
        self.file.write_text("\n".join(lines), encoding="utf-8-sig")

    async def imports(self, *, apply: bool = False, language: str = "ko") -> list[str]:
        """The lines that are printed."""
        out = io.StringIO()
        self.code = await cli.import_roster(
            self.office,
            CATALOGUE,
            CATALOGUE.of(language),
            self.file,
            apply=apply,
            now=START,
            out=out,
        )
        return out.getvalue().splitlines()

    async def names(self) -> list[str]:
        """Who serves."""
        people = await self.office.read(lambda uow: uow.people.all(today(START)))
        return [person.name for person in people if person.posts]


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    return Desk(office, tmp_path / "조직.csv")


def asked(*argv: str, **environ: str):
    return cli.asked(CATALOGUE, argv, environ)


def test_without_arguments_everything_runs_with_the_playgrounds_defaults():
    found = asked()
    assert (found.command, found.lang) == ("all", "ko")
    assert (found.http, found.fresh, found.tasks, found.port) == (False, False, 60, 8765)


@pytest.mark.parametrize("command", [*Mode, "migrate", "doctor", "playground"])
def test_every_mode_and_command_is_understood(command):
    assert asked(command).command == command


def test_the_playground_takes_its_options():
    found = asked("playground", "--http", "--fresh", "--tasks", "291", "--port", "0")
    assert (found.http, found.fresh, found.tasks, found.port) == (True, True, 291, 0)


def test_an_import_names_its_file_and_is_a_dry_run_unless_it_says_otherwise():
    found = asked("org", "import", "조직.xlsx")
    assert (found.command, found.file, found.apply) == ("org", Path("조직.xlsx"), False)
    assert asked("org", "import", "조직.xlsx", "--apply").apply


@pytest.mark.parametrize(
    ("argv", "environ", "language"),
    [
        ((), {}, "ko"),
        ((), {"LANG": "C.UTF-8"}, "ko"),
        ((), {"LANG": "POSIX"}, "ko"),
        ((), {"LANG": "ko_KR.UTF-8"}, "ko"),
        ((), {"LANG": "en_GB.UTF-8"}, "en"),
        ((), {"LANG": "en_US", "LC_ALL": "ko_KR.UTF-8"}, "ko"),
        (("doctor", "--lang", "ko"), {"LANG": "en_US"}, "ko"),
        (("--lang=en", "doctor"), {}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_that_of_the_machine(argv, environ, language):
    assert asked(*argv, **environ).lang == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [(), ("playground",), ("org",), ("org", "import")])
def test_help_is_in_the_language_asked_for(command, language, capsys):
    with pytest.raises(SystemExit) as ended:
        asked(*command, "--help", "--lang", language)
    shown = capsys.readouterr().out
    assert ended.value.code == 0
    assert shown.startswith(CATALOGUE.of(language)("cli-usage"))
    assert ("Show this help." in shown) == (language == "en")
    assert "show this help message" not in shown


@pytest.mark.parametrize(
    "argv",
    [
        ("dance",),
        ("org",),
        ("org", "import"),
        ("playground", "--port", "65536"),
        ("playground", "--tasks", "-1"),
        ("playground", "--tasks", "many"),
        ("--lang", "de"),
        ("doctor", "--apply"),
    ],
)
def test_what_is_not_understood_says_so_and_ends_with_two(argv, capsys):
    with pytest.raises(SystemExit) as ended:
        asked(*argv)
    assert ended.value.code == 2
    assert "명령을 알아볼 수 없습니다" in capsys.readouterr().err


def test_wrong_settings_are_printed_a_line_each_with_exit_code_two():
    err = io.StringIO()
    with pytest.raises(SettingsError) as caught:
        Settings.read({"PORT": "x", "LOG_LEVEL": "loud"})
    assert cli.say_settings(caught.value, err) == 2
    assert [line.partition(" ")[0] for line in err.getvalue().splitlines()] == ["PORT", "LOG_LEVEL"]


async def test_a_dry_run_prints_the_plan_and_how_to_apply_it_and_stores_nothing(desk):
    desk.has(HEADER, DIRECTOR, HEAD, LEAD)
    lines = await desk.imports()
    assert desk.code == 0
    assert lines[0].startswith("조직: 신설 3")
    assert "+ 이과장: 교통국 도로과 과장 (역할: 과장)" in lines
    assert "‘전화’ 열은 쓰지 않으므로 읽지 않았습니다." in lines
    assert lines[-1] == KOREAN("cli-import-dry")
    assert "--apply" in lines[-1]
    assert await desk.names() == []


async def test_applying_stores_it_and_a_second_time_there_is_nothing_left(desk):
    desk.has(HEADER, DIRECTOR, HEAD, LEAD)
    lines = await desk.imports(apply=True)
    assert (desk.code, lines[-1]) == (0, KOREAN("cli-import-applied"))
    assert await desk.names() == ["김국장", "이과장", "박팀장"]
    again = await desk.imports()
    assert (again[0], again[-1]) == (KOREAN("roster-plan-nothing"), KOREAN("cli-import-nothing"))


async def test_the_first_round_is_named_in_the_offices_language(desk):
    desk.has(HEADER, DIRECTOR, HEAD)
    lines = await desk.imports(apply=True, language="en")
    assert lines[-1] == "Applied."
    first = await desk.office.read(lambda uow: uow.rounds.latest())
    assert first.name == "2026년 제1회"


@pytest.mark.parametrize("apply", [False, True])
async def test_every_bad_row_is_named_with_its_line_and_nothing_is_applied(desk, apply):
    desk.has(HEADER, DIRECTOR, "교통국,도로과,,,과장,2@a.kr,,", "교통국,도로과,,박과장,과장,x,,")
    lines = await desk.imports(apply=apply)
    assert desk.code == 1
    assert [line.partition(":")[0] for line in lines[:2]] == ["3행", "4행"]
    assert lines[-1] == KOREAN("cli-import-refused", count=2)
    assert await desk.names() == []


async def test_a_missing_column_is_named(desk):
    desk.has("실국,과,이름,직위,이메일", "교통국,,김국장,국장,1@a.kr")
    lines = await desk.imports()
    assert desk.code == 1
    assert lines[0] == "‘팀’ 열이 없습니다. 머리글에 ‘팀’을 추가해 주세요."


async def test_a_file_that_cannot_be_opened_is_named(desk):
    lines = await desk.imports()
    assert desk.code == 1
    assert str(desk.file) in lines[0]


async def test_a_folder_in_place_of_a_file_is_named(desk):
    desk.file.mkdir()
    lines = await desk.imports()
    assert desk.code == 1
    assert str(desk.file) in lines[0]


class Doubtful:
    """A database whose commit is in doubt, and known a little later, or never."""

    def __init__(self, office: Office, *, ends: bool) -> None:
        self._office = office
        self._ends = ends

    async def read(self, work):
        return await self._office.read(work)

    async def write_alone(self, work):
        raise Unknown(self._office.write_alone(work) if self._ends else None)


async def test_an_import_in_doubt_is_waited_for(desk):
    desk.has(HEADER, DIRECTOR, HEAD)
    desk.office, office = Doubtful(desk.office, ends=True), desk.office
    assert (await desk.imports(apply=True))[-1] == KOREAN("cli-import-applied")
    assert len(await office.read(lambda uow: uow.people.all(today(START)))) == 2


async def test_an_import_that_stays_in_doubt_says_how_to_find_out(desk):
    desk.has(HEADER, DIRECTOR, HEAD)
    desk.office = Doubtful(desk.office, ends=False)
    assert await desk.imports(apply=True) == [KOREAN("cli-import-unknown")]
    assert desk.code == 1


async def test_an_import_that_was_not_stored_says_so(desk):
    desk.has(HEADER, DIRECTOR, HEAD)
    desk.office.writer.close()

    def refused(_):
        raise NotStored

    desk.office.write_alone = lambda work: desk.office.read(refused)
    assert (await desk.imports(apply=True))[0] == KOREAN("error-not-stored")
    assert desk.code == 1
