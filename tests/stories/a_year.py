"""One office lived through day by day, and everything the bot said written down for a reader."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from bot.clock import public_holidays
from bot.domain.calendar import Calendar, at, local, today
from bot.domain.results import Surface
from bot.i18n.texts import Catalogue
from bot.playground.changes import Change
from bot.playground.reading import texts_of
from bot.playground.visitor import Visitor
from bot.usecases.acting import Ask
from tests.stories.conftest import CHANNELS, STAFF, slack_id
from tests.stories.test_notices import settled

NEWCOMER = "newcomer"
PEOPLE = {who: f"{name} {title}" for who, (name, title, *_) in STAFF.items()}
PEOPLE[NEWCOMER] = "서국장 국장"
NEWCOMERS_ID = "U0000040"
BY_ID = {slack_id(who): who for who in STAFF} | {NEWCOMERS_ID: NEWCOMER}
MEMBERS = ("member", "colleague", "english", "other_member")
"""Those who are nothing but members: no lead, head, director or headquarters."""

CLOSELY = (time(8, 59), time(9), time(14), time(18))
"""When the bot is looked at on a day on which, or soon after which, somebody did something."""
BRIEFLY = (time(9),)
STAY_CLOSE = timedelta(days=2)
"""How long after an act each of these hours is looked at."""

_TEXTS = Catalogue.load()
_KO = _TEXTS.of("ko")
REMINDING = tuple(
    _TEXTS.of(language)(key, count=number)
    for language in ("ko", "en")
    for key in ("reminders", "reminders-of-others")
    for number in range(1, 30)
)
"""How a message with reminders begins."""


def id_of(who: str) -> str:
    """Somebody's Slack id."""
    return NEWCOMERS_ID if who == NEWCOMER else slack_id(who)


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something a person did (no `to`), or a message that was sent."""

    at: datetime
    text: str
    whole: tuple[str, ...] = ()
    """All that is read in a message, where `text` is what a notification shows."""
    to: str = ""
    """Somebody of the staff, or a channel's id."""
    channel: str = ""
    """The channel in which only `to` saw it; empty for a direct message."""
    by: str = ""
    """Who has just acted when it was sent; nobody when the bot spoke by itself."""

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct message."""
        return self.to in PEOPLE and not self.channel

    @property
    def is_unsolicited(self) -> bool:
        """Everything is, but what somebody's own act brings at once: answers and receipts to
        themself, and what the act puts into a channel (a card, a ballot)."""
        return not self.by or (self.to in PEOPLE and self.to != self.by)

    @property
    def is_reminder(self) -> bool:
        """Whether it reminds people of their own dates."""
        return self.is_direct and self.text.startswith(REMINDING)

    def __str__(self) -> str:
        hour = f"{local(self.at):%H:%M}"
        if not self.to:
            return f"{hour}  {PEOPLE[self.by]}: {self.text}"
        return f"{hour}    → {self._place}: {self.text}"

    @property
    def _place(self) -> str:
        names = {channel: f"#{department}" for department, channel in CHANNELS.items()}
        if self.to not in PEOPLE:
            return names[self.to]
        where = f"{names[self.channel]}, 본인만" if self.channel else "DM"
        return f"{PEOPLE[self.to]} ({where})"


class Year:
    """The office, its days, and the book of what was done and said."""

    def __init__(self, life: Any) -> None:
        self.life = life
        self.lines: list[Line] = []
        self._by = ""
        self._acted_on = today(life.clock.now())
        self._seen: set[tuple[str, str]] = set()
        life.ws.changes.listen(self._heard)

    def who(self, who: str) -> Visitor:
        """Somebody at their screen."""
        found: Visitor = self.life.server.visitor(id_of(who))
        return found

    @asynccontextmanager
    async def doing(self, when: str, who: str, words: str) -> AsyncIterator[Visitor]:
        """Somebody does something at that minute (as 2026-07-01 10:00), at their screen or else."""
        moment = _moment(when)
        await self.until(moment)
        self._acted_on = moment.date()
        self.lines.append(Line(at=moment, text=words, by=who))
        self._by = who
        yield self.who(who)
        await self._settle()
        self._by = ""

    async def does(
        self,
        when: str,
        who: str,
        words: str,
        work: Callable[[Any, Ask, datetime], Any],
        task: int = 0,
    ) -> Any:
        """Somebody does a routine act through the use-case behind the screen."""
        ask = Ask(who=id_of(who), surface=Surface.MODAL, task=task)
        async with self.doing(when, who, words):
            now = self.life.clock.now()
            office = self.life.bot.office
            return await office.write(lambda uow: work(uow, ask, now), key=None, answer=None)

    async def seconds(self, count: int) -> None:
        """So many seconds pass, in which what was gathered meanwhile leaves."""
        await self._settle()
        self.life.clock.move(timedelta(seconds=count))
        await self._settle()

    async def until(self, moment: datetime) -> None:
        """Live on until then; the bot is awake at every hour that is looked at."""
        for hour in self._hours(self.life.clock.now(), moment):
            self.life.clock.move_to(hour)
            await self.life.bot.ticker.tick()
            await self._settle()

    def messages(self) -> Iterator[Line]:
        """All that was sent."""
        return (line for line in self.lines if line.to)

    def told(self) -> str:
        """The book as a person reads it: the days, in each what was done and what was sent."""
        parts = []
        ordered = sorted(self.lines, key=lambda line: (line.at, bool(line.to), line.to, line.text))
        for day, lines in groupby(ordered, key=lambda line: today(line.at)):
            parts.append("\n".join([_header(day), *map(str, lines)]))
        return "\n\n".join(parts) + "\n"

    async def _settle(self) -> None:
        ws = self.life.ws
        await ws.changes.until(lambda: ws.delivery.pending == 0, 10)
        await settled(self.life)

    def _hours(self, after: datetime, upto: datetime) -> Iterator[datetime]:
        day = today(after)
        while day <= today(upto):
            closely = day == today(upto) or day - self._acted_on <= STAY_CLOSE
            for hour in CLOSELY if closely else BRIEFLY:
                if after < at(day, hour) < upto:
                    yield at(day, hour)
            day += timedelta(days=1)
        yield upto

    def _heard(self, change: Change) -> None:
        message = change.data.get("message")
        if change.kind != "message" or message is None or not message.bot:
            return
        if (key := (message.channel, message.ts)) in self._seen:
            return
        self._seen.add(key)
        direct = message.channel.startswith("D")
        only_for = message.only_for or (message.channel[1:] if direct else "")
        self.lines.append(
            Line(
                at=self.life.clock.now(),
                text=" / ".join(message.text.splitlines()),
                whole=tuple(texts_of({"text": message.text, "blocks": message.blocks})),
                to=BY_ID[only_for] if only_for else message.channel,
                channel="" if direct or not only_for else message.channel,
                by=self._by,
            )
        )


def burden(lines: Iterator[Line]) -> dict[tuple[str, str], int]:
    """Direct messages by quarter and member, those they asked for and their own dates aside."""
    found: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.is_direct and line.is_unsolicited and not line.is_reminder and line.to in MEMBERS:
            day = today(line.at)
            key = (f"{day.year}년 {(day.month + 2) // 3}분기", line.to)
            found[key] = found.get(key, 0) + 1
    return found


def is_office_hour(moment: datetime, days_off: frozenset[date]) -> bool:
    """Whether it lies within 09:00–18:00 of a working day."""
    calendar = Calendar(days_off | {day for day in _days() if day in public_holidays()})
    return calendar.office_moment(moment) == moment


def rewrites() -> bool:
    """Whether the book on the disk is to be written anew: UPDATE_GOLDEN=1."""
    return os.environ.get("UPDATE_GOLDEN") == "1"


def _days() -> Iterator[date]:
    return (date(2026, 7, 1) + timedelta(days=n) for n in range(400))


def _moment(when: str) -> datetime:
    day, hour = when.split()
    return at(date.fromisoformat(day), time.fromisoformat(hour))


def _header(day: date) -> str:
    calendar = Calendar(public_holidays())
    return f"── {_KO.date(day)} ──" + ("" if calendar.is_working(day) else " 쉬는 날")
