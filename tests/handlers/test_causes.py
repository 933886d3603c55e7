"""Whatever Slack says no with, nothing that was promised is lost or doubled once it says yes."""

import json
from itertools import islice
from pathlib import Path

import pytest

from bot.domain.facts import Fact, Projection
from bot.usecases import deliver
from bot.usecases.channels import invited
from bot.usecases.undelivered import set_aside
from handlers.causes import CAUSES, Cause, cause_of
from tests.handlers.post_office import CHANNEL, direct, opened, person
from tests.usecases.small_office import HEAD, HQ, MEMBER, NOW

POST, UPDATE, PUBLISH = "chat.postMessage", "chat.update", "views.publish"
DOCUMENTED = json.loads(Path(__file__).with_name("slack_codes.json").read_text(encoding="utf-8"))
"""What Slack's reference lists for the methods that the outbox calls."""
INVENTED = ("the_moon_is_full", "E_42", "코드")
CODES = sorted({code for codes in DOCUMENTED.values() for code in codes} | set(CAUSES))
PARTS = 6


@pytest.fixture
async def post(engine):
    async with opened(engine) as one:
        yield one


def strike(post, code, times=2):
    for method in (POST, UPDATE, PUBLISH):
        post.ws.faults.add(method, "error", code=code, times=times)


async def want_home(post):
    def want(uow):
        number = person(uow, HEAD.slack_id)
        recipient = f"person:{number}"
        uow.projections.want(Projection(kind="home", subject=number, recipient=recipient))

    await post.office.write(want)


def cards(post, number):
    return [message for message in post.posted() if f"#{number}" in message.text]


def test_every_code_that_slack_documents_has_a_cause():
    assert [code for code in CODES if code not in CAUSES] == []


@pytest.mark.parametrize("code", INVENTED)
def test_a_code_that_nobody_has_seen_may_have_any_cause(code):
    assert cause_of(code) is Cause.UNKNOWN


@pytest.mark.parametrize("part", range(PARTS))
async def test_what_slack_refuses_for_a_while_comes_once(post, part):
    shown = await post.propose()
    await post.run()
    for code in [*islice(CODES, part, None, PARTS), *INVENTED]:
        strike(post, code)
        before = post.ws.calls[PUBLISH]
        number = await post.propose()
        await direct(post, code)
        await want_home(post)
        await post.change(shown)
        told = len(post.told(MEMBER.slack_id))
        await post.run(ahead=2)
        for _ in range(2):
            await post.run(ahead=deliver.LONGEST)
        post.ws.faults.clear()
        await post.run(ahead=deliver.LONGEST)
        dropped = cause_of(code) is Cause.PERSON
        assert len(cards(post, number)) == 1, code
        assert len(post.told(MEMBER.slack_id)) - told == (0 if dropped else 1), code
        assert post.ws.calls[PUBLISH] > before, code
        assert await post.left() is None, code


@pytest.mark.parametrize("code", ["account_inactive", "org_login_required", "not_in_channel"])
async def test_three_cards_come_within_a_minute_after_five_seconds_of_a_no(post, code):
    strike(post, code, times=999)
    for _ in range(3):
        await post.propose()
    for _ in range(5):
        await post.run(ahead=1)
    assert post.posted() == []
    post.ws.faults.clear()
    for _ in range(12):
        await post.run(ahead=5)
    assert len(post.posted()) == len({message.text for message in post.posted()}) == 3


async def test_who_is_not_known_to_slack_is_not_written_to_again(post):
    post.ws.faults.add(POST, "error", code="user_not_found")
    await direct(post)
    await post.run()
    await post.run(ahead=deliver.LONGEST)
    assert (post.ws.calls[POST], await post.left()) == (1, None)


async def of_channel(post, key):
    """A notice in a stream to 최주무 is due."""

    def put(uow):
        unit = uow.units.by_path("교통국", "도로과").id
        number = person(uow, MEMBER.slack_id)
        uow.outbox.put(
            Fact(
                kind="channel_lost",
                recipient=f"person:{number}",
                dedupe_key=key,
                payload={"unit": unit, "channel": CHANNEL},
                stream="one",
            )
        )

    await post.office.write(put)


async def test_our_own_mistake_is_told_to_headquarters_at_once_and_holds_up_nothing(post):
    post.ws.faults.add(POST, "error", code="invalid_blocks")
    await of_channel(post, "first")
    await of_channel(post, "second")
    await post.run()
    await post.run(ahead=2)
    assert len(post.told(MEMBER.slack_id)) == 1
    (notice,) = post.told(HQ.slack_id)
    assert "invalid_blocks" in notice.text
    await post.run(ahead=deliver.LONGEST)
    assert len(post.told(MEMBER.slack_id)) == 2


async def test_what_is_refused_for_no_known_reason_holds_up_its_stream_for_a_day_at_most(post):
    post.ws.faults.add(POST, "error", code="the_moon_is_full", times=999)
    await of_channel(post, "first")
    await of_channel(post, "second")
    await post.run()
    for _ in range(20):
        await post.run(ahead=deliver.LONGEST)
    assert await post.office.read(set_aside) == ()
    for _ in range(20):
        await post.run(ahead=deliver.LONGEST)
    (found,) = await post.office.read(set_aside)
    assert (found.kind, found.reason) == ("channel_lost", "the_moon_is_full")
    post.ws.faults.clear()
    for _ in range(3):
        await post.run(ahead=deliver.LONGEST)
    assert len(post.told(MEMBER.slack_id)) == 2
    assert len(post.told(HQ.slack_id)) == 1
    assert await post.office.read(set_aside) == ()


async def test_headquarters_own_notice_outlasts_the_error_that_it_tells_of(post):
    post.ws.faults.add(POST, "error", code="invalid_blocks", times=3)
    await post.propose()
    for _ in range(4):
        await post.run(ahead=deliver.LONGEST)
    assert [len(post.posted()), len(post.told(HQ.slack_id))] == [1, 1]


async def test_an_invitation_brings_what_waited_for_the_channel(post):
    post.ws.faults.add(POST, "error", code="not_in_channel", times=999)
    await post.propose()
    await post.run()
    for _ in range(7):
        await post.run(ahead=deliver.LONGEST)
    post.ws.faults.clear()
    await post.run(ahead=2)
    assert post.posted() == []
    await post.office.write(lambda uow: invited(uow, CHANNEL, 0, NOW))
    await post.run(ahead=2)
    assert len(post.posted()) == 1


async def test_nothing_at_all_is_sent_while_the_token_is_refused_and_one_at_a_time_asks(post):
    heard: list[str] = []
    await post.dispatcher(hears=heard.append).start()
    strike(post, "token_revoked", times=999)
    for _ in range(6):
        await post.propose()
    await post.run()
    first = post.ws.calls[POST]
    for _ in range(20):
        await post.run(ahead=30)
    assert post.ws.calls[POST] - first <= 12
    assert heard == ["token_revoked"]
    post.ws.faults.clear()
    await post.run(ahead=61)
    await post.go_on(8)
    assert len(post.posted()) == 6
    assert heard == ["token_revoked", ""]
