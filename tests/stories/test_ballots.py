"""Ballots: from the head's opening to the task that stands for the department."""

from datetime import UTC, date, datetime

from tests.stories.doing import shows
from tests.stories.test_notices import settled, told

CLOSING = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)
"""18:00 of the fifth working day from the story's beginning."""
SIGN = "+1"


async def opened(life, *titles: str, who: str = "head", **fields) -> list[str]:
    """A ballot of the roads with these candidates; the timestamps of their messages."""
    for title in titles:
        await life.propose("member", title)
    head = life.visitor(who)
    await head.command(life.channel_of(who), "/cut 투표")
    await head.click("ballot.open")
    ack = await head.submit(values=fields)
    assert ack.ok, ack
    await head.until(lambda: all(candidate(head, life.channel, title) for title in titles))
    await settled(life)
    return [candidate(head, life.channel, title)["ts"] for title in titles]


def candidate(person, channel: str, title: str):
    """The message of one candidate."""
    found = [m for m in person.messages(channel) if title in str(m) and m.get("reactions")]
    return found[-1] if found else None


async def test_a_vote_makes_a_task_representative(life):
    first, second = await opened(life, "전시실 운영 일지 폐지", "주간 보고 축소")
    await life.visitor("member").react(life.channel, first, SIGN)
    await life.visitor("colleague").react(life.channel, second, SIGN)
    await life.visitor("lead").react(life.channel, first, f"{SIGN}::skin-tone-4")
    await life.visitor("lead").react(life.channel, second, SIGN)
    await life.visitor("stranger").react(life.channel, first, SIGN)
    life.clock.move_to(CLOSING)
    await life.bot.ticker.tick()
    await settled(life)
    await life.bot.ticker.tick()
    await settled(life)
    head = life.visitor("head")
    for m in head.messages(life.channel):
        print(m["ts"], head.texts(m))
    print(told(head))
    for who in ("stranger", "lead"):
        print([life.visitor(who).texts(m) for m in life.visitor(who).messages(life.channel) if m.get("is_ephemeral")])
    assert shows(head, "대표 과제", head.message(life.channel, "주간 보고"))
    assert date
