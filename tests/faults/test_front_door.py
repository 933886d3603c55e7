"""What a person was told is stored, whenever the bot dies: nothing acknowledged is lost."""

import json

import pytest

from tests.faults.ground import ENDS, MEMBERS

CHANNEL = "C0000001"
SUBJECTS = ("전시 일지", "도로 대장", "회의록 제출", "차량 점검표", "우편 발송부", "당직 보고")


async def propose(person, title):
    """Propose a task through the form; its number once the person sees it, or None."""
    ack = await person.command(CHANNEL, "/cut " + title)
    if not ack.ok:
        return None
    await person.fill({"type": "abolish", "problem": "매일 씁니다."})
    ack = await person.submit()
    if not ack.ok:
        return None
    return json.loads(person.top["private_metadata"])["task"]


@pytest.mark.parametrize("point", ["before-commit:9", "after-commit:9"])
async def test_what_people_saw_stored_before_a_kill_is_there_and_has_its_card_once(ground, point):
    ws = ground.ws
    bot = await ground.start(kill_at=point)
    await ws.changes.until(lambda: ws.sockets.online, ENDS)
    seen = {}
    for member, subject in zip(MEMBERS, SUBJECTS, strict=False):
        number = await propose(ground.server.visitor(member.slack_id), f"{subject} 폐지")
        if number is None:
            break
        seen[number] = f"{subject} 폐지"
    assert await ground.killed(bot)
    assert 0 < len(seen) < len(SUBJECTS)
    ground.later(60)
    tally = await ground.finish()
    assert tally.clean, tally
    stored = await ground.office.read(
        lambda uow: {
            number: task.content.title for number in seen if (task := uow.tasks.get(number))
        }
    )
    assert stored == seen
    assert len(seen) <= tally.facts <= len(seen) + 1
