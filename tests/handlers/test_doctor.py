"""The doctor against the workspace server and real databases: what is wrong, and how to mend it."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.domain.roster_rows import RosterRow
from bot.i18n.texts import Catalogue
from bot.playground.records import BOT_USER_ID
from bot.playground.workspace import SeedChannel
from bot.settings import Settings
from bot.usecases.organise import apply_import
from handlers import doctor as examining
from handlers.doctor import Revisions
from storage.database import Office
from storage.engine import make_engine, reading
from storage.place import place_of
from storage.unit import UnitOfWork
from tests.playground.stage import APP_TOKEN, BOT_TOKEN, SCOPES, HandClock, Stage, on_sockets
from tests.usecases.small_office import HQ, OFFICE, WORDS, row

CATALOGUE = Catalogue.load()
CHANNEL = "C0000001"
"""Where the only department of the small office talks."""


class Patient:
    """A bot that may be ill: its settings, its clock, its database and its workspace."""

    def __init__(self, stage: Stage, engine: Engine) -> None:
        self.ws = stage.ws
        self.engine = engine
        self.clock = HandClock()
        self.newest: str | None = None
        self.scopes = SCOPES.split()
        self.settings = Settings(
            bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=stage.server.api_url
        )
        self.code = 0

    def organised(self, *rows: RosterRow) -> None:
        """The organisation is what these rows say."""
        with self.engine.begin() as connection:
            unit = UnitOfWork(connection, self.clock)
            apply_import(unit, rows, self.clock.now(), words=WORDS, round_name="제1회")

    async def revisions(self) -> Revisions:
        engine = reading(self.engine)
        with engine.connect() as connection:
            found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        engine.dispose()
        place = place_of(self.engine.url.render_as_string(hide_password=False))
        return Revisions(stored=found, newest=self.newest or str(found), place=place)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Office]:
        office = Office(make_engine(self.engine.url), self.clock)
        office.writer.start()
        try:
            yield office
        finally:
            await office.close()

    async def examined(self, language: str = "ko") -> list[str]:
        """The lines that are printed."""
        out = io.StringIO()
        self.code = await examining.doctor(
            self.settings,
            CATALOGUE.of(language),
            self.clock,
            out,
            scopes=self.scopes,
            revisions=self.revisions,
            opened=self.opened,
        )
        return out.getvalue().splitlines()

    async def ills(self) -> list[str]:
        """What is wrong, each with its mend after it."""
        lines = await self.examined()
        bad = [number for number, line in enumerate(lines) if line.startswith("✗ 문제: ")]
        assert all(lines[number + 1].startswith("    → ") for number in bad)
        assert self.code == int(bool(bad))
        return [lines[number].removeprefix("✗ 문제: ") + lines[number + 1] for number in bad]


@pytest.fixture
async def patient(engine: Engine) -> AsyncIterator[Patient]:
    """One in good health: a small office, its channel with the bot in it."""
    async for stage in on_sockets():
        stage.ws.create_channel(SeedChannel(CHANNEL, "도로과", ("U1",)))
        healthy = Patient(stage, engine)
        healthy.organised(*OFFICE)
        yield healthy


async def test_a_healthy_bot_gets_a_line_for_every_check_and_no_mends(patient: Patient) -> None:
    lines = await patient.examined()
    assert patient.code == 0
    assert lines[-1] == "12건을 점검했고 모두 정상입니다."
    assert all(line.startswith("✓ 정상: ") for line in lines[:12])
    for part in (
        "사용하는 데이터베이스", "구조", "읽고 쓸", "6명", "총괄", "프록시 없이", "봇 토큰",
        "앱 토큰", "시계", "권한", "채널 1곳", "화면과 메시지",
    ):  # fmt: skip
        assert any(part in line for line in lines[:12]), part


async def test_the_same_is_said_in_english(patient: Patient) -> None:
    patient.ws.archive_channel(CHANNEL)
    lines = await patient.examined("en")
    assert "✓ Fine: The clock is right." in lines
    assert f"✗ Wrong: The channel of 교통국 도로과 ({CHANNEL}) is archived." in lines
    assert lines[-1] == "12 checks, 1 wrong."


async def test_a_revoked_scope_is_named_with_the_way_to_get_it_back(patient: Patient) -> None:
    left = tuple(scope for scope in SCOPES.split() if scope != "reactions:write")
    patient.ws.manifest.scopes = left
    (ill,) = await patient.ills()
    assert ill.startswith("봇 토큰에 없는 권한이 있습니다: reactions:write")
    assert "manifest.json" in ill


async def test_without_the_scope_to_see_channels_they_are_not_called_missing(
    patient: Patient,
) -> None:
    left = tuple(scope for scope in SCOPES.split() if scope != "channels:read")
    patient.ws.manifest.scopes = left
    scopes, channels = await patient.ills()
    assert "channels:read" in scopes
    assert "missing_scope" in channels


async def test_an_archived_channel_is_named_with_its_unit(patient: Patient) -> None:
    patient.ws.archive_channel(CHANNEL)
    (ill,) = await patient.ills()
    assert ill.startswith(f"교통국 도로과 채널({CHANNEL})이 보관되어 있습니다.")


async def test_a_channel_without_the_bot_says_to_invite_it(patient: Patient) -> None:
    patient.ws.remove(CHANNEL, BOT_USER_ID)
    (ill,) = await patient.ills()
    assert ill.startswith(f"교통국 도로과 채널({CHANNEL})에 봇이 들어 있지 않습니다.")
    assert "/invite" in ill


async def test_a_channel_that_does_not_exist_is_named(patient: Patient) -> None:
    patient.ws.delete_channel(CHANNEL)
    (ill,) = await patient.ills()
    assert f"({CHANNEL})이 없거나" in ill


async def test_hundreds_of_channels_cost_a_few_calls(patient: Patient) -> None:
    rows = []
    for number in range(300):
        channel = f"C1{number:06}"
        patient.ws.create_channel(SeedChannel(channel, f"과{number}", ("U1",)))
        fields = {"department_channel": channel, "slack_id": f"U1{number:06}"}
        rows.append(row(number + 10, f"사람{number}", "과장", f"과{number}", **fields))
    patient.organised(*OFFICE, *rows)
    lines = await patient.examined()
    assert patient.code == 0
    assert "✓ 정상: 조직 채널 301곳에 모두 글을 올릴 수 있습니다." in lines
    assert patient.ws.calls["users.conversations"] == 2
    assert patient.ws.calls["conversations.info"] == 0


async def test_slacks_rate_limit_is_waited_for(patient: Patient) -> None:
    patient.ws.faults.add("users.conversations", "429", seconds=1)
    assert await patient.ills() == []
    assert patient.ws.calls["users.conversations"] == 2


@pytest.mark.parametrize(("ahead", "word"), [(90, "빠릅니다"), (-200, "느립니다")])
async def test_a_clock_that_is_off_says_how_far_and_which_way(
    patient: Patient, ahead: float, word: str
) -> None:
    patient.clock.ahead = ahead
    (ill,) = await patient.ills()
    seconds = int(ill.removeprefix("시계가 ").partition("초")[0])
    assert abs(seconds - abs(ahead)) <= 5
    assert word in ill


async def test_a_wrong_bot_token_is_told_and_the_clock_is_checked_all_the_same(
    patient: Patient,
) -> None:
    patient.settings = replace(patient.settings, bot_token="xoxb-stale")
    patient.clock.ahead = 400
    refused, clock = await patient.ills()
    assert "invalid_auth" in refused
    assert "SLACK_BOT_TOKEN" in refused
    assert clock.startswith("시계가")


async def test_a_wrong_app_token_is_told(patient: Patient) -> None:
    patient.settings = replace(patient.settings, app_token="xapp-stale")
    (ill,) = await patient.ills()
    assert "connections:write" in ill


async def test_http_needs_no_app_token(patient: Patient) -> None:
    secret = "0123456789abcdef"
    patient.settings = replace(patient.settings, app_token="", signing_secret=secret)
    assert await patient.ills() == []


async def test_missing_tokens_are_each_named(patient: Patient) -> None:
    patient.settings = replace(patient.settings, app_token="", bot_token="")
    bot, app = await patient.ills()
    assert bot.startswith("SLACK_BOT_TOKEN이 없습니다.")
    assert app.startswith("SLACK_APP_TOKEN과 SLACK_SIGNING_SECRET이 모두 없어")


@pytest.mark.parametrize("kind", ["500", "503", "drop", "invalid_json"])
async def test_a_slack_that_does_not_answer_rightly_is_told(patient: Patient, kind: str) -> None:
    patient.ws.faults.add("auth.test", kind)
    assert len(await patient.ills()) == 1


async def test_a_slack_that_is_not_there_is_told(patient: Patient, unused_tcp_port: int) -> None:
    away = f"http://127.0.0.1:{unused_tcp_port}/"
    patient.settings = replace(patient.settings, api_url=away)
    ills = await patient.ills()
    assert len(ills) == 2
    assert all(away in ill and "HTTPS_PROXY" in ill for ill in ills)


async def test_people_without_a_slack_account_are_counted_and_some_named(
    patient: Patient,
) -> None:
    lost = [row(n, f"사람{n}", "주무관", "도로과/계획팀", slack_id="") for n in range(10, 15)]
    patient.organised(*OFFICE, *lost)
    (ill,) = await patient.ills()
    assert ill.startswith("Slack 계정을 모르는 사람이 5명입니다(사람10, 사람11, 사람12 등).")


async def test_an_office_without_headquarters_or_channels_is_told(patient: Patient) -> None:
    with patient.engine.begin() as connection:
        unit = UnitOfWork(connection, patient.clock)
        for each in unit.units.all():
            unit.units.save(replace(each, channel=None))
    rows = [replace(each, department_channel="") for each in OFFICE if each is not HQ]
    patient.organised(*rows)
    hq, channels = await patient.ills()
    assert hq.startswith("총괄 담당자가 없습니다.")
    assert channels.startswith("채널이 정해진 조직이 없어")


async def test_a_database_without_an_organisation_says_to_import_one(patient: Patient) -> None:
    with patient.engine.begin() as connection:
        for table in ("posts", "people", "review_plans", "units"):
            connection.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 # our own names
    (ill,) = await patient.ills()
    assert "org import" in ill


async def test_old_tables_say_to_migrate_and_slack_is_checked_all_the_same(
    patient: Patient,
) -> None:
    patient.newest = "9999"
    patient.scopes = [*patient.scopes, "usergroups:read"]
    tables, scopes = await patient.ills()
    assert "필요 9999" in tables
    assert "python -m bot migrate" in tables
    assert "usergroups:read" in scopes


async def test_a_database_that_is_away_is_told_without_its_password(
    patient: Patient, unused_tcp_port: int
) -> None:
    patient.engine = make_engine(f"postgresql://bot:geheim@127.0.0.1:{unused_tcp_port}/office")
    (ill,) = await patient.ills()
    assert ill.startswith("데이터베이스에 연결할 수 없습니다")
    assert "geheim" not in ill


async def test_a_database_held_by_another_programme_cannot_be_written(patient: Patient) -> None:
    with patient.engine.begin() as connection:
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql("LOCK TABLE settings IN EXCLUSIVE MODE")
        (ill,) = await patient.ills()
    assert ill.startswith("데이터베이스에 저장할 수 없습니다")


def test_the_scopes_are_those_of_the_manifest() -> None:
    manifest = Path(__file__).parents[2] / "manifest.json"
    assert {"commands", "chat:write", "channels:read"} <= set(examining.scopes_of(manifest))
