"""Fills a database with five years of tasks in bulk, around the use-cases.

What a use-case would have stored is stored, but by COPY or executemany, without foreign keys being
checked row by row and with the indexes made at the end.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from storage.migrate import metadata
from tests.bench import past, wording
from tests.bench.past import Past
from tests.bench.province import BEGAN, HALF_A_YEAR, NOW, ROUNDS, teams

_CHUNK = 20_000
_COLUMNS = {
    "co_proposers": ("task", "person", "position"),
    "milestones": ("task", "position", "track", "code", "due", "done_on", "note"),
    "steps": ("task", "position", "text", "owner", "due", "done_on"),
    "audit": ("at", "act", "actor", "surface", "task", "before", "after", "text"),
    "checks": (
        "task", "kind", "unit", "due_on", "asked_on", "person", "answered_at", "answer", "by",
    ),
    "search_texts": ("task", "words", "grams"),
    "fts_tasks": ("rowid", "pairs"),
    "title_grams": ("gram", "task", "pairs"),
    "gram_counts": ("gram", "titles"),
    "representatives": ("round", "department", "task", "rule", "reason", "at"),
    "rounds": (
        "id", "version", "name", "starts_on", "ends_on", "grounds", "closed_at", "closed",
    ),
    "outbox": (
        "kind", "version", "payload", "recipient", "dedupe_key", "not_before", "state", "token",
        "lease_until", "attempts", "created_at", "settled_at",
    ),
    "projections": (
        "kind", "subject", "recipient", "channel", "ts", "token", "wanted_version",
        "shown_version", "lease_until", "state", "attempts",
    ),
}  # fmt: skip
_PARTS = ("co_proposers", "milestones", "steps", "audit", "checks")
_GROUNDS = '["statutory","new_unit","other"]'


def fill(engine: Engine, count: int) -> None:
    """Put `count` tasks into a database that holds the organisation alone."""
    with engine.connect() as connection:
        found = teams(connection)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _carelessly(connection)
        with connection.begin(), _unguarded(connection), _unindexed(connection):
            _Filling(connection).fill(past.tasks(count, found), count)
        connection.invalidate()
    _settle(engine)


class _Filling:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        self._titles: dict[str, array[int]] = defaultdict(lambda: array("l"))
        self._lengths = array("b", [0])
        self._chosen: dict[tuple[int, int], int] = {}

    def fill(self, tasks: Iterable[Past], count: int) -> None:
        self._rounds()
        waiting: dict[str, list[Sequence[Any]]] = defaultdict(list)
        names: tuple[str, ...] = ()
        for number, made in enumerate(tasks, 1):
            names = names or tuple(made.task)
            waiting["tasks"].append(tuple(made.task.values()))
            for table in _PARTS:
                waiting[table] += getattr(made, table)
            self._index(made.task, waiting)
            self._tell(made.task, waiting)
            self._choose(made.task)
            if number % _CHUNK == 0 or number == count:
                for table, rows in waiting.items():
                    self._load(table, _COLUMNS.get(table, names), rows)
                waiting.clear()
        self._load_titles()
        self._load(
            "representatives",
            _COLUMNS["representatives"],
            [(*where, task, "votes", "", past.moment(NOW)) for where, task in self._chosen.items()],
        )
        self._count("task", count)
        self._count("search.counted", count)

    def _rounds(self) -> None:
        """Ten, of which the last is current; the import has made the first."""
        rows = []
        for number in range(ROUNDS):
            begins, ends = (BEGAN + HALF_A_YEAR * n for n in (number, number + 1))
            closed = None if number == ROUNDS - 1 else past.moment(ends)
            until = None if closed is None else ends.date().isoformat()
            rows.append(
                (number + 1, 1, f"제{number + 1}회 ", begins.date().isoformat(), until, _GROUNDS,
                 closed, int(closed is not None))
            )  # fmt: skip
        self._connection.exec_driver_sql("DELETE FROM rounds")
        self._load("rounds", _COLUMNS["rounds"], rows)

    def _index(self, task: dict[str, Any], waiting: dict[str, list[Sequence[Any]]]) -> None:
        lines = [task["title"], task["problem"], task["proposal"]]
        words = "\n".join(line.replace(" ", "").replace(".", "") for line in lines)
        of_title = wording.pairs(task["title"])
        every = dict.fromkeys(chain(of_title, *map(wording.pairs, lines[1:])))
        if self._sqlite:
            waiting["search_texts"].append((task["id"], words, None))
            waiting["fts_tasks"].append((task["id"], " ".join(every)))
        else:
            waiting["search_texts"].append((task["id"], words, "{" + ",".join(every) + "}"))
        self._lengths.append(len(of_title))
        for pair in of_title:
            self._titles[pair].append(task["id"])

    def _tell(self, task: dict[str, Any], waiting: dict[str, list[Sequence[Any]]]) -> None:
        """What was told about it, long ago, and its card."""
        number, at = task["id"], task["created_at"]
        person = f"person:{task['proposer']}"
        waiting["outbox"].append(
            ("news", 1, "{}", person, f"news:{number}", at, "sent", "t", 0.0, 1, at, at)
        )
        waiting["projections"].append(
            ("card", number, "channel:C0000000", "C0000000", f"1.{number:06}", "t", 3, 3, 0.0,
             "shown", 0)
        )  # fmt: skip

    def _choose(self, task: dict[str, Any]) -> None:
        """The first task that was done is the department's, in half of all departments now."""
        where = (task["round"], task["department"])
        current = task["round"] == ROUNDS
        if task["status"] == "done" and where[1] and not (current and where[1] % 2):
            self._chosen.setdefault(where, task["id"])

    def _load_titles(self) -> None:
        def rows() -> Iterator[tuple[str, int, int]]:
            for pair in sorted(self._titles):
                for number in self._titles[pair]:
                    yield pair, number, self._lengths[number]

        self._load("title_grams", _COLUMNS["title_grams"], rows())
        counts = [(pair, len(numbers)) for pair, numbers in self._titles.items()]
        self._load("gram_counts", _COLUMNS["gram_counts"], counts)

    def _count(self, name: str, value: int) -> None:
        self._connection.execute(sa.text("DELETE FROM counters WHERE name = :n"), {"n": name})
        self._load("counters", ("name", "value"), [(name, value)])

    def _load(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        driver: Any = self._connection.connection.dbapi_connection
        columns = ", ".join(f'"{name}"' for name in names)
        if self._sqlite:
            marks = ", ".join("?" * len(names))
            driver.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608
            return
        with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _carelessly(connection: Connection) -> None:
    """Without a journal: a file that was not finished is made anew."""
    driver: Any = connection.connection.dbapi_connection
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
        driver.execute(f"PRAGMA {pragma}")


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Without looking up each foreign key: the rows are made to fit."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        yield
        return
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
    connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
    yield


@contextmanager
def _unindexed(connection: Connection) -> Iterator[None]:
    """Without the indexes of tasks and texts until the end."""
    tables = ("tasks", "search_texts", *_PARTS)
    indexes = [index for name in tables for index in metadata().tables[name].indexes]
    if connection.dialect.name == "sqlite":
        indexes = [i for i in indexes if "gin" not in i.dialect_kwargs.values()]
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def _settle(engine: Engine) -> None:
    """Let PostgreSQL know what its tables hold, as its autovacuum would."""
    if engine.dialect.name == "sqlite":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
        connection.exec_driver_sql("CHECKPOINT")
