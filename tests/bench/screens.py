"""What people and ticks ask of the database, each as one function of a unit of work."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.clock import Clock
from bot.domain.calendar import today
from bot.domain.org import Role
from bot.domain.results import Proposed, Query, Scope, Surface
from bot.domain.task import Content, Status, Type
from bot.usecases import (
    asking,
    ballots,
    closing,
    covering,
    deliver,
    propose,
    read,
    remind,
    review_reading,
    review_ticking,
    rounds,
    ticking,
)
from handlers.ticks import DUE
from storage.tables.org import people, posts
from storage.unit import UnitOfWork
from storage.watch import Watch
from tests.bench import wording
from tests.bench.province import NOW, ROUNDS

Work = Callable[[UnitOfWork], object]

NEXT_MORNING = NOW + timedelta(days=3)
_DAY = today(NOW)
_PLAIN_MS, _SEARCH_MS = 5.0, 20.0
_PART_MS = 100.0
"""A part has some hundred rows at most, however many there are, and nobody waits for it."""

_WATCH = Watch(Clock(), deliver.LEASE)


@dataclass(frozen=True)
class Screen:
    """One question: how it is asked, differently each time, and what is fast enough in any case."""

    name: str
    asked: Callable[["Askers"], Work]
    enough_ms: float = _PLAIN_MS
    writes: bool = False


class Askers:
    """People who ask, and what they ask for; the dice are the same in every run."""

    def __init__(self, connection: Connection, size: int) -> None:
        self._dice = random.Random(7)
        self._size = size
        self._ids = {
            role: self._holders(connection, role)
            for role in (Role.MEMBER, Role.HEAD, Role.DIRECTOR, Role.HQ)
        }

    @staticmethod
    def _holders(connection: Connection, role: Role) -> list[str]:
        found = sa.select(people.c.slack_id).join(posts, posts.c.person == people.c.id)
        return list(connection.execute(found.where(posts.c.role == role)).scalars())

    def one(self, role: Role = Role.MEMBER) -> str:
        """Somebody of that role."""
        return self._dice.choice(self._ids[role])

    def task(self) -> int:
        """Any task's number."""
        return self._dice.randint(1, self._size)

    def title(self) -> str:
        """A title that nobody has proposed in these very words."""
        return wording.title(self._dice)

    def word(self) -> str:
        """The name of a place, which a few titles have."""
        return self._dice.choice(wording.PLACES)


def _page(scope: Scope, role: Role = Role.MEMBER, **query: object) -> Callable[[Askers], Work]:
    asked = Query(scope=scope, **query)  # type: ignore[arg-type]
    return lambda askers: partial(_read_page, askers.one(role), asked)


def _read_page(who: str, query: Query, uow: UnitOfWork) -> object:
    return read.page(uow, who, query, NOW)


def _home(role: Role) -> Callable[[Askers], Work]:
    return lambda askers: partial(_read_home, askers.one(role))


def _read_home(who: str, uow: UnitOfWork) -> object:
    return read.home(uow, who, NOW)


def _find(words: str) -> Callable[[Askers], Work]:
    return lambda askers: partial(_read_page, askers.one(), Query(words=words))


def _found_word(askers: Askers) -> Work:
    return partial(_read_page, askers.one(), Query(words=askers.word()))


def _show(askers: Askers) -> Work:
    who, number = askers.one(), askers.task()
    return lambda uow: read.show(uow, who, number, NOW)


def _similar(askers: Askers) -> Work:
    title = askers.title()
    return lambda uow: uow.search.similar(title)


def _ballot_panel(askers: Askers) -> Work:
    who = askers.one(Role.HEAD)
    return lambda uow: ballots.panel(uow, who, None, NOW)


def _round_panel(askers: Askers) -> Work:
    who = askers.one(Role.HQ)
    return lambda uow: rounds.panel(uow, who, Surface.COMMAND, NOW)


def _coverage(_: Askers) -> Work:
    def work(uow: UnitOfWork) -> object:
        round_ = uow.rounds.get(ROUNDS)
        if round_ is None:
            raise LookupError("the current round")
        return covering.coverage_of(uow, round_, NOW)

    return work


def _review(askers: Askers) -> Work:
    who = askers.one(Role.DIRECTOR)

    def work(uow: UnitOfWork) -> object:
        number = review_reading.waiting_for(uow, who, NOW)
        if number is None:
            raise LookupError("an open review")
        return review_reading.look(uow, who, number, NOW)

    return work


def _figures(askers: Askers) -> Work:
    who = askers.one(Role.DIRECTOR)

    def work(uow: UnitOfWork) -> object:
        viewer = uow.people.by_slack(who, _DAY)
        if viewer is None or viewer.main is None or viewer.main.place.bureau is None:
            raise LookupError("a director")
        bureau = viewer.main.place.bureau
        review = uow.reviews.open_of(bureau)
        if review is None:
            raise LookupError("an open review")
        return uow.review_facts.figures(bureau, review.period, _DAY)

    return work


def _tick(_: Askers) -> Work:
    """Everything that a tick asks when nothing is new."""

    def work(uow: UnitOfWork) -> object:
        closing.due(uow, NOW)
        for due in DUE:
            due(uow, NOW)
        ticking.next_part(uow, NOW)
        ticking.keep_house(uow)
        review_ticking.bureaus_due(uow, NOW)
        remind.next_part(uow, NOW)
        return deliver.due_in(uow, _WATCH)

    return work


def _morning(_: Askers) -> Work:
    """The first part of the next morning's walk, which has some hundred dates at most."""
    return lambda uow: remind.next_part(uow, NEXT_MORNING)


def _asked(_: Askers) -> Work:
    """The first part of the next day's walk over those who were asked something."""
    return lambda uow: asking.next_part(uow, NEXT_MORNING)


def _waiting(_: Askers) -> Work:
    """Who is to hear the next morning of what waits for them."""
    return lambda uow: ticking.next_part(uow, NEXT_MORNING)


def _insert(askers: Askers) -> Work:
    who, title = askers.one(), askers.title()
    asked = Proposed(content=Content(title=title, type=Type.ABOLISH, problem="매일 씁니다."))

    def work(uow: UnitOfWork) -> object:
        propose.similar_to(uow, who, asked, NOW)
        return propose.propose(uow, who, Surface.MODAL, asked, NOW)

    return work


SCREENS = (
    Screen("list, mine", _page(Scope.MINE)),
    Screen("list, my team", _page(Scope.TEAM)),
    Screen("list, my department", _page(Scope.DEPARTMENT)),
    Screen("list, my bureau", _page(Scope.BUREAU)),
    Screen("list, all", _page(Scope.ALL)),
    Screen("list, a status", _page(Scope.BUREAU, status=Status.ON_HOLD)),
    Screen("list, overdue", _page(Scope.ALL, overdue=True)),
    Screen("list, my bureau's overdue", _page(Scope.BUREAU, overdue=True)),
    Screen("list, all, page 10", _page(Scope.ALL, page=10)),
    Screen("show", _show),
    Screen("Home of a member", _home(Role.MEMBER)),
    Screen("Home of a head", _home(Role.HEAD)),
    Screen("Home of a director", _home(Role.DIRECTOR)),
    Screen("Home of headquarters", _home(Role.HQ)),
    Screen(f"find {wording.COMMONEST}", _find(wording.COMMONEST), _SEARCH_MS),
    Screen("find two common words", _find("도로 개선"), _SEARCH_MS),
    Screen("find a place", _found_word, _SEARCH_MS),
    Screen("find one syllable", _find("원"), _SEARCH_MS),
    Screen("similar", _similar, _SEARCH_MS),
    Screen("ballot of a department", _ballot_panel),
    Screen("round of headquarters", _round_panel),
    Screen("coverage", _coverage),
    Screen("review of a director", _review),
    Screen("review's figures", _figures),
    Screen("due now: a tick", _tick, writes=True),
    Screen("due now: a part of the questions", _asked, _PART_MS),
    Screen("due now: a part of the reminders", _morning, _PART_MS),
    Screen("due now: what waits for whom", _waiting),
    Screen("insert, with similar ones and its commit", _insert, _SEARCH_MS, writes=True),
)
