"""How many of the titles most alike are found, against comparing with every title there is."""

import random
from collections import Counter
from heapq import nlargest
from itertools import chain
from math import log, sqrt

import sqlalchemy as sa

from bot.clock import FrozenClock
from storage.engine import make_engine, reading
from storage.tables.tasks import tasks
from storage.unit import UnitOfWork
from tests.bench import wording
from tests.bench.province import NOW
from tests.bench.table import Row

_SAMPLE = 40
_SHOWN = 3
_ALIKE = 0.19
"""From which cosine on a title counts as similar: what the bot promises."""
_GIVEN_UP = ("withdrawn", "merged", "declined")
_CLOSE = 1e-9


def row(kind: str, url: str, size: int) -> Row:
    """The share that is found, among `size` titles."""
    dice = random.Random(11)
    engine = reading(make_engine(url))
    with engine.connect() as connection, connection.begin():
        asked = sa.select(tasks.c.id, tasks.c.title, tasks.c.status)
        every = [(r.id, r.title, r.status) for r in connection.execute(asked)]
        sample = [wording.said_otherwise(dice, dice.choice(every)[1]) for _ in range(_SAMPLE)]
    with engine.connect() as connection, connection.begin():
        uow = UnitOfWork(connection, FrozenClock(NOW))
        shown = [[one.id for one in uow.search.similar(t, _SHOWN)] for t in sample]
    engine.dispose()
    what = f"similar titles found of those most alike, {kind}, {size:,}"
    return Row(what, _share(every, sample, shown) * 100, 100, "%", least=0.95)


def _share(every: list[tuple[int, str, str]], sample: list[str], shown: list[list[int]]) -> float:
    """Of each sample's three best, by their cosines: another one that is as alike is as good."""
    counts = Counter(chain.from_iterable(wording.pairs(title) for _, title, _ in every))
    weights = {pair: log(1 + (1 + len(every)) / (1 + count)) ** 2 for pair, count in counts.items()}
    unseen = log(2 + len(every)) ** 2
    wanted = [frozenset(wording.pairs(title)) for title in sample]
    lengths = [sqrt(sum(weights.get(pair, unseen) for pair in one)) for one in wanted]
    scores: list[dict[int, float]] = [{} for _ in wanted]
    for number, title, status in every:
        if status in _GIVEN_UP:
            continue
        pairs = frozenset(wording.pairs(title))
        length = 0.0
        for one, of_one, scored in zip(wanted, lengths, scores, strict=True):
            shared = one & pairs
            if len(shared) < 2:
                continue
            length = length or sqrt(sum(weights[pair] for pair in pairs))
            scored[number] = sum(weights[pair] for pair in shared) / (length * of_one)
    best = found = 0
    for numbers, scored in zip(shown, scores, strict=True):
        top = [score for score in nlargest(_SHOWN, scored.values()) if score >= _ALIKE]
        best += len(top)
        if top:
            found += sum(scored.get(n, 0.0) >= top[-1] - _CLOSE for n in numbers[: len(top)])
    return found / best
