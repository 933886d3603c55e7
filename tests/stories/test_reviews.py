"""Reviews: from the quarter's boundary to the director's sign-off."""

from datetime import UTC, datetime

import pytest

from bot.domain.results import Proposed, Surface
from bot.domain.task import Content, Need, Type
from bot.usecases import decide, propose
from bot.usecases.acting import Ask
from tests.stories.conftest import slack_id
from tests.stories.doing import act, shows
from tests.stories.test_notices import settled, told

BOUNDARY = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
"""09:00 of the first working day of the fourth quarter."""
TITLE = "점검"


async def at(life, moment: datetime) -> None:
    """The clock stands there, and all that is due has left."""
    life.clock.move_to(moment)
    await life.bot.ticker.tick()
    await settled(life)


async def made(life, title: str, *needs: Need, owner: str = "member") -> int:
    """A task of the roads, confirmed where it needs something; through the use-cases, for speed."""

    def work(uow):
        content = Content(title=title, type=Type.ABOLISH, problem="매일 씁니다.")
        now, who = life.clock.now(), slack_id("member")
        done = propose.propose(uow, who, Surface.COMMAND, Proposed(content=content), now)
        if needs:
            ask = Ask(who=slack_id("head"), surface=Surface.MODAL, task=done.task)
            person = uow.people.by_slack(slack_id(owner), now.date())
            decide.confirm(uow, ask, now, needs=frozenset(needs), owner=person.id)
        return done.task

    return await life.bot.office.write_alone(work)


def message(person):
    """The person's review, as it stands now."""
    return person.message(person.dm, "분기 점검")


async def test_the_boundary_opens_one_message_with_figures_and_named_exceptions(life):
    await made(life, "전시실 일지 폐지", Need.IMMEDIATE)
    await made(life, "민원 대장 정리")
    await at(life, BOUNDARY.replace(hour=23, day=30, month=9))
    director = life.visitor("director")
    assert told(director, "분기 점검") == []
    await at(life, BOUNDARY)
    await at(life, BOUNDARY)
    assert len(told(director, "분기 점검")) == 1
    print(director.screen())
    shown = "\n".join(director.texts(message(director)))
    assert "2026년 3분기" in shown
    assert "전시실 일지 폐지" in shown
    assert "민원 대장 정리" in shown
    assert 0
