"""The history: newest first, with names, and never changed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.domain.results import Entry, Surface
from storage.tables.records import audit
from tests.storage.making import NOW, office, task


def entry(number, act="note", **fields) -> Entry:
    return Entry(at=NOW, act=act, task=number, **{"surface": Surface.HOME, "actor": None, **fields})


def test_an_entry_comes_back_whole_with_the_actors_name_and_title(unit):
    with unit() as uow:
        made = office(uow)
        number = task(uow, made.member, made.halls_place).id
        stored = entry(
            number,
            actor=made.head.id,
            before={"due": None},
            after={"due": "2026-07-15", "needs": ["immediate"], "제목": "일지"},
            text="서둘러 주세요",
        )
        uow.audit.add(stored)
        ((line,), more) = uow.audit.of_task(number, before=None, limit=8)
        assert line.actor == "이과장 과장"
        assert line.entry == Entry(**{**vars(stored), "id": line.entry.id})
        assert not more


def test_lines_come_newest_first_and_go_on_from_the_last_one_seen(unit):
    with unit() as uow:
        made = office(uow)
        number = task(uow, made.member, made.halls_place).id
        other = task(uow, made.member, made.halls_place).id
        for turn in range(5):
            uow.audit.add(entry(number, text=str(turn)))
            uow.audit.add(entry(other))
        lines, more = uow.audit.of_task(number, before=None, limit=3)
        assert [line.entry.text for line in lines] == ["4", "3", "2"]
        assert more
        lines, more = uow.audit.of_task(number, before=lines[-1].entry.id, limit=3)
        assert [line.entry.text for line in lines] == ["1", "0"]
        assert not more


def test_what_the_bot_did_itself_has_no_actor(unit):
    with unit() as uow:
        made = office(uow)
        number = task(uow, made.member, made.halls_place).id
        uow.audit.add(entry(number, surface=Surface.TICK))
        uow.audit.add(entry(None, surface=Surface.CLI))
        ((line,), _) = uow.audit.of_task(number, before=None, limit=3)
        assert line.actor is None


@pytest.mark.parametrize(
    "change",
    [sa.update(audit).values(act="else"), sa.update(audit).values(at=NOW + timedelta(1)),
     sa.delete(audit)],
    ids=["the act", "the time", "the row"],
)  # fmt: skip
def test_the_database_refuses_to_change_or_delete_an_entry(unit, change):
    with unit() as uow:
        made = office(uow)
        number = task(uow, made.member, made.halls_place).id
        uow.audit.add(entry(number))
    with pytest.raises(DBAPIError, match="append-only"), unit() as uow:
        uow.connection.execute(change)
    with unit() as uow:
        ((line,), _) = uow.audit.of_task(number, before=None, limit=3)
        assert (line.entry.act, line.entry.at) == ("note", NOW)
