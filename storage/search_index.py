"""The index of character pairs on each database: full-text tokens on SQLite, arrays on PostgreSQL.

Neither database's own idea of a Korean word is used: the pairs are made in Python, and a hit is
checked against the text itself.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.text import grams
from storage.tables.tasks import search_texts

_task, _words = search_texts.c.task, search_texts.c.words
_before = _task < sa.bindparam("before", type_=sa.BigInteger)
_LIMIT = sa.bindparam("limit", type_=sa.Integer)


class Text(NamedTuple):
    """What is searched of a task: its folded title, problem and proposal, a line each."""

    task: int
    words: str

    @property
    def title_grams(self) -> list[str]:
        """The pairs of the title."""
        return list(grams(self.words.partition("\n")[0]))

    @property
    def grams(self) -> list[str]:
        """The pairs of all lines."""
        return list(dict.fromkeys(pair for line in self.words.split("\n") for pair in grams(line)))


class Index(Protocol):
    """What searching asks of a database."""

    def add(self, text: Text) -> None:
        """Index a task that is not indexed yet."""

    def replace(self, old: Text, new: Text) -> None:
        """Index a task anew whose text changed."""

    def matching(
        self, words: Sequence[str], pairs: Sequence[str], before: int, limit: int
    ) -> list[int]:
        """Tasks below `before` that have every pair and contain every word, newest first."""


def index_of(connection: Connection) -> Index:
    """The index of the connection's database."""
    return _FullText(connection) if connection.dialect.name == "sqlite" else _Arrays(connection)


def among_newest(
    connection: Connection, words: Sequence[str], before: int, count: int, limit: int
) -> tuple[list[int], int]:
    """Tasks that contain every word, newest first, and the number that was looked back to.

    Reads at most `count` tasks below `before` one by one.
    """
    newest: int = connection.execute(_NEWEST).scalar_one() or 0
    low = min(before, newest + 1) - count
    statement = _containing(connection.dialect.name, len(words))
    asked = {"before": before, "low": low, "limit": limit, **_named(words)}
    return list(connection.execute(statement, asked).scalars()), low


_NEWEST = sa.select(sa.func.max(_task))


def _inside(dialect: str, count: int) -> list[sa.ColumnElement[bool]]:
    find = sa.func.instr if dialect == "sqlite" else sa.func.strpos
    return [find(_words, sa.bindparam(f"word{i}", type_=sa.Text)) > 0 for i in range(count)]


def _named(words: Sequence[str]) -> dict[str, str]:
    return {f"word{i}": word for i, word in enumerate(words)}


@cache
def _containing(dialect: str, count: int) -> sa.Select[int]:
    low = sa.bindparam("low", type_=sa.BigInteger)
    return (
        sa.select(_task)
        .where(_before, _task >= low, *_inside(dialect, count))
        .order_by(_task.desc())
        .limit(_LIMIT)
    )


_ADD = sa.insert(search_texts)
_REPLACE = sa.update(search_texts).where(_task == sa.bindparam("number"))
_REPLACE_WORDS = _REPLACE.values(words=sa.bindparam("new_words"))
_REPLACE_BOTH = _REPLACE_WORDS.values(grams=sa.bindparam("new_grams"))

_tokens = sa.table("fts_tasks", *map(sa.column, ("rowid", "pairs", "fts_tasks")))
_ADD_TOKENS = sa.insert(_tokens)


@cache
def _matching_tokens(count: int) -> sa.Select[int]:
    number: sa.ColumnElement[int] = _tokens.c.rowid
    match = sa.literal_column("fts_tasks").op("MATCH")(sa.bindparam("match"))
    return (
        sa.select(number)
        .join_from(_tokens, search_texts, number == _task)
        .where(match, number < _before.right, *_inside("sqlite", count))
        .order_by(number.desc())
        .limit(_LIMIT)
    )


class _FullText:
    """SQLite: a table of FTS5 that keeps no copy of its text, and that is read newest first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, text: Text) -> None:
        self._connection.execute(_ADD, {"task": text.task, "words": text.words})
        self._connection.execute(_ADD_TOKENS, self._row(text))

    def replace(self, old: Text, new: Text) -> None:
        self._connection.execute(_ADD_TOKENS, {"fts_tasks": "delete", **self._row(old)})
        self._connection.execute(_ADD_TOKENS, self._row(new))
        self._connection.execute(_REPLACE_WORDS, {"number": new.task, "new_words": new.words})

    def matching(
        self, words: Sequence[str], pairs: Sequence[str], before: int, limit: int
    ) -> list[int]:
        # A pair has only letters and digits, so quoting it is enough.
        match = " AND ".join(f'"{pair}"' for pair in pairs)
        asked = {"match": match, "before": before, "limit": limit, **_named(words)}
        return list(self._connection.execute(_matching_tokens(len(words)), asked).scalars())

    @staticmethod
    def _row(text: Text) -> dict[str, object]:
        return {"rowid": text.task, "pairs": " ".join(text.grams)}


@cache
def _matching_arrays(count: int) -> sa.Select[int]:
    pairs = sa.bindparam("pairs", type_=search_texts.c.grams.type)
    return (
        sa.select(_task)
        .where(search_texts.c.grams.contains(pairs), _before, *_inside("postgresql", count))
        # By the bare number it might walk the whole table, waiting for what nobody wrote.
        .order_by((_task + sa.literal_column("0")).desc())
        .limit(_LIMIT)
    )


class _Arrays:
    """PostgreSQL: arrays of pairs under GIN, which knows no order.

    So the newest tasks are read one by one first: what is common is found there at once, and only
    what is rare is left to GIN.
    """

    _NEWEST = 2000

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, text: Text) -> None:
        row = {"task": text.task, "words": text.words, "grams": text.grams}
        self._connection.execute(_ADD, row)

    def replace(self, old: Text, new: Text) -> None:
        asked = {"number": new.task, "new_words": new.words, "new_grams": new.grams}
        self._connection.execute(_REPLACE_BOTH, asked)

    def matching(
        self, words: Sequence[str], pairs: Sequence[str], before: int, limit: int
    ) -> list[int]:
        found, low = among_newest(self._connection, words, before, self._NEWEST, limit)
        if len(found) == limit or low <= 1:
            return found
        asked = {"pairs": pairs, "before": low, "limit": limit - len(found), **_named(words)}
        older = self._connection.execute(_matching_arrays(len(words)), asked).scalars()
        return found + list(older)
