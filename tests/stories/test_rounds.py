"""Headquarters opens, watches and closes rounds in chat; nobody else finds the door."""

import pytest

from tests.stories.conftest import ROADS
from tests.stories.doing import confirmed, drawn, ids_in, language, pings, shows

FIRST, SECOND = "2026년 제1회", "2026년 제2회"
FORM = {"name": SECOND, "starts_on": "2026-07-01"}


def said(person, channel):
    """The newest message that only this person sees."""
    return [m for m in person.messages(channel) if m.get("is_ephemeral")][-1]


async def at_the_panel(life, word="admin"):
    """Headquarters with the panel before them in chat."""
    hq = life.visitor("hq")
    await hq.command(life.other_channel, f"/cut {word}")
    return hq, said(hq, life.other_channel)


async def close_the_round(life):
    hq, panel = await at_the_panel(life)
    await hq.click("admin.close_round", panel)
    return hq, said(hq, life.other_channel)


async def open_the_next(life, **fields):
    hq, panel = await close_the_round(life)
    await hq.click("admin.round", panel)
    ack = await hq.submit(values=FORM | fields)
    assert ack.ok, ack
    return hq


@pytest.mark.everywhere
async def test_headquarters_closes_a_round_and_opens_the_next_in_chat(life):
    hq, panel = await at_the_panel(life, "관리")
    assert shows(hq, FIRST, panel)
    hq, panel = await close_the_round(life)
    assert shows(hq, f"{FIRST}를 마감했습니다.", panel)
    assert shows(hq, "진행 중인 회차가 없습니다", panel)
    await hq.click("admin.round", panel)
    refused = await hq.submit(values={"name": " ", "starts_on": "2026-07-01"})
    assert not refused.ok
    ack = await hq.submit(values=FORM | {"votes_by": "2026-08-31"})
    assert ack.ok, ack
    assert shows(hq, SECOND)
    assert shows(hq, "투표 마감일 2026. 8. 31.(월)")
    assert {"ballot.open_all", "admin.close_round", "admin.bureau"} <= drawn(hq)
    assert pings(hq.top) == []


async def test_a_second_round_is_refused_while_one_is_open(life):
    hq, panel = await at_the_panel(life)
    assert "admin.round" not in ids_in(panel)
    await hq.press(panel, "admin.round")
    await hq.submit(values=FORM)
    assert shows(hq, "그 회차를 먼저 마감해 주세요")
    _, panel = await at_the_panel(life)
    assert shows(hq, FIRST, panel)


async def test_members_are_not_offered_the_door_and_are_told_whose_it_is(life):
    member = life.visitor("member")
    await member.command(life.channel, "/cut help")
    assert not shows(member, "/cut 관리", said(member, life.channel))
    await member.open_home()
    await member.until(lambda: member.home)
    assert "admin.panel" not in ids_in(member.home)
    await member.command(life.channel, "/cut 관리")
    refused = said(member, life.channel)
    assert shows(member, "‹관리›는 ‹도시팀 주무관 윤총괄›님이 하실 수 있습니다.", refused)
    hq, panel = await at_the_panel(life)
    for forged in ("admin.close_round", "admin.bureau", "admin.votes_by", "admin.next"):
        value = {"admin.close_round": "1:1"}.get(forged, "1")
        await member.press(refused, forged, value=value)
    _, panel = await at_the_panel(life)
    assert shows(hq, FIRST, panel), "it is still open"
    assert member.views == []


async def test_headquarters_is_offered_the_door_in_help_and_home(life):
    hq = life.visitor("hq")
    await hq.command(life.other_channel, "/cut help")
    assert shows(hq, "/cut 관리", said(hq, life.other_channel))
    await hq.open_home()
    await hq.until(lambda: hq.home)
    await hq.click("admin.panel", on="home")
    assert shows(hq, FIRST)
    await hq.click("admin.bureau")
    assert shows(hq, ROADS)
    await hq.click("admin.votes_by")
    await hq.submit(values={"votes_by": "2026-08-31"})
    assert len(hq.views) == 2, "the form has closed"
    assert shows(hq, "투표 마감일 2026. 8. 31.(월)")


async def test_a_title_that_begins_with_the_word_stays_a_title(life):
    member = life.visitor("member")
    await member.command(life.channel, "/cut 관리 대장 폐지")
    assert member.value("title") == "관리 대장 폐지"


async def test_tasks_between_rounds_belong_to_the_next_and_unfinished_ones_carry_over(life):
    carried = await life.propose("member", "점검 대장 폐지")
    await confirmed(life, carried, ["budget"])
    await close_the_round(life)
    between = await life.propose("member", "전시실 운영 일지 전산화")
    hq, panel = await at_the_panel(life)
    await hq.click("admin.round", panel)
    await hq.submit(values=FORM)
    assert shows(hq, "이월된 과제 1건")
    member = await life.open("member", carried)
    assert shows(member, f"{FIRST}에서 이월")
    member = await life.open("member", between)
    assert shows(member, SECOND)
    assert not shows(member, "이월")
    await member.command(life.channel, "/cut list")
    listed = said(member, life.channel)
    assert sum("이월" in text for text in member.texts(listed)) == 1


async def test_coverage_grows_with_what_is_proposed(life):
    hq, panel = await at_the_panel(life)
    assert shows(hq, "0%(과 2개 중 0개)", panel)
    await hq.click("admin.bureau", panel)
    assert shows(hq, "과제를 내거나 예외로 승인된 팀 1개 중 0개")
    await life.propose("member", "점검 대장 폐지")
    _, panel = await at_the_panel(life)
    await hq.click("admin.bureau", panel)
    assert shows(hq, "과제를 내거나 예외로 승인된 팀 1개 중 1개")
    assert shows(hq, "대표 과제 아직 없음")


async def test_a_stale_button_to_close_shows_the_newest_state(life):
    hq, panel = await at_the_panel(life)
    await open_the_next(life)
    await hq.press(panel, "admin.close_round")
    assert shows(hq, "그 사이 회차의 내용이 바뀌었습니다", panel)
    assert shows(hq, SECOND, panel)


async def test_the_door_speaks_english_too(life):
    await language(life, "hq", "en")
    hq, panel = await at_the_panel(life)
    assert shows(hq, "under way", panel)
    await hq.click("admin.bureau", panel)
    assert shows(hq, "no representative task yet")
