"""Really saved, really gone: asked in time, answered by a tap, and taken up again where it grew."""

from datetime import date

from bot.domain.task import Saving
from bot.usecases import burden
from tests.stories.doing import act, confirmed, drawn, language, pings, shows
from tests.stories.test_notices import settled, told
from tests.stories.test_reminders import at, come

TITLE, OTHER = "전시실 운영 일지 폐지", "차량 운행 기록 간소화"
ONE = "확인해 주실 과제가 1건 있습니다."


async def done(life, title=TITLE, **reported) -> int:
    """A task that was completed on Wednesday, 1 July 2026."""
    number: int = await life.propose("member", title)
    await confirmed(life, number, ["immediate"])
    await life.open("member", number)
    person = life.visitor("member")
    await act(person, "complete", {"evidence": "공지함", **reported})
    await person.close(person.top["id"])
    return number


async def stored(life, number):
    """The task as it is kept."""
    return await life.bot.office.read(lambda uow: uow.tasks.get(number))


async def test_the_owner_confirms_in_one_tap_and_the_lead_finds_that_it_came_back(life):
    number = await done(life, hours="100")
    other = await done(life, OTHER)
    member, lead = life.visitor("member"), life.visitor("lead")
    await come(life, at(9, 30, 17))
    assert told(member, "확인해 주실") == []
    await come(life, at(10, 1, 8, 59))
    assert told(member, "확인해 주실") == []
    await come(life, at(10, 1))
    await come(life, at(10, 1, 10))
    assert len(told(member, "확인해 주실 과제가 2건 있습니다.")) == 1
    message = member.message(member.dm, "확인해 주실")
    assert pings(message) == []
    assert shows(member, "보고 100시간", message)
    await member.click("check.planned", message)
    await settled(life)
    message = member.message(member.dm, ONE)
    await member.click("act.verify", message)
    ack = await member.submit(values={"hours": "12.5", "budget": "0"})
    assert ack.ok, ack
    assert shows(member, "12.5시간")
    await settled(life)
    assert member.message(member.dm, "모두 확인해 주셨습니다.")
    assert (await stored(life, number)).verified == Saving(hours=100)
    assert (await stored(life, other)).verified == Saving(hours=12.5, budget=0)

    await come(life, at(12, 31))
    assert told(lead, "확인해 주실") == []
    life.clock.move_to(at(12, 31).replace(year=2027, month=1, day=4))
    await life.bot.ticker.tick()
    await settled(life)
    (text,) = told(lead, "확인해 주실 과제가 2건 있습니다.")
    assert "다시 생겼습니까" in text
    asked = lead.message(lead.dm, "확인해 주실")
    version = (await stored(life, number)).version
    await lead.click("check.gone", asked, value=f"{other}:{(await stored(life, other)).version}")
    await settled(life)
    await lead.click("act.came_back", lead.message(lead.dm, ONE), value=f"{number}:{version}")
    ack = await lead.submit(values={"reason": "새 서식으로 다시 씁니다."})
    assert ack.ok, ack
    assert shows(lead, "추진 중")
    assert shows(lead, "새 서식으로 다시 씁니다.")
    assert (await stored(life, number)).verified == Saving()
    await settled(life)
    assert lead.message(lead.dm, "모두 확인해 주셨습니다.")
    assert told(member, "새 서식으로 다시 씁니다."), "its owner hears of it"


async def test_who_does_not_answer_is_not_asked_again_but_sees_it_in_home_and_in_english(life):
    await language(life, "member", "en")
    number = await done(life)
    member = life.visitor("member")
    for day in (1, 2, 15):
        await come(life, at(10, day))
    (text,) = told(member, "There is 1 task for you to check.")
    assert "Really saved" in text
    await member.open_home()
    await member.until(lambda: shows(member, "There is 1 task for you to check.", "home"))
    await member.click("check.panel", "home")
    assert "act.verify" in drawn(member)
    assert "check.planned" not in drawn(member), "nothing was planned or reported"
    await member.click("act.verify")
    ack = await member.submit(values={"hours": ""})
    assert ack.errors == {"hours": "Please enter the hours or the budget really saved."}
    ack = await member.submit(values={"hours": "7"})
    assert ack.ok, ack
    assert (await stored(life, number)).verified == Saving(hours=7)
    await settled(life)
    await member.until(lambda: not shows(member, "to check", "home"))


async def test_forged_and_old_buttons_are_refused(life):
    number = await done(life, hours="3")
    await come(life, at(10, 1))
    member, colleague = life.visitor("member"), life.visitor("colleague")
    asked = member.message(member.dm, ONE)
    await colleague.open_home()
    await colleague.until(lambda: colleague.home)
    task = await stored(life, number)
    for action in ("check.planned", "check.gone"):
        for forged in ("1", "x:1", f"{number}:{task.version}"):
            await colleague.press("home", action, value=forged)
    assert (await stored(life, number)).verified == Saving()
    await member.click("check.planned", asked)
    await member.press(asked, "check.planned")
    assert told(member, "이미 확인되었습니다.")


async def test_headquarters_sees_how_messages_and_taps_are_spread_and_no_name(life):
    await done(life, hours="3")
    await life.bot.taps.flush()
    _, before = await life.bot.office.read(lambda uow: uow.burden.spread(date(2026, 7, 1)))
    assert sum(count * people for count, people in before.items()) >= 6, "presses and submissions"
    await come(life, at(10, 1))
    hq = life.visitor("hq")
    await hq.open_home()
    await hq.until(lambda: hq.home)
    assert shows(hq, "2026년 4분기", "home")
    now = life.clock.now()
    counted, _ = await life.bot.office.read(lambda uow: burden.quarters(uow, now))
    assert counted.messages.most >= 1
    assert shows(hq, f"1인당 개인 메시지: 중앙값 {counted.messages.median} · 90%", "home")
    assert shows(hq, f"이하 · 최대 {counted.messages.most}", "home")
    member = life.visitor("member")
    await member.open_home()
    await member.until(lambda: member.home)
    assert not shows(member, "1인당", "home")
