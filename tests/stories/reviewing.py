"""What the stories of reviews share: the days, tasks made quickly, and the director's message."""

from datetime import UTC, date, datetime

from bot.clock import public_holidays
from bot.domain.calendar import Calendar, at
from bot.domain.results import Proposed, Surface
from bot.domain.task import Content, Need, Type
from bot.usecases import decide, propose
from bot.usecases.acting import Ask
from tests.stories.conftest import slack_id
from tests.stories.test_notices import settled

BOUNDARY = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
"""09:00 of the first working day of the fourth quarter."""
NEXT = datetime(2027, 1, 4, 0, 0, tzinfo=UTC)
"""09:00 of the first working day of the next year."""
CALENDAR = Calendar(public_holidays())


def after(days: int) -> datetime:
    """09:00, so many working days after the boundary."""
    return at(CALENDAR.after(date(2026, 10, 1), days))


async def on(life, moment: datetime) -> None:
    """The clock stands there, and all that is due has left."""
    life.clock.move_to(moment)
    await life.bot.ticker.tick()
    await settled(life)


async def change(life, work):
    """Something changes in the office, through the stores or use-cases."""
    return await life.bot.office.write_alone(work)


async def made(life, title: str, *needs: Need) -> int:
    """A task of the roads, confirmed by its head where it needs something."""

    def work(uow):
        content = Content(title=title, type=Type.ABOLISH, problem="매일 씁니다.")
        now, who = life.clock.now(), slack_id("member")
        done = propose.propose(uow, who, Surface.COMMAND, Proposed(content=content), now)
        if needs:
            ask = Ask(who=slack_id("head"), surface=Surface.MODAL, task=done.task)
            owner = found(uow, "member").id
            decide.confirm(uow, ask, now, needs=frozenset(needs), owner=owner)
        return done.task

    number: int = await change(life, work)
    return number


def found(uow, who: str):
    """Somebody of the staff, with the posts of a day of the story."""
    person = uow.people.by_slack(slack_id(who), uow.clock.now().date())
    assert person is not None
    return person


def review(person):
    """The person's review, as its message stands now."""
    return person.message(person.dm, "분기 점검")


def read(person) -> str:
    """What is read in it."""
    return "\n".join(person.texts(review(person)))


async def until_read(person, text: str) -> None:
    """The message has been brought up to date and shows the text."""
    await person.until(lambda: text in read(person))


async def until_gone(person, text: str) -> None:
    """The message has been brought up to date and shows the text no more."""
    await person.until(lambda: text not in read(person))
