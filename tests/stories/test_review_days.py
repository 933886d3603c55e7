"""The days around a review: previews, asking again, who comes and goes, and what may go wrong."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from bot import wiring
from bot.domain.org import Role
from bot.domain.periods import Cadence
from bot.settings import Mode
from tests.stories.doing import language
from tests.stories.reviewing import (
    BOUNDARY,
    NEXT,
    after,
    change,
    found,
    made,
    on,
    read,
    review,
    until_read,
)
from tests.stories.test_notices import settled, told

PREVIEW = datetime(2026, 9, 29, 0, 0, tzinfo=UTC)
TITLE = "전시실 일지 폐지"
ASKED = "점검을 기다리고 있습니다."


def messages(life, who: str, text: str = "3분기 점검") -> int:
    """How many direct messages of somebody begin with that."""
    person = life.visitor(who)
    return sum(text in message.split("\n")[0] for message in told(person))


async def test_the_coordinating_team_sees_it_two_working_days_before(life):
    await made(life, TITLE)
    await on(life, PREVIEW - timedelta(minutes=1))
    assert messages(life, "lead") == 0
    await on(life, PREVIEW)
    await on(life, PREVIEW + timedelta(hours=1))
    assert messages(life, "lead") == 1
    shown = "\n".join(told(life.visitor("lead"), "사전 안내해 드립니다"))
    assert TITLE in shown
    assert "2026. 10. 1.(목) 09:00" in shown
    assert messages(life, "director") == 0


async def test_who_does_not_sign_off_is_asked_again_and_then_headquarters_hears(life):
    await made(life, TITLE)
    await on(life, BOUNDARY)
    asked, copies = [], []
    for days in range(1, 13):
        await on(life, after(days))
        await on(life, after(days) + timedelta(hours=3))
        asked.append(messages(life, "director", ASKED))
        copies.append(messages(life, "lead", "아직 끝나지 않았습니다."))
        assert messages(life, "hq", "끝나지 않은 점검") == (1 if days >= 10 else 0)
    assert asked == copies == [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]
    assert "건설교통국" in told(life.visitor("hq"), "끝나지 않은 점검")[0]
    director = life.visitor("director")
    await director.click("review.open", director.message(director.dm, ASKED))
    assert TITLE in "\n".join(director.texts())
    await director.close(director.top["id"])
    assert messages(life, "director") == 3, "the review and two times asked"
    await on(life, NEXT)
    first = director.messages(director.dm)
    await director.until(lambda: "다음 점검이 열려" in str(director.messages(director.dm)))
    assert len(first) >= 4
    assert messages(life, "director", "4분기 점검") == 1


async def test_who_stands_in_gets_it_and_may_sign_it_off(life):
    def delegate(uow):
        giver, taker = found(uow, "director").id, found(uow, "head").id
        uow.posts.delegate(giver, taker, date(2026, 9, 30), date(2026, 10, 2))

    await change(life, delegate)
    await on(life, BOUNDARY)
    head, director = life.visitor("head"), life.visitor("director")
    assert (messages(life, "head"), messages(life, "director")) == (1, 1)
    await head.click("review.sign", review(head))
    await until_read(head, "이과장")
    await until_read(director, "점검을 마치셨습니다")
    await director.press(review(director), "review.sign", value="1:1")
    assert any("이미 끝난 점검" in text for text in director.texts(director.dm))


async def test_a_director_who_comes_in_between_inherits_the_open_review(life):
    await made(life, TITLE)
    await on(life, BOUNDARY)

    def rotate(uow):
        day = life.clock.now().date()
        former, other = found(uow, "director"), found(uow, "other_head")
        uow.posts.set(other.id, former.posts, day)
        uow.posts.set(former.id, (), day)

    life.clock.move_to(after(1))
    await change(life, rotate)
    await on(life, after(1))
    await on(life, after(2))
    assert messages(life, "other_head") == 1
    former, other = life.visitor("director"), life.visitor("other_head")
    await until_read(former, "다른 분이 이어받으셨습니다")
    assert TITLE in read(other)
    await on(life, after(3))
    assert messages(life, "other_head", ASKED) == 1
    assert messages(life, "director", ASKED) == 0


async def test_a_vacant_post_is_told_to_headquarters_once_until_somebody_acts(life):
    await change(life, lambda uow: uow.posts.set(found(uow, "director").id, (), date(2026, 9, 1)))
    await on(life, BOUNDARY)
    for days in (1, 2):
        await on(life, after(days))
    assert messages(life, "hq", "점검을 받을 분이 없습니다.") == 1

    def let_act(uow):
        head = found(uow, "other_head")
        bureau = head.posts[0].place.bureau
        day = date(2026, 10, 6)
        uow.posts.let_act(head.id, bureau, Role.DIRECTOR, "국장 직무대리", day, None)

    await change(life, let_act)
    await on(life, after(3))
    assert messages(life, "other_head") == 1
    other = life.visitor("other_head")
    await other.click("review.sign", review(other))
    await until_read(other, "점검을 마치셨습니다")


async def test_a_bot_that_was_down_opens_it_in_office_hours_and_once(life):
    await life.bot.stop()
    life.clock.move_to(BOUNDARY + timedelta(hours=11))
    await life.restart()
    await on(life, BOUNDARY + timedelta(hours=11))
    assert messages(life, "director") == 0, "20:00 is no time to send anything"
    await on(life, after(1))
    await on(life, BOUNDARY + timedelta(hours=1))
    assert messages(life, "director") == 1
    await on(life, after(2))
    await on(life, after(3))
    assert messages(life, "director", ASKED) == 0, "it counts from the day it was sent"
    await on(life, after(4))
    assert messages(life, "director", ASKED) == 1


async def test_two_bots_that_tick_at_once_open_it_once(life):
    second = await wiring.start(life.settings, Mode.WORKER, life.clock)
    assert second.ticker
    assert second.dispatcher
    life.clock.move_to(BOUNDARY)
    await asyncio.gather(life.bot.ticker.tick(), second.ticker.tick(), life.bot.ticker.tick())
    await asyncio.gather(settled(life), second.dispatcher.idle())
    await second.stop()
    assert messages(life, "director") == 1


async def test_headquarters_sets_how_often_a_bureau_is_reviewed(life):
    hq = life.visitor("hq")
    await life.bot.ticker.tick()
    await hq.command(life.channel_of("hq"), "/cut 점검")
    shown = hq.message(life.other_channel, "실·국별 점검")
    await hq.fill({"review.cadence": "반기마다"}, on=shown)
    await hq.until(lambda: "점검 주기를 저장했습니다." in str(hq.messages(life.other_channel)))
    await on(life, BOUNDARY)
    assert messages(life, "director") == 0
    await on(life, NEXT)
    assert messages(life, "director", "2026년 하반기 점검") == 1
    plan = await life.bot.office.read(lambda uow: uow.review_plans.all()[0])
    assert (plan.cadence, plan.last) == (Cadence.HALF_YEARLY, date(2027, 1, 1))


async def test_it_is_read_in_the_directors_language_and_stands_in_home(life):
    await made(life, TITLE)
    await language(life, "director", "en")
    await on(life, BOUNDARY)
    director = life.visitor("director")
    message = director.message(director.dm, "review of Q3 2026")
    assert "1 item needs your attention" in "\n".join(director.texts(message))
    await director.until(lambda: "open items: 1" in "\n".join(director.texts("home")))
    await director.click("review.open", "home")
    await director.click("review.sign")
    await director.submit()
    assert "signed it off" in "\n".join(director.texts())
    await director.until(lambda: "open items" not in "\n".join(director.texts("home")))
