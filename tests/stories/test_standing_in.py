"""Standing in: a head delegates, headquarters names an acting holder and sets days off."""

import sqlalchemy as sa

from storage.tables.records import audit
from tests.stories.doing import act, drawn, shows
from tests.stories.test_notices import settled, told
from tests.stories.test_reminders import at


async def panel(life, who):
    """Somebody opens the panel from Home."""
    person = life.visitor(who)
    await person.open_home()
    await person.until(lambda: person.home)
    await person.click("standing.panel", "home")
    return person


async def acts(life):
    """What was written down about standing in."""

    def read(uow):
        found = uow.connection.execute(sa.select(audit.c.act, audit.c.text).order_by(audit.c.id))
        named = ("delegate", "delegate_end", "acting", "acting_end", "days_off", "refused")
        return [row.text if row.act == "refused" else row.act for row in found if row.act in named]

    return await life.bot.office.read(read)


async def test_a_head_lets_a_lead_decide_for_some_days_and_takes_it_back(life):
    number = await life.propose("member", "전시실 운영 일지 폐지")
    other = await life.propose("member", "차량 운행 기록 간소화")
    head = await panel(life, "head")
    assert drawn(head) == {"standing.delegate"}
    await head.click("standing.delegate")
    ack = await head.submit(values={"deputy": "박팀장 팀장", "last": "2026-06-30"})
    assert ack.errors == {"last": "종료일은 시작일과 같거나 그 뒤여야 합니다."}
    ack = await head.submit(values={"last": "2026-07-10"})
    assert ack.ok, ack
    assert shows(head, "박팀장 팀장")
    await settled(life)
    lead = life.visitor("lead")
    assert told(lead, "‹이과장 과장›님이 업무를 위임하셨습니다.")
    await life.open("lead", number)
    await act(lead, "confirm", {"needs": ["immediate"]})
    assert shows(lead, "추진 중")
    await lead.close(lead.top["id"])
    await head.click("standing.end")
    assert shows(head, "오늘부터 끝냈습니다.")
    await life.open("lead", other)
    assert "act.confirm" not in drawn(lead)
    assert await acts(life) == ["delegate", "delegate_end"]


async def test_headquarters_fills_a_vacant_post_and_sets_a_day_off(life):
    def left(uow):
        head = uow.people.by_slack(life.visitor("head").user, at(7, 1).date())
        uow.posts.set(head.id, (), at(7, 1).date())

    await life.bot.office.write(left)
    hq = await panel(life, "hq")
    await hq.click("standing.acting")
    form = {
        "acting_unit": "건설교통국 도로과", "acting-title": "도로과장 직무대리",
        "acting_person": "박팀장 팀장",
    }  # fmt: skip
    ack = await hq.submit(values=form)
    assert ack.ok, ack
    assert shows(hq, "도로과장 직무대리")
    await settled(life)
    assert told(life.visitor("lead"), "도로과장 직무대리")
    await hq.click("standing.day_off")
    ack = await hq.submit(values={"day": "2026-07-04"})
    assert "이미 쉬는 날입니다." in ack.errors["day"]
    ack = await hq.submit(values={"day": "2026-07-03"})
    assert ack.ok, ack
    await hq.click("standing.drop_day")
    assert shows(hq, "다시 근무일로")
    await hq.click("standing.end_acting")
    assert await acts(life) == ["acting", "days_off", "days_off", "acting_end"]


async def test_forged_buttons_of_standing_in_are_refused_and_written_down(life):
    member = life.visitor("member")
    await member.open_home()
    await member.until(lambda: member.home)
    assert not [b for b in member.home["blocks"] if "standing" in str(b)]
    for action, value in (
        ("standing.delegate", ""), ("standing.end", "1"), ("standing.acting", ""),
        ("standing.end_acting", "1"), ("standing.day_off", ""),
        ("standing.drop_day", "2026-07-03"), ("standing.drop_day", "x"),
    ):  # fmt: skip
        await member.press("home", action, value=value)
    assert not member.views
    assert await acts(life) == ["delegate", "delegate", "admin", "admin", "admin", "admin"]
