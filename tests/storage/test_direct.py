"""Statements given straight to the driver mean what they mean to SQLAlchemy."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, CursorResult, Engine
from sqlalchemy.exc import IntegrityError, InvalidRequestError, StatementError

from storage.direct import Answer
from storage.tables.delivery import counters
from storage.tables.org import people
from storage.tables.records import drafts
from tests.storage.making import NOW

_ADD = sa.insert(people)
_ADD_ONE = sa.insert(people).returning(people.c.id)
_ADD_DRAFT = sa.insert(drafts)
_DRAFTS = sa.select(drafts).order_by(drafts.c.person)
_NAMED = sa.select(people.c.name).where(
    people.c.name.in_(sa.bindparam("names", expanding=True)),
    people.c.language == "ko",
    people.c.hearing.in_(["now", "daily"]),
)
_BY_NAME = sa.select(people.c.id).where(people.c.name == sa.bindparam("name"))
_RENAME = (
    sa.update(people)
    .where(people.c.name == sa.bindparam("old"))
    .values(name=sa.bindparam("new"), language="en")
)


def _row(name: str) -> dict[str, object]:
    return {"name": name, "language": "ko", "active": True, "hearing": "now", "reminding": "daily"}


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction."""
    with engine.connect() as connected, connected.begin():
        yield connected


def test_values_of_every_kind_come_back_as_sqlalchemy_gives_them(connection):
    person = connection.execute(_ADD_ONE, _row("김")).scalar_one()
    form = {"title": "보고", "needs": ["it"]}
    connection.execute(_ADD_DRAFT, {"person": person, "form": form, "updated_at": NOW})
    direct = connection.execute(_DRAFTS)
    with connection.begin_nested():
        usual = connection.execute(_DRAFTS)
        assert isinstance(direct, Answer)
        assert isinstance(usual, CursorResult)
        row = direct.one()
        assert row == usual.one()
    assert (row.person, row.form, row.updated_at) == (person, form, NOW)


def test_lists_of_any_length_are_looked_for(connection):
    names = [f"{i}번" for i in range(60)]
    connection.execute(_ADD, [_row(name) for name in names])
    for length in (0, 1, 3, 1, 24, 25, 60):
        found = connection.execute(_NAMED, {"names": names[:length]}).scalars()
        assert sorted(found) == sorted(names[:length])


def test_a_change_tells_how_many_rows_it_met(connection):
    connection.execute(_ADD, [_row("김"), _row("김"), _row("이")])
    assert connection.execute(_RENAME, {"old": "김", "new": "박"}).rowcount == 2
    assert connection.execute(_RENAME, {"old": "김", "new": "박"}).rowcount == 0
    assert len(connection.execute(_BY_NAME, {"name": "박"}).all()) == 2


def test_an_answer_read_late_is_not_changed_by_what_is_asked_meanwhile(connection):
    connection.execute(_ADD, [_row("김"), _row("이")])
    first = connection.execute(_BY_NAME, {"name": "김"})
    assert connection.execute(_BY_NAME, {"name": "nobody"}).first() is None
    assert first.one()


def test_errors_are_sqlalchemys_and_the_statement_serves_again(connection):
    add = sa.insert(counters)
    connection.execute(add, {"name": "a", "value": 1})
    connection.exec_driver_sql("SAVEPOINT before")
    with pytest.raises(IntegrityError):
        connection.execute(add, {"name": "a", "value": 2})
    connection.exec_driver_sql("ROLLBACK TO SAVEPOINT before")
    connection.execute(add, {"name": "b", "value": 3})
    assert connection.execute(sa.select(sa.func.sum(counters.c.value))).scalar_one() == 4


def test_a_value_that_cannot_be_stored_is_refused(connection):
    naive = {"person": 1, "form": None, "updated_at": NOW.replace(tzinfo=None)}
    with pytest.raises(StatementError, match="time zone"):
        connection.execute(_ADD_DRAFT, naive)


def test_a_parameter_left_out_is_an_error(connection):
    with pytest.raises((InvalidRequestError, StatementError), match="'name'"):
        connection.execute(_BY_NAME, {})
