"""Reminders: one message a morning of what is due, in one's language, until it is done."""

import asyncio
from datetime import UTC, datetime, timedelta

from handlers.ticks import Ticker
from tests.stories.doing import act, confirmed, language, pings, shows
from tests.stories.test_notices import settled, told

TITLE = "전시실 운영 일지 폐지"
ONE = "챙기실 기한이 1건 있습니다."


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """That hour at the office in 2026."""
    return datetime(2026, month, day, tzinfo=UTC) + timedelta(hours=hour - 9, minutes=minute)


async def come(life, moment: datetime) -> None:
    """Let the time come, and everything that is due then happen."""
    life.clock.move_to(moment)
    await life.bot.ticker.tick()
    await settled(life)


async def due_on_the_15th(life, who="member", title=TITLE) -> int:
    """A task that is due on Wednesday, 15 July."""
    number: int = await life.propose(who, title)
    await confirmed(life, number, ["immediate"])
    return number


async def test_an_owner_is_reminded_opens_it_from_there_and_puts_it_off(life):
    number = await due_on_the_15th(life)
    member = life.visitor("member")
    await come(life, at(7, 8, 8, 59))
    assert told(member, ONE) == [], "nothing leaves before nine"
    await come(life, at(7, 8))
    await come(life, at(7, 8, 8))
    await come(life, at(7, 8, 10))
    (text,) = told(member, ONE)
    assert "기한 2026. 7. 15.(수) · 7일 남음" in text, "once, though the clock went back an hour"
    message = member.message(member.dm, ONE)
    assert pings(message) == []
    await member.click("task.open", message, value=str(number))
    assert shows(member, "이과장 과장"), "the task itself"
    await member.close(member.top["id"])
    later = {"reminder.snooze": f"{number}:task:0:2026-07-15:3"}
    await member.fill(later, on=message)
    await member.until(lambda: told(member, "2026. 7. 13.(월)에 다시 알려 드리겠습니다."))
    for day in (9, 10, 13, 14):
        await come(life, at(7, day))
    assert len(told(member, ONE)) == 3, "on the Monday it was put off to, and a day before"
    await life.open("member", number)
    await act(member, "complete", {"evidence": "일지를 없앴습니다."})
    for day in (15, 20, 21):
        await come(life, at(7, day))
    assert len(told(member, ONE)) == 3


async def test_in_home_one_chooses_how_often_and_reads_them_in_ones_language(life):
    await due_on_the_15th(life, "english")
    english = life.visitor("english")
    await language(life, "english", "en")
    before = english.home["hash"]
    await english.fill({"home.reminding": "weekly"}, on="home")
    await english.until(lambda: english.home["hash"] != before)
    assert shows(english, "Once a week", "home")
    for day in (8, 9, 13, 14, 20):
        await come(life, at(7, day))
    one = "There is 1 deadline for you to keep."
    assert [text.split(" · ")[-1].split("\n")[0] for text in told(english, one)] == [
        "2 days left", "5 days late",
    ]  # fmt: skip


async def test_a_bot_that_was_down_tells_the_newest_once_and_the_lead_in_the_end(life):
    number = await due_on_the_15th(life)
    member, lead = life.visitor("member"), life.visitor("lead")
    await settled(life)
    life.clock.move_to(at(7, 16, 20))
    await life.restart()
    for moment in (at(7, 16, 20), at(7, 18, 11), at(7, 20, 11)):
        await come(life, moment)
    (text,) = told(member, ONE)
    assert "5일 지남" in text
    for moment in (at(8, 3), at(8, 18), at(8, 31), at(9, 1)):
        await come(life, moment)
    assert len(told(member, ONE)) == 3
    (message,) = told(lead, "살펴보실 과제")
    assert "최주무 주무관" in message
    await lead.click("task.open", lead.message(lead.dm, "살펴보실 과제"), value=str(number))
    await act(lead, "assign", {"owner": "정주무 주무관"})
    await come(life, at(9, 2))
    assert told(life.visitor("colleague"), ONE) == []


async def test_forged_menus_move_nothing(life):
    number = await due_on_the_15th(life)
    await come(life, at(7, 8))
    member, lead = life.visitor("member"), life.visitor("lead")
    message = member.message(member.dm, ONE)
    stale, over = "오래된 화면입니다.", "다시 알림을 정할 수 없습니다."
    forged = ("", "1:2", f"{number}:rice:0:2026-07-15:1", f"{number}:task:0:soon:1",
              f"{number}:task:-1:2026-07-15:1", f"{number}:task:0:2026-07-15:1:1")  # fmt: skip
    for count, value in enumerate(forged, 1):
        await member.press(message, "reminder.snooze", type="button", value=value)
        await member.until(lambda count=count: len(told(member, stale)) == count)
    await member.press(
        message, "reminder.snooze", type="button", value=f"{number}:task:0:2026-07-15:90"
    )
    await member.until(lambda: told(member, over))
    await life.open("lead", number)
    await lead.press(
        lead.top, "reminder.snooze", type="button", value=f"{number}:task:0:2026-07-15:1"
    )
    await lead.until(lambda: shows(lead, over))
    await come(life, at(7, 14))
    assert len(told(member, ONE)) == 2


async def test_two_bots_at_nine_tell_each_person_once(life):
    for title in (TITLE, "민원 접수 대장 정리"):
        await due_on_the_15th(life, title=title)
    await due_on_the_15th(life, "colleague", "차량 운행 기록 간소화")
    life.clock.move_to(at(7, 8))
    other = Ticker(life.bot.office)
    await asyncio.gather(*(ticker.tick() for ticker in (life.bot.ticker, other) for _ in range(3)))
    await settled(life)
    assert len(told(life.visitor("member"), "챙기실 기한이 2건 있습니다.")) == 1
    assert len(told(life.visitor("colleague"), ONE)) == 1


async def test_who_left_hears_nothing_and_their_lead_takes_over(life):
    await due_on_the_15th(life)
    life.ws.change_person(life.visitor("member").user, deleted=True)
    lead = life.visitor("lead")
    await lead.until(lambda: life.ws.delivery.pending == 0)
    for moment in (at(7, 8), at(7, 14)):
        await come(life, moment)
    assert told(life.visitor("member"), ONE) == []
    assert len(told(lead, ONE)) == 2


async def test_what_nobody_knows_the_end_of_at_six_is_not_told_again_in_the_morning(life):
    await due_on_the_15th(life)
    await settled(life)
    life.clock.move_to(at(7, 8, 17, 59))
    life.ws.faults.add("chat.postMessage", "reset")
    await life.bot.ticker.tick()
    await settled(life)
    member = life.visitor("member")
    for moment in (at(7, 8, 18), at(7, 9), at(7, 9, 10)):
        await come(life, moment)
        assert len(told(member, ONE)) == 1


async def test_what_slack_did_not_take_before_six_waits_for_the_morning_as_it_is_then(life):
    await due_on_the_15th(life)
    await settled(life)
    life.clock.move_to(at(7, 8, 17, 59))
    life.ws.faults.add("chat.postMessage", "503")
    await life.bot.ticker.tick()
    await settled(life)
    member = life.visitor("member")
    await come(life, at(7, 8, 18))
    assert told(member, ONE) == []
    await come(life, at(7, 9))
    await come(life, at(7, 9, 11))
    (text,) = told(member, ONE)
    assert "6일 남음" in text
