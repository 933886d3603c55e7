"""What a secret ballot was made of is in no file once it is closed, whoever reads meanwhile."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.domain.ballot import Mode
from bot.domain.sealing import Seal
from bot.usecases import concluding, voting
from storage.ballot_votes import VoteStore
from storage.database import Office
from storage.secret import NAME
from storage.unit import UnitOfWork
from storage.writer import ERASE_SECONDS
from tests.conftest import StillClock
from tests.usecases.ballot_box import CLOSES, COLLEAGUE, Box
from tests.usecases.small_office import LEAD, MEMBER, NOW

SEAL = Seal(b"a secret of these tests")
VOTERS = (MEMBER, LEAD, COLLEAGUE)


def nothing(_: UnitOfWork) -> None:
    """A write that is committed after all that came before it was done."""


class Station:
    """An office on a file with a secret ballot in it, and somebody who reads the same file."""

    def __init__(self, folder: Path, clock: StillClock) -> None:
        self.file = folder / "office.db"
        self.clock = clock
        self.traces: set[bytes] = set()
        self.ballot = 0
        self.office = self.opened()
        self.reader = sqlite3.connect(self.file, isolation_level=None)

    def opened(self) -> Office:
        return Office.at(f"sqlite:///{self.file}", self.clock, seal=SEAL)

    async def vote(self) -> None:
        """Everybody's votes, each committed by itself."""

        def opened(uow: UnitOfWork) -> tuple[int, list[int]]:
            box = Box(uow)
            box.open(3, mode=Mode.SECRET)
            return box.ballot_id, [candidate.id for candidate in box.candidates]

        self.ballot, candidates = await self.office.write_alone(opened)
        for who, candidate in zip(VOTERS, candidates, strict=True):
            for chosen in (candidates[0], candidate):

                def cast(uow: UnitOfWork, who=who, chosen=chosen) -> None:
                    voting.cast(uow, who.slack_id, self.ballot, chosen, NOW)

                await self.office.write(cast)
        nonce, seals = await self.office.read(
            lambda uow: (uow.ballots.nonce(self.ballot), uow.votes.sealed(self.ballot))
        )
        assert nonce
        assert len(seals) == len(VOTERS)
        raw = {nonce, *(bytes.fromhex(seal) for seal in seals)}
        self.traces = raw | {one.hex().encode() for one in raw}

    async def close(self) -> None:
        """The ballot is closed, and what follows its commit has been done or tried."""

        def concluded(uow: UnitOfWork) -> None:
            ballot = uow.ballots.get(self.ballot)
            assert ballot
            concluding.conclude(uow, ballot, CLOSES)

        await self.office.write(concluded)
        await self.office.write(nothing)

    def found(self) -> set[str]:
        """The files that have a nonce or a seal in them, as bytes or as text."""
        files = [path for path in self.file.parent.iterdir() if path.name != NAME]
        assert self.file in files
        return {
            path.name
            for path in files
            if any(trace in path.read_bytes() for trace in self.traces)
        }  # fmt: skip


@pytest.fixture
async def station(tmp_path: Path, clock: StillClock) -> AsyncIterator[Station]:
    made = Station(tmp_path, clock)
    await made.vote()
    assert made.found(), "what is looked for would be found"
    yield made
    made.reader.close()
    await made.office.close()


async def test_after_closing_no_file_has_the_nonce_or_a_seal(station: Station):
    await station.close()
    assert station.found() == set()


@pytest.fixture
def held(station: Station) -> Iterator[sqlite3.Connection]:
    """A reader that sees the ballot as it was, and so keeps the log."""
    station.reader.execute("BEGIN")
    station.reader.execute("SELECT count(*) FROM secret_votes").fetchall()
    yield station.reader
    if station.reader.in_transaction:
        station.reader.execute("ROLLBACK")


async def test_what_a_reader_holds_back_is_erased_once_it_lets_go(
    station: Station, held: sqlite3.Connection
):
    await station.close()
    assert "office.db-wal" in station.found()
    held.execute("ROLLBACK")
    station.clock.at += ERASE_SECONDS
    for _ in range(2):
        await station.office.write(nothing)
    assert station.found() == set()


async def test_what_a_process_could_not_erase_the_next_one_does(
    station: Station, held: sqlite3.Connection
):
    await station.close()
    await station.office.close()
    held.execute("ROLLBACK")
    assert "office.db-wal" in station.found()
    station.office = station.opened()
    for _ in range(2):
        await station.office.write(nothing)
    assert station.found() == set()


@pytest.mark.parametrize("seed", [16, 46])
def test_seals_that_moved_to_another_page_leave_no_copy_behind(sqlite_engine: Engine, seed: int):
    """SQLite overwrites a row it deletes, not the place from which it was moved before."""
    chance = Random(seed)
    seals = {ballot: [chance.randbytes(32).hex() for _ in range(50)] for ballot in (1, 2, 3)}
    votes = [(ballot, seal) for ballot, sealed in seals.items() for seal in sealed]
    chance.shuffle(votes)
    with sqlite_engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            for ballot, seal in votes:
                VoteStore(connection).seal(ballot, seal, chance.randrange(5))
        for closed in (2, 1):
            with connection.begin():
                VoteStore(connection).forget_sealed(closed)
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            stored = Path(str(sqlite_engine.url.database)).read_bytes()
            assert not [seal for seal in seals[closed] if seal.encode() in stored]
        with connection.begin():
            assert VoteStore(connection).sealed_turnout(3) == 50
