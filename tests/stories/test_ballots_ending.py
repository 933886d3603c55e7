"""How a ballot may end otherwise: lost channels, withdrawn candidates, a result set aside."""

from datetime import UTC, datetime

from bot.playground.delivery import Outgoing
from tests.stories.doing import act, drawn, ids_in, shows
from tests.stories.test_notices import settled, told
from tests.stories.voting import (
    CLOSING,
    DAY_AFTER,
    FIRST,
    SECOND,
    SIGN,
    THIRD,
    acts,
    ballot,
    candidate,
    heard,
    moved,
    opened,
    represents,
    whispers,
)

EVE = datetime(2026, 7, 7, 0, 0, tzinfo=UTC)
"""09:00 of the working day before the closing."""
WHY = "도의회 지적 사항이라 먼저 합니다."


async def test_a_withdrawn_candidates_votes_fall_back_and_those_without_one_are_reminded(life):
    first, second, _ = await opened(life, FIRST, SECOND, THIRD)
    member, lead = life.visitor("member"), life.visitor("lead")
    await member.react(life.channel, first, SIGN)
    await member.react(life.channel, second, SIGN)
    await lead.react(life.channel, second, SIGN)
    await heard(life, 3)
    head = await life.open("head", 2)
    await act(head, "withdraw", {"reason": "다른 과제와 겹칩니다."})
    await heard(life, 3)
    assert FIRST in whispers(member, life.channel)[-1]
    assert "현재 투표가 없습니다." in whispers(lead, life.channel)[-1]
    gone = next(m for m in head.messages(life.channel) if m["ts"] == second)
    assert shows(head, "후보에서 빠졌습니다", gone)
    assert shows(head, f"2. {SECOND} — 후보에서 빠짐", ballot(head, life.channel))
    await moved(life, EVE)
    await lead.until(lambda: told(lead, "아직 투표하지 않으셨습니다."))
    assert told(member, "아직 투표하지 않으셨습니다.") == []
    assert told(head, "아직 투표하지 않으셨습니다.") == []
    await moved(life, CLOSING)
    assert await represents(life) == 1


async def test_a_bot_put_out_of_the_channel_and_invited_again_in_time_counts(life):
    first, _ = await opened(life, FIRST, SECOND)
    head, member = life.visitor("head"), life.visitor("member")
    await head.remove(life.channel)
    await member.react(life.channel, first, SIGN)
    await heard(life)
    await head.invite(life.channel)
    await moved(life, CLOSING)
    await moved(life, DAY_AFTER)
    assert await represents(life) == 1
    assert shows(head, "‹최주무 주무관›님, #1", head.message(life.channel, "투표 결과"))


async def test_an_archived_channel_or_a_deleted_candidate_makes_it_void_and_it_opens_again(life):
    first, _ = await opened(life, FIRST, SECOND)
    head = life.visitor("head")
    await life.visitor("member").react(life.channel, first, SIGN)
    await head.archive(life.channel)
    await heard(life)
    void = await head.until(lambda: told(head, "무효") and head.message(head.dm, "무효"))
    assert shows(head, "보관을 해제", void)
    await head.unarchive(life.channel)
    assert "ballot_void" in await acts(life)
    await head.command(life.channel, "/cut 투표")
    assert shows(head, "이 투표는 무효입니다.")
    await head.click("ballot.open")
    assert (await head.submit()).ok
    await settled(life)
    second = await head.until(lambda: candidate(head, life.channel, SECOND))
    await settled(life)
    await head.delete(life.channel, second["ts"])
    await moved(life, CLOSING)
    assert await represents(life) is None
    assert shows(head, "투표 메시지가 삭제되었습니다.", ballot(head, life.channel))


async def test_headquarters_opens_all_and_a_result_is_set_aside_only_with_a_reason(life):
    await life.propose("member", FIRST)
    await life.propose("colleague", SECOND)
    hq = life.visitor("hq")
    await hq.command(life.other_channel, "/cut 관리")
    panel = hq.messages(life.other_channel)[-1]
    assert "ballot.open_all" in ids_in(panel)
    await hq.click("ballot.open_all", panel)
    assert shows(hq, "채널 1곳에 메시지를 올립니다.")
    assert shows(hq, "후보가 없어 열지 않는 과: 도시과")
    refused = await hq.submit(values={"sure": ["sure"]})
    assert not refused.ok, "a reason is needed"
    await hq.submit(values={"sure": ["sure"], "reason": "보고회를 앞두고 엽니다."})
    assert shows(hq, "1개 부서의 투표를 열었습니다.")
    await settled(life)
    head = life.visitor("head")
    first = await head.until(lambda: candidate(head, life.channel, FIRST))
    await settled(life)
    assert told(life.visitor("other_head"), "후보가 아직 없습니다")
    await life.visitor("lead").react(life.channel, first["ts"], SIGN)
    await heard(life, 60)
    await head.command(life.channel, "/cut 투표")
    await head.click("ballot.close")
    assert (await head.submit()).ok
    assert shows(head, "투표를 마감했습니다.")
    await settled(life)
    assert await represents(life) == 1

    await head.close(head.views[0]["id"], all=True)
    await head.command(life.channel, "/cut 투표")
    assert not drawn(head) & {"ballot.open", "ballot.close"}
    await head.click("ballot.override")
    blank = await head.submit(values={"task": "2"})
    assert not blank.ok
    assert (await head.submit(values={"reason": WHY})).ok
    await settled(life)
    assert await represents(life) == 2
    told_all = await head.until(lambda: head.message(life.channel, "변경되었습니다"))
    assert shows(head, WHY, told_all)
    assert shows(head, "이과장", told_all)
    member = await life.open("member", 2)
    assert shows(member, "대표 과제")
    assert shows(member, WHY), "it stands in the history"

    head = await life.open("head", 2)
    await head.click("act.withdraw")
    missing = await head.submit(values={"reason": "다른 과제와 겹칩니다."})
    assert not missing.ok, "it names its replacement"
    assert (await head.submit(values={"replacement": "1"})).ok
    await settled(life)
    assert await represents(life) == 1


async def test_a_vote_whose_event_slack_dropped_is_counted_before_closing(life):
    first, _ = await opened(life, FIRST, SECOND)
    member = life.visitor("member")
    slack, life.ws.delivery.transport = life.ws.delivery.transport, None
    await member.react(life.channel, first, SIGN)
    life.ws.delivery.transport = slack
    limited = {
        "token": "t", "type": "app_rate_limited", "team_id": "T0000001",
        "minute_rate_limited": 1782867600, "api_app_id": "A0000001",
    }  # fmt: skip
    reply = await slack.send(Outgoing("events_api", limited), 20.0)
    assert (reply.error, reply.status) == ("", 200)
    await settled(life)
    await heard(life, 3)
    assert FIRST in whispers(member, life.channel)[-1]
    assert "투표 1/4명" in ballot(member, life.channel)["text"]
