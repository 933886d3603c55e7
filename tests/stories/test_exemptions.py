"""Exemptions: filed by a lead, asked again, decided by a tap, ended by time; coverage follows."""

from datetime import UTC, datetime

import sqlalchemy as sa

from bot.domain.calendar import today
from bot.domain.coverage import coverage
from storage.tables.records import audit
from tests.stories.doing import drawn, language, pings, shows
from tests.stories.test_notices import settled, told

PLANNING, CITY = "도로과 계획팀", "도시과 도시팀"
MONDAY = datetime(2026, 7, 6, 0, 30, tzinfo=UTC)
"""The third working day after the Wednesday on which the story begins."""
LAST_DAY = "2026-07-09"
DAY_AFTER = datetime(2026, 7, 10, 0, 0, tzinfo=UTC)


async def covered(life):
    """The bureau's coverage and its departments' teams, as `part/whole`."""

    def read(uow):
        now = life.clock.now()
        facts = uow.rounds.facts(uow.rounds.unclosed(), today(now))
        (bureau,) = coverage(uow.units.all(), facts)
        teams = {d.unit.name: f"{d.teams.part}/{d.teams.whole}" for d in bureau.departments}
        return f"{bureau.share.part}/{bureau.share.whole}", teams

    return await life.bot.office.read(read)


async def tried(life):
    """Every entry of the history about exemptions: the act, or the refused one's name."""

    def read(uow):
        rows = uow.connection.execute(sa.select(audit.c.act, audit.c.text).order_by(audit.c.id))
        return [(row.act, row.text) for row in rows if "exempt" in f"{row.act} {row.text}"]

    return await life.bot.office.read(read)


async def moved(life, at: datetime) -> None:
    """The clock is moved and what is due by then has been done and told."""
    life.clock.move_to(at)
    await life.bot.ticker.tick()
    await settled(life)


async def file(life, who: str = "lead", **fields):
    """Somebody files an exemption from the panel; they see the panel with it then."""
    person = life.visitor(who)
    await person.command(life.channel_of(who), "/cut 예외")
    await person.click("exempt.file")
    ack = await person.submit(values={"ground": "statutory", "text": "도로법 제31조", **fields})
    assert ack.ok, ack
    assert shows(person, "예외를 신청했습니다.")
    assert shows(person, "결정 대기")
    await settled(life)
    return person


async def hears(person, text: str, times: int = 1) -> None:
    """They are told so often, and not once more; messages to one person leave a second apart."""
    await person.until(lambda: len(told(person, text)) >= times)
    assert len(told(person, text)) == times


def question(director, unit: str = PLANNING):
    """The director's newest message about a team."""
    return director.message(director.dm, f"{unit}의 제출 예외 신청")


async def test_an_exemption_is_filed_asked_again_granted_by_a_tap_and_ended_by_its_date(life):
    director = life.visitor("director")
    assert await covered(life) == ("0/2", {"도로과": "0/1", "도시과": "0/1"})
    lead = await file(life)
    await lead.close(lead.top["id"])
    assert await covered(life) == ("0/2", {"도로과": "0/1", "도시과": "0/1"})
    await hears(director, PLANNING)

    await moved(life, MONDAY)
    await hears(director, PLANNING, 2)
    await moved(life, MONDAY)
    await hears(director, PLANNING, 2)
    assert await covered(life) == ("0/2", {"도로과": "0/1", "도시과": "0/1"})

    asked = question(director)
    assert shows(director, "도로법 제31조", asked)
    await director.click("exempt.grant", asked)
    await director.until(lambda: director.message(director.dm, "‹승인› 처리되었습니다."))
    assert await covered(life) == ("1/2", {"도로과": "1/1", "도시과": "0/1"})
    await hears(lead, "‹승인› 처리되었습니다.")

    head = await file(life, "other_head", ground="new_unit", text="", until=LAST_DAY)
    await head.close(head.top["id"])
    await director.command(life.channel, "/cut exempt")
    assert shows(director, CITY)
    await director.click("exempt.grant")
    assert shows(director, "예외를 승인했습니다.")
    assert await covered(life) == ("2/2", {"도로과": "1/1", "도시과": "1/1"})

    await moved(life, DAY_AFTER)
    assert await covered(life) == ("1/2", {"도로과": "1/1", "도시과": "0/1"})
    await hears(head, f"{CITY}의 제출 예외가 종료되었습니다.")
    assert [act for act, _ in await tried(life)] == [
        "exempt_file", "exempt_grant", "exempt_file", "exempt_grant", "exempt_end"
    ]  # fmt: skip


async def test_one_that_is_declined_says_why_and_is_filed_again(life):
    lead, director = await file(life), life.visitor("director")
    await lead.close(lead.top["id"])
    asked = question(director)
    await director.click("exempt.decline", asked)
    assert shows(director, "도로법 제31조")
    ack = await director.submit(values={"reason": "줄일 일이 <있습니다>."})
    assert ack.ok, ack
    await hears(lead, "‹미승인› 처리되었습니다.")
    answer = lead.message(lead.dm, "‹미승인› 처리되었습니다.")
    assert shows(lead, "줄일 일이 &lt;있습니다&gt;.", answer)
    assert pings(answer) == []
    await lead.click("exempt.panel", answer)
    await lead.click("exempt.file")
    ack = await lead.submit(values={"ground": "other", "text": "재난 대응 전담"})
    assert ack.ok, ack
    assert shows(lead, "재난 대응 전담")
    await hears(director, "재난 대응 전담")
    assert question(director)


async def test_a_question_pressed_after_it_was_decided_says_how_it_stands(life):
    await file(life)
    director = life.visitor("director")
    asked = question(director)
    await director.click("exempt.grant", asked)
    await director.press(asked, "exempt.grant")
    assert director.message(director.dm, "지금은 ‹승인› 상태입니다. (‹김국장 국장›님")
    await director.press(asked, "exempt.decline")
    assert not director.views
    assert [act for act, _ in await tried(life)] == ["exempt_file", "exempt_grant"]


async def test_the_director_takes_a_granted_one_back_with_a_reason(life):
    lead, director = await file(life), life.visitor("director")
    await director.click("exempt.grant", question(director))
    await director.command(life.channel, "/cut 예외")
    await director.click("exempt.end")
    ack = await director.submit(values={"reason": "팀 사무가 바뀜"})
    assert ack.ok, ack
    assert shows(director, "예외를 종료했습니다.")
    assert len(director.views) == 1
    await hears(lead, "제출 예외가 종료되었습니다.")
    assert await covered(life) == ("0/2", {"도로과": "0/1", "도시과": "0/1"})


async def test_a_forged_button_is_refused_by_name_and_written_down(life):
    lead = await file(life)
    member = life.visitor("member")
    await member.command(life.channel, "/cut 예외")
    assert shows(member, PLANNING)
    assert drawn(member) == set()
    team = str(await life.bot.office.read(
        lambda uow: uow.units.by_path("건설교통국", "도로과", "계획팀").id
    ))  # fmt: skip
    await member.press(member.top, "exempt.file", value=team)
    assert shows(member, "‹예외 신청›은 ‹계획팀 팀장 박팀장")
    for person in (member, lead):
        await person.press(person.top, "exempt.grant", value="1:1")
        assert shows(person, "‹예외 결정›은 ‹건설교통국 국장 김국장›님이 하실 수 있습니다.")
    await lead.press(lead.top, "exempt.end", value="1:1")
    assert len(lead.views) == 1
    hq = life.visitor("hq")
    await hq.command(life.channel_of("hq"), "/cut 예외")
    await hq.press(hq.top, "exempt.decline", value="1:1")
    assert shows(hq, "국장 김국장")
    assert (await tried(life))[1:] == [
        ("refused", "exempt_file"), *[("refused", "exempt_decide")] * 4
    ]  # fmt: skip
    director = life.visitor("director")
    await director.command(life.channel, "/cut 예외")
    for forged in ("1", "1:9", "x:1", "999:1"):
        await director.press(director.top, "exempt.grant", value=forged)
    assert await covered(life) == ("0/2", {"도로과": "0/1", "도시과": "0/1"})


async def test_what_is_missing_is_said_beneath_its_field_and_nothing_typed_is_lost(life):
    lead = life.visitor("lead")
    await lead.command(life.channel, "/cut 예외")
    await lead.click("exempt.file")
    ack = await lead.submit(values={"ground": "new_unit", "text": "7월 신설"})
    assert ack.errors == {"until": "언제까지 예외가 필요한지 선택해 주세요."}
    ack = await lead.submit(values={"until": "2026-06-30"})
    assert ack.errors == {"until": "오늘 이후의 날짜를 선택해 주세요."}
    ack = await lead.submit(values={"until": LAST_DAY})
    assert ack.ok, ack
    assert shows(lead, "7월 신설")


async def test_an_english_speaker_reads_english(life):
    await language(life, "lead", "en")
    lead = life.visitor("lead")
    await lead.command(life.channel, "/cut exempt")
    assert shows(lead, "The team lead files an exemption and the director decides.")
    await lead.click("exempt.file")
    await lead.submit(values={"ground": "statutory", "text": "Road Act, article 31"})
    assert shows(lead, "Waiting for a decision")
