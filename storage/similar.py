"""Titles that say nearly the same: found by their rarest pairs of characters, then compared whole.

The measure is the cosine of the two sets of pairs, each pair weighing the more the fewer titles it
stands in.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from math import log, sqrt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from bot.domain.task import Status
from bot.domain.text import grams
from storage.counters import Counters
from storage.search_index import Text
from storage.tables.base import upsert
from storage.tables.delivery import counters
from storage.tables.tasks import gram_counts, tasks, title_grams

_ALIKE = 0.19
"""The cosine from which titles count as similar, measured on paraphrases of titles."""
_RAREST = 6
_PAIRS_MAX = 16
_LISTED = 5000
"""Of each pair so many of the newest tasks are looked at; a pair that has more is common."""
_CANDIDATES = 300
_COUNTED = "search.counted"
"""The counter of the newest number whose title was counted."""

_ADD = sa.insert(title_grams)
# One statement on PostgreSQL, where each row of many would be a statement of its own.
_ADD_AT_ONCE = sa.insert(title_grams).from_select(
    ["gram", "task", "pairs"],
    sa.select(
        sa.func.unnest(sa.bindparam("pairs", type_=postgresql.ARRAY(sa.Text))),
        sa.bindparam("number", type_=sa.BigInteger),
        sa.func.cardinality(sa.bindparam("pairs", type_=postgresql.ARRAY(sa.Text))),
    ),
)
_REMOVE = sa.delete(title_grams).where(title_grams.c.task == sa.bindparam("number"))
_GONE = (Status.WITHDRAWN, Status.MERGED, Status.DECLINED)
_TITLES = sa.select(tasks.c.id, tasks.c.title).where(
    tasks.c.id.in_(sa.bindparam("ids", expanding=True)),
    tasks.c.status.not_in([status.value for status in _GONE]),
)
# The counter of the titles rides along; its name is longer than a pair.
_COUNTS = sa.union_all(
    sa.select(gram_counts.c.gram, gram_counts.c.titles).where(
        gram_counts.c.gram.in_(sa.bindparam("pairs", expanding=True))
    ),
    sa.select(counters.c.name, counters.c.value).where(counters.c.name == _COUNTED),
)
_UNCOUNTED = (
    sa.select(tasks.c.id, tasks.c.title)
    .where(tasks.c.id > sa.bindparam("after"))
    .order_by(tasks.c.id)
    .limit(sa.bindparam("limit"))
)


@cache
def _count(dialect: str) -> sa.Executable:
    insert = upsert(gram_counts, dialect)
    more = gram_counts.c.titles + insert.excluded.titles
    return insert.on_conflict_do_update(index_elements=["gram"], set_={"titles": more})


@cache
def _sharing(count: int) -> sa.Select[Any]:
    """The tasks that share most of some pairs, by the pairs' weights and the titles' lengths.

    It is the cosine as far as it is known without the weights of all other pairs.
    """
    parts = [
        sa.select(
            title_grams.c.task,
            title_grams.c.pairs,
            sa.bindparam(f"weight{i}", type_=sa.Double).label("weight"),
        )
        .where(title_grams.c.gram == sa.bindparam(f"pair{i}"))
        .order_by(title_grams.c.task.desc())
        .limit(sa.bindparam("listed", type_=sa.Integer))
        .subquery()
        for i in range(count)
    ]
    found = sa.union_all(*map(sa.select, parts)).subquery().c
    weight = sa.func.sum(found.weight)
    return (
        sa.select(found.task)
        .group_by(found.task, found.pairs)
        .order_by((weight * weight / found.pairs).desc(), found.task.desc())
        .limit(_CANDIDATES)
    )


class _Rarity:
    """In how many of `titles` titles each pair stands."""

    def __init__(self, titles: int, counts: Mapping[str, int]) -> None:
        self.titles = titles
        self.counts = counts
        self._weights: dict[str, float] = {}

    def rarest(self, pairs: Iterable[str]) -> list[str]:
        """The pairs to look for: the six rarest, and all others that are not common."""
        ordered = sorted(pairs, key=lambda pair: self.counts.get(pair, 0))
        others = [pair for pair in ordered[_RAREST:] if self.counts.get(pair, 0) <= _LISTED]
        return (ordered[:_RAREST] + others)[:_PAIRS_MAX]

    def weight(self, pair: str) -> float:
        """The square of the inverse document frequency."""
        known = self._weights.get(pair)
        if known is None:
            known = log(1 + (1 + self.titles) / (1 + self.counts.get(pair, 0))) ** 2
            self._weights[pair] = known
        return known

    def cosine(self, some: Collection[str], others: Collection[str]) -> float:
        """How alike two sets of pairs are, from 0 to 1."""
        shared = sum(map(self.weight, set(some).intersection(others)))
        lengths = sum(map(self.weight, some)) * sum(map(self.weight, others))
        return shared / sqrt(lengths) if shared else 0.0


class Titles:
    """The pairs of all titles; an empty count of them serves too, only less well."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, text: Text) -> None:
        """Let a title be compared with others."""
        pairs = text.title_grams
        if not pairs:
            return
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_ADD_AT_ONCE, {"pairs": pairs, "number": text.task})
        else:
            rows = [{"gram": pair, "task": text.task, "pairs": len(pairs)} for pair in pairs]
            self._connection.execute(_ADD, rows)

    def replace(self, old: Text, new: Text) -> None:
        """The title changed, or did not."""
        if old.title_grams != new.title_grams:
            self._connection.execute(_REMOVE, {"number": old.task})
            self.add(new)

    def like(self, title: str, limit: int) -> list[int]:
        """Tasks whose titles are alike, the likest first; those given up are left out."""
        pairs = grams(title)
        sharing = self.sharing(pairs)
        if not sharing:
            return []
        rows = self._connection.execute(_TITLES, {"ids": sharing})
        titles = {row.id: grams(row.title) for row in rows}
        rarity = self._rarity({*pairs, *chain.from_iterable(titles.values())})
        if not rarity.titles:
            rarity = _counted(titles.values())
        scores = {task: rarity.cosine(pairs, others) for task, others in titles.items()}
        best = sorted(scores, key=lambda task: (-scores[task], -task))
        return [task for task in best[:limit] if scores[task] >= _ALIKE]

    def sharing(self, pairs: Sequence[str]) -> list[int]:
        """The tasks, at most 300, whose titles share most of the rarest pairs."""
        rarity = self._rarity(pairs)
        asked: dict[str, Any] = {"listed": _LISTED}
        rarest = rarity.rarest(pairs)
        for i, pair in enumerate(rarest):
            asked |= {f"pair{i}": pair, f"weight{i}": rarity.weight(pair)}
        if not rarest:
            return []
        return list(self._connection.execute(_sharing(len(rarest)), asked).scalars())

    def count(self, limit: int) -> int:
        """Count the pairs of at most `limit` titles not counted yet; how many titles they were.

        Changed titles are not counted anew: the counts only tell rare pairs from common ones.
        """
        counted = Counters(self._connection)
        after = counted.value(_COUNTED)
        rows = self._connection.execute(_UNCOUNTED, {"after": after, "limit": limit}).all()
        if not rows:
            return 0
        counts = _counted([grams(row.title) for row in rows]).counts
        more = [{"gram": pair, "titles": count} for pair, count in counts.items()]
        if more:
            self._connection.execute(_count(self._connection.dialect.name), more)
        counted.add(_COUNTED, rows[-1].id - after)
        return len(rows)

    def _rarity(self, pairs: Collection[str]) -> _Rarity:
        rows = self._connection.execute(_COUNTS, {"pairs": list(pairs)})
        counts = {row.gram: row.titles for row in rows}
        return _Rarity(counts.pop(_COUNTED, 0), counts)


def _counted(titles: Collection[Iterable[str]]) -> _Rarity:
    return _Rarity(len(titles), Counter(chain.from_iterable(titles)))
