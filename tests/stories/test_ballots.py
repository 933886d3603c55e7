"""Ballots: from the head's opening to the task that stands for the department."""

import asyncio

from tests.stories.doing import drawn, language, pings, shows
from tests.stories.test_notices import settled, told
from tests.stories.voting import (
    CLOSING,
    DAY_AFTER,
    FIRST,
    SECOND,
    SIGN,
    acts,
    ask_to_open,
    ballot,
    candidate,
    heard,
    moved,
    opened,
    represents,
    stopped,
    whispers,
)


async def test_a_department_votes_and_its_representative_task_stands(life):
    channel = life.channel
    await language(life, "english", "en")
    for title in (FIRST, SECOND):
        await life.propose("member", title)
    life.ws.remove(channel, life.visitor("colleague").user)
    head = await ask_to_open(life)
    assert shows(head, "채널에 없는 선거인 1명: 정주무 주무관")
    assert shows(head, "선거인 4명")
    life.ws.invite(channel, life.visitor("colleague").user)
    assert (await head.submit()).ok
    assert shows(head, "투표를 열었습니다.")
    await settled(life)
    await head.until(lambda: candidate(head, channel, SECOND))
    await settled(life)
    posted = [m for m in head.messages(channel) if not m.get("is_ephemeral")]
    assert not any(pings(message) for message in posted), "it calls nobody"
    first, second = (candidate(head, channel, title)["ts"] for title in (FIRST, SECOND))
    assert [m["reactions"][0]["count"] for m in posted if m["ts"] in (first, second)] == [1, 1]

    lead, member = life.visitor("lead"), life.visitor("member")
    english, stranger = life.visitor("english"), life.visitor("stranger")
    await lead.react(channel, first, f"{SIGN}::skin-tone-4")
    await lead.react(channel, second, "thumbsup")
    await member.react(channel, first, SIGN)
    await english.react(channel, second, SIGN)
    for title_ts in (first, second):
        await stranger.react(channel, title_ts, SIGN)
        await head.react(channel, title_ts, SIGN)
    await heard(life, 1)
    assert whispers(lead, channel) == [], "for two seconds changes are gathered"
    await heard(life, 2)
    (mine,) = whispers(lead, channel)
    assert "내 투표: 2번" in mine
    assert SECOND in mine
    (theirs,) = whispers(english, channel)
    assert SECOND in theirs
    assert "Your vote: 2." in theirs
    (other,) = whispers(stranger, channel)
    assert "선거인이 아니어서" in other
    assert "부서장은 동수일 때" in whispers(head, channel)[-1]
    await member.unreact(channel, first, SIGN)
    await heard(life, 3)
    assert "현재 투표가 없습니다." in whispers(member, channel)[-1]
    assert shows(head, "2/4명", ballot(head, channel))
    assert shows(head, f"2. {SECOND} — 2표", ballot(head, channel))
    await lead.open_home()
    await lead.until(lambda: lead.home)
    assert shows(lead, "내 투표: 2번", "home")

    await moved(life, CLOSING)
    assert shows(head, "대표 과제는 #2", ballot(head, channel))
    await moved(life, DAY_AFTER)
    result = head.message(channel, "투표 결과")
    assert shows(head, "가장 많은 표를 얻어 정해졌습니다.", result)
    assert shows(head, "▇▇", result)
    assert "2표" in result["text"], "a screen reader hears figures"
    assert "▇" not in result["text"]
    assert shows(head, "차이가 없었습니다", result)
    assert await represents(life) == 2
    assert shows(head, "대표 과제", await card(head, channel, SECOND))
    for wrong in (pings(result), told(lead), told(stranger)):
        assert wrong == []


async def card(person, channel, title):
    """The task's card once it shows that it stands for the department."""

    def found():
        cards = [m for m in person.messages(channel) if f"*#2 {title}*" in str(m)]
        return next((m for m in cards if shows(person, "대표 과제", m)), None)

    return await person.until(found)


async def test_a_bot_that_was_down_for_the_whole_vote_asks_who_stands_twice_and_counts_right(life):
    first, second = await opened(life, FIRST, SECOND)
    begin = await stopped(life)
    member, lead = life.visitor("member"), life.visitor("lead")
    for ts in (first, second):
        await member.react(life.channel, ts, SIGN)
    await lead.react(life.channel, first, f"{SIGN}::skin-tone-2")
    await life.visitor("stranger").react(life.channel, second, SIGN)
    life.clock.move_to(CLOSING)
    await begin()
    await moved(life, CLOSING)
    head = life.visitor("head")
    assert shows(head, "어느 과제인지 여쭙고 있습니다", ballot(head, life.channel))
    assert told(member) == [], "not in the evening"
    await moved(life, DAY_AFTER)
    question = member.message(member.dm, "어느 과제에 투표하셨는지")
    assert told(lead) == told(head, "동수") == []
    mine = buttons(question)[1]
    await member.click("ballot.which", question, value=mine)
    assert shows(member, "답변해 주셔서 감사합니다.", member.message(member.dm))
    await settled(life)
    tie = await head.until(lambda: told(head, "동수") and head.message(head.dm, "동수"))
    await head.click("ballot.settle", tie, value=buttons(tie)[1])
    await settled(life)
    assert await represents(life) == 2
    result = head.message(life.channel, "투표 결과")
    assert shows(head, "동수여서 결정권자가 정했습니다.", result)
    assert shows(head, "‹최주무 주무관›님, #1", result), "what nobody had told is listed"
    await member.press(question, "ballot.which", value=mine)
    assert shows(member, "이미 마감된 투표입니다.", member.message(member.dm))


def buttons(message):
    """What the buttons of a message carry."""
    found = [block["accessory"] for block in message["blocks"] if "accessory" in block]
    return [button["value"] for button in found if button["action_id"].startswith("ballot.")]


async def test_of_two_who_open_it_at_the_same_moment_one_is_told_that_it_is_open(life):
    await life.propose("member", FIRST)
    head, director = await ask_to_open(life), life.visitor("director")
    await director.command(life.channel, "/cut show 1")
    await director.press(director.top["id"], "ballot.open", value=await department(life))
    acks = await asyncio.gather(head.submit(), director.submit())
    await settled(life)
    shown = [shows(person, "이미 진행 중인 투표가 있습니다.") for person in (head, director)]
    errors = [str(ack.errors) for ack in acks if not ack.ok]
    assert sum(shown) + sum("이미 진행 중인 투표" in error for error in errors) == 1
    assert (await acts(life)).count("ballot_open") == 1


async def department(life, name="도로과"):
    return await life.bot.office.read(lambda uow: str(uow.units.by_path("건설교통국", name).id))


async def test_what_is_not_theirs_is_refused_by_name_however_it_is_pressed(life):
    first, _ = await opened(life, FIRST, SECOND)
    member = await life.open("member", 1)
    for forged, value in (
        ("ballot.open", await department(life)),
        ("ballot.close", "1:1"),
        ("ballot.settle", "1:1"),
        ("ballot.lone", "1:1"),
        ("ballot.override", await department(life)),
    ):
        await member.press(member.top["id"], forged, value=value)
        assert shows(member, "‹도로과 과장 이과장, 건설교통국 국장 김국장›님이 하실 수 있습니다.")
        await member.close(member.top["id"])
        member = await life.open("member", 1)
    assert (await acts(life)).count("refused") == 5
    for forged, value in (
        ("ballot.open_all", ""), ("ballot.which", "1:1"), ("ballot.vote", "1"),
        ("ballot.panel", "999"), ("ballot.settle", "999:1"), ("ballot.close", "x"),
        ("ballot.open", "-1"), ("ballot.override", "1"),
    ):  # fmt: skip
        await member.press(member.top["id"], forged, value=value)
        assert len(member.views) <= 3
        assert not drawn(member) & {"reason", "candidate", "mode"}, forged
        await member.close(member.views[0]["id"], all=True)
        member = await life.open("member", 1)
    assert await represents(life) is None
    assert candidate(member, life.channel, FIRST)["ts"] == first
