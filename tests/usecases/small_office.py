"""A small organisation file and what is done with it in these tests."""

from datetime import UTC, datetime, timedelta

import msgspec
import sqlalchemy as sa

from bot.domain.calendar import today
from bot.domain.proposing import propose
from bot.domain.roster_rows import RosterRow
from bot.domain.task import Content, Type
from bot.i18n.texts import Catalogue
from bot.usecases.organise import apply_import
from handlers.roster_files import vocabulary
from storage.tables.delivery import outbox
from storage.unit import UnitOfWork

NOW = datetime(2026, 7, 1, 5, 0, tzinfo=UTC)
NEXT_DAY = NOW + timedelta(days=1)
WORDS = vocabulary(Catalogue.load()).words


def row(line: int, name: str, title: str, place: str = "", **fields: str) -> RosterRow:
    """A row of 교통국; the place is `department/team`."""
    department, _, team = place.partition("/")
    filled = {"bureau": "교통국", "email": f"{line}@a.kr", "slack_id": f"U00000{line:02}"}
    filled |= {"department": department, "team": team, "name": name, "title": title}
    return RosterRow(line=line, **(filled | fields))


DIRECTOR = row(2, "김국장", "국장")
HEAD = row(3, "이과장", "과장", "도로과", department_channel="C0000001")
LEAD = row(4, "박팀장", "팀장", "도로과/계획팀", role="주무팀")
MEMBER = row(5, "최주무", "주무관", "도로과/계획팀")
OTHER_LEAD = row(6, "정팀장", "팀장", "도로과/보상팀")
HQ = row(7, "한총괄", "주무관", "도로과/보상팀", role="총괄")
OFFICE = (DIRECTOR, HEAD, LEAD, MEMBER, OTHER_LEAD, HQ)


def without(*gone: RosterRow) -> tuple[RosterRow, ...]:
    return tuple(r for r in OFFICE if r not in gone)


def apply(uow: UnitOfWork, rows=OFFICE, now=NOW):
    return apply_import(uow, rows, now, words=WORDS, round_name="2026년 제1회")


def found(uow: UnitOfWork, row: RosterRow, now=NOW):
    person = uow.people.by_slack(row.slack_id, today(now))
    assert person is not None
    return person


def own_task(uow: UnitOfWork, owner: RosterRow, place_of: RosterRow = LEAD, **fields) -> int:
    """A submitted task that `owner` owns in the unit of another row's person."""
    number = uow.tasks.next_number()
    content = Content(title=f"일지 {number} 폐지", type=Type.ABOLISH, problem="매일 씁니다")
    person, main = found(uow, owner), found(uow, place_of).main
    assert main is not None
    task = propose(person, content, main.place, number=number, round=None, now=NOW)
    changed = {"owner": person.id, **fields}
    uow.tasks.add(type(task)(**(vars(task) | changed)))
    return number


def facts(uow: UnitOfWork, kind: str) -> list[tuple[str, dict]]:
    """Recipients and payloads of what is to be told."""
    asked = sa.select(outbox.c.recipient, outbox.c.payload).where(outbox.c.kind == kind)
    rows = uow.connection.execute(asked.order_by(outbox.c.id))
    return [(row.recipient, msgspec.json.decode(row.payload)) for row in rows]
