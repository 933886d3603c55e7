"""Somebody of another organisation in a shared channel, who knows a number and an id of ours."""

from bot.playground.delivery import Outgoing
from bot.playground.records import TEAM_ID
from tests.stories.conftest import slack_id
from tests.stories.test_notices import settled
from tests.stories.voting import FIRST, SECOND, heard, opened

THEIRS = {"team_id": "T0THEIRS", "enterprise_id": "E0THEIRS"}
PATIENT = 20.0
"""Seconds; the machine may be busy with more than this."""
SENTENCE = "다른 기관의 Slack 워크스페이스"


def commanding(life, text, **more):
    return {
        "token": "t", "channel_id": life.channel, "user_id": "U0THEIRS", "command": "/cut",
        "text": text, "api_app_id": "A", "response_url": "http://127.0.0.1:9/", "trigger_id": "1.2",
        "is_enterprise_install": "false",
    } | THEIRS | more  # fmt: skip


async def test_they_read_nothing_and_are_told_so(life):
    number = await life.propose("member", FIRST)
    for text in (f"show {number}", "list", "현황", f"update {number}", "admin", ""):
        for who in ("U0THEIRS", slack_id("hq")):
            sent = Outgoing("slash_commands", commanding(life, text, user_id=who), True)
            reply = await life.ws.delivery.transport.send(sent, PATIENT)
            assert reply.error == ""
            assert SENTENCE in reply.body["text"]
            assert FIRST not in str(reply.body)


async def test_their_sign_is_no_vote_and_ours_is(life):
    first, _ = await opened(life, FIRST, SECOND)

    def reaction(team, event_id):
        return {
            "type": "event_callback", "team_id": team, "event_id": event_id, "api_app_id": "A",
            "event": {
                "type": "reaction_added", "user": slack_id("member"), "reaction": "thumbsup",
                "item": {"type": "message", "channel": life.channel, "ts": first},
                "event_ts": "1782868000.000100",
            },
        }  # fmt: skip

    async def votes():
        ballots = await life.bot.office.read(lambda uow: uow.votes.tally(1))
        return sum(ballots.values())

    for team, counted in (("T0THEIRS", 0), (TEAM_ID, 1)):
        sent = Outgoing("events_api", reaction(team, f"Ev{team}"))
        assert (await life.ws.delivery.transport.send(sent, PATIENT)).status == 200
        await heard(life)
        await settled(life)
        assert await votes() == counted
