"""What reaches people: of others' decisions, in their rhythm, within office hours, exactly once."""

from datetime import UTC, datetime

import pytest

from tests.handlers.post_office import Hand
from tests.stories.doing import act, confirmed, shows

TITLE = "전시실 운영 일지 폐지"
EVENING = datetime(2026, 7, 1, 11, 0, tzinfo=UTC)
"""20:00 at the office."""
NEXT_MORNING = datetime(2026, 7, 2, 0, 0, tzinfo=UTC)


async def settled(life) -> None:
    """Everything that is due has left."""
    life.bot.dispatcher.wake()
    await life.bot.dispatcher.idle()


def told(person, text="") -> list[str]:
    """The direct messages of a person in which a text is read."""
    shown = ["\n".join(person.texts(m)) for m in person.messages(person.dm)]
    return [message for message in shown if text in message]


async def test_people_hear_of_others_decisions_and_never_of_their_own(life):
    number = await life.propose("member", TITLE)
    head = await life.open("head", number)
    await act(head, "revise", {"comment": "근거를 적어 주시기 바랍니다."})
    await settled(life)
    member = life.visitor("member")
    assert len(told(member, "보완 요청")) == 1
    assert told(head) == []
    await life.open("member", number)
    await act(member, "edit", {"problem": "열람 0건"})
    await settled(life)
    assert len(told(member)) == 1


async def test_nothing_is_told_outside_office_hours(life):
    number = await life.propose("member", TITLE)
    life.clock.move_to(EVENING)
    head = await life.open("head", number)
    await act(head, "decline", {"reason": "법정 사무입니다."})
    await settled(life)
    member = life.visitor("member")
    assert told(member) == []
    card = member.message(life.channel, TITLE)
    assert shows(member, "반려", card), "a card is no call: it is right at once"
    life.clock.move_to(NEXT_MORNING)
    await life.bot.ticker.tick()
    await settled(life)
    assert len(told(member, "법정 사무입니다.")) == 1


async def test_who_asked_for_a_digest_gets_one_message_the_next_morning(life):
    member = life.visitor("member")
    await member.open_home()
    await member.until(lambda: member.home)
    await member.fill({"home.hearing": "daily"}, on="home")
    for title in (TITLE, "민원 접수 대장 정리", "차량 운행 기록 간소화"):
        await confirmed(life, await life.propose("member", title), ["guideline"])
    await settled(life)
    assert told(member) == []
    life.clock.move_to(NEXT_MORNING)
    await life.bot.ticker.tick()
    await settled(life)
    assert len(told(member)) == 1
    assert "소식이 3건" in told(member)[0]


async def bad_network(life) -> Hand:
    """The bot on a clock whose system time a story can move, so that nobody waits."""
    clock = Hand(life.clock.now())
    life.clock = clock
    await life.restart()
    return clock


@pytest.mark.everywhere
async def test_a_connection_that_drops_after_a_card_was_taken_leaves_one_card(life):
    clock = await bad_network(life)
    life.ws.faults.add("chat.postMessage", "reset")
    await life.propose("member", TITLE)
    await settled(life)
    member = life.visitor("member")
    for _ in range(3):
        clock.ahead += 60
        await settled(life)
    assert sum(TITLE in "\n".join(member.texts(m)) for m in member.messages(life.channel)) == 1
    await confirmed(life, 1, ["guideline"])
    await settled(life)
    assert shows(member, "확정", member.message(life.channel, TITLE)), "and it is the one updated"


async def test_a_card_waits_as_long_as_slack_asks_and_comes_once(life):
    clock = await bad_network(life)
    life.ws.faults.add("chat.postMessage", "429", times=2, seconds=30)
    await life.propose("member", TITLE)
    member = life.visitor("member")
    await settled(life)
    assert not [m for m in member.messages(life.channel) if TITLE in str(m)]
    for _ in range(4):
        clock.ahead += 40
        await settled(life)
    assert len([m for m in member.messages(life.channel) if TITLE in str(m)]) == 1


async def test_a_bot_that_was_stopped_loses_nothing(life):
    life.ws.faults.add("chat.postMessage", "503", times=1)
    number = await life.propose("member", TITLE)
    await life.restart()
    life.clock = Hand(life.clock.now())
    await life.restart()
    for _ in range(3):
        life.clock.ahead += 60
        await settled(life)
    member = life.visitor("member")
    assert len([m for m in member.messages(life.channel) if TITLE in str(m)]) == 1
    await life.open("member", number)
    assert shows(member, "과제 제안")
    await act(member, "edit", {"problem": "다시 열어 고쳤습니다."})
    assert shows(member, "다시 열어 고쳤습니다.")


async def test_who_leaves_slack_hands_their_tasks_to_the_lead_in_one_list(life):
    life.ws.delivery.repeat, life.ws.delivery.shuffle = 4, 7
    first = await life.propose("member", TITLE)
    second = await life.propose("member", "민원 접수 대장 정리")
    lead = life.visitor("lead")
    await lead.open_home()
    await lead.until(lambda: lead.home)
    life.ws.change_person(life.visitor("member").user, deleted=True)
    message = await lead.until(lambda: lead.message(lead.dm, "담당자를 다시 정할 과제가 2건"))
    assert shows(lead, f"#{first}", message)
    assert shows(lead, f"#{second}", message)
    await lead.until(lambda: life.ws.delivery.pending == 0)
    await settled(life)
    assert len(told(lead)) == 1
    await lead.until(lambda: shows(lead, TITLE, "home"))
    await lead.click("task.open", message, value=str(first))
    assert shows(lead, "담당자 인계 · 담당자: 최주무 주무관 → 박팀장 팀장")
    await act(lead, "assign", {"owner": "정주무 주무관"})
    assert shows(lead, "담당자: 박팀장 팀장 → 정주무 주무관")
