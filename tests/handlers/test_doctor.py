"""The doctor against the workspace server and real databases: what is wrong, and how to mend it."""

import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.domain.org import UnitKind
from bot.i18n.texts import LANGUAGES, Catalogue
from bot.playground.records import BOT_USER_ID
from bot.settings import Settings
from bot.usecases.organise import apply_import
from bot.wiring import Office
from handlers import doctor as examining
from handlers.doctor import Revisions
from handlers.slack import client_for
from storage.engine import make_engine
from tests.conftest import START, StillClock
from tests.playground.stage import APP_TOKEN, BOT_TOKEN, SCOPES, HandClock, Stage, on_sockets
from tests.usecases.small_office import HQ, OFFICE, WORDS, row

CATALOGUE = Catalogue.load()
MANIFEST = Path(__file__).parents[2] / "manifest.json"
IN_C1 = replace(OFFICE[1], department_channel="C1")
"""The head, whose department talks where the bot is."""


class Ward:
    """A bot that may be ill: its settings, its clock, its database and its workspace."""

    def __init__(self, stage: Stage, engine: Engine) -> None:
        self.stage = stage
        self.engine = engine
        self.clock = HandClock()
        self.newest = "0003"
        self.scopes: tuple[str, ...] = tuple(SCOPES.split())
        self.settings = Settings(
            bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=stage.server.api_url
        )
        self.code = 0

    def organises(self, *rows) -> None:
        """Import these people; the import itself is tested elsewhere."""
        with self.engine.begin() as connection:
            uow = Office(self.engine, StillClock()).readers  # only to name the type of unit below
            uow.close()
            from storage.unit import UnitOfWork

            unit = UnitOfWork(connection, self.clock)
            apply_import(unit, rows, START, words=WORDS, round_name="제1회")

    async def revisions(self) -> Revisions:
        with self.engine.connect() as connection:
            found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        return Revisions(stored=found, newest=self.newest)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Office]:
        office = Office(self.engine, self.clock)
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

    async def wrong(self) -> list[str]:
        """What is wrong, each with its mend on the same line."""
        lines = await self.examined()
        bad = [number for number, line in enumerate(lines) if line.startswith("✗ 문제: ")]
        assert all(lines[number + 1].startswith("    → ") for number in bad)
        assert self.code == int(bool(bad))
        return [lines[number].removeprefix("✗ 문제: ") + lines[number + 1] for number in bad]
