"""Signed requests and envelopes as Slack sends them, made beforehand so that making them costs no
time later."""

import hashlib
import hmac
import json
import random
import time
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote, urlencode

from bot.i18n.texts import Catalogue
from bot.views import proposing

SECRET = "signing-secret-of-the-bench"
PATH = "/slack/events"
PEOPLE = 48
VOTERS = 300
"""The staff of another department, who vote."""
SEEDS = 1_000_000
RECEIPT = Catalogue.load().of("ko")("receipt", number=1).rpartition("1")[2]
"""What the answer to a proposal says once it is stored."""
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_TITLE_SYLLABLES = 14


def slack_id(number: int) -> str:
    """The Slack id of a person of the organisation."""
    return f"U{number % PEOPLE:07}"


def voter(number: int) -> str:
    """The Slack id of a voter."""
    return f"UV{number % VOTERS:06}"


def title(number: int) -> str:
    """A title that shares nothing with those of other numbers."""
    dice = random.Random(number)
    return "".join(
        chr(dice.randint(_FIRST_SYLLABLE, _LAST_SYLLABLE)) for _ in range(_TITLE_SYLLABLES)
    )


def help_requests(count: int, seed: int) -> list[bytes]:
    """`/cut help` from one person after the other, each with a trigger of its own."""
    return [
        _request(
            urlencode(
                {
                    "token": "t", "team_id": "T1", "team_domain": "office", "channel_id": "C1",
                    "channel_name": "general", "user_id": slack_id(i), "user_name": "kim",
                    "command": "/cut", "text": "help", "api_app_id": "A1",
                    "is_enterprise_install": "false", "trigger_id": f"{seed}.{i}.abc",
                    "response_url": "http://127.0.0.1:9/response",
                }
            ).encode()
        )
        for i in range(count)
    ]  # fmt: skip


def submissions(count: int, seed: int) -> list[bytes]:
    """The filled form of a proposal, each with a title that shares nothing with the others."""
    template = urlencode({"payload": json.dumps(_submission(), ensure_ascii=False)})
    made = []
    for i in range(count):
        body = (
            template.replace("VIEW-ID", f"V{seed}x{i}")
            .replace("TITLE", quote(title(seed * SEEDS + i)))
            .replace("PERSON", slack_id(i))
        )
        made.append(_request(body.encode()))
    return made


def submission_envelopes(count: int, seed: str) -> list[str]:
    """The same forms as envelopes of Socket Mode."""
    template = json.dumps(
        {
            "envelope_id": "VIEW-ID", "type": "interactive", "accepts_response_payload": True,
            "payload": _submission(),
        },
        ensure_ascii=False,
    )  # fmt: skip
    return [
        template.replace("VIEW-ID", f"V{seed}x{i}")
        .replace("TITLE", title(int(seed) * SEEDS + i))
        .replace("PERSON", slack_id(i))
        for i in range(count)
    ]


def reaction_envelopes(count: int, place: str) -> list[str]:
    """What voters do on the candidates of a `place`: a channel and their ts, with spaces between.

    Each envelope is another event; they come in the order of `reactions`, shuffled.
    """
    channel, *candidates = place.split()
    now = int(time.time()) * 10**6
    made = []
    for number, done in enumerate(reactions(count, len(candidates))):
        at = now + number
        event = {
            "type": "reaction_added" if done.added else "reaction_removed",
            "user": voter(done.voter), "reaction": "+1", "item_user": "UBOT",
            "item": {"type": "message", "channel": channel, "ts": candidates[done.candidate]},
            "event_ts": f"{at // 10**6}.{at % 10**6:06}",
        }  # fmt: skip
        payload = {
            "token": "t", "team_id": "T1", "api_app_id": "A1", "type": "event_callback",
            "event": event, "event_id": f"Ev{number:08}", "event_time": at // 10**6,
            "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
        }  # fmt: skip
        envelope = {
            "envelope_id": f"E{number:08}", "type": "events_api", "payload": payload,
            "accepts_response_payload": False, "retry_attempt": 0, "retry_reason": "",
        }  # fmt: skip
        made.append(json.dumps(envelope))
    random.Random(count).shuffle(made)
    return made


class Reaction(NamedTuple):
    """A voter's sign came to a candidate, or went."""

    voter: int
    candidate: int
    added: bool


def reactions(count: int, candidates: int) -> list[Reaction]:
    """What happens, in order: each voter in turn signs one candidate, then the next, takes the
    first or the second sign back, and signs a third."""
    made = []
    for number in range(count):
        who, step = number % VOTERS, number // VOTERS
        first = who % candidates
        if step == 2:
            made.append(Reaction(who, (first + who % 2) % candidates, added=False))
        else:
            made.append(Reaction(who, (first + min(step, 2)) % candidates, added=True))
    return made


def standing(done: Iterable[Reaction]) -> dict[int, int]:
    """Each voter's candidate: the one whose sign still stands and came last."""
    signs: dict[int, list[int]] = {}
    for voter_, candidate, added in done:
        own = signs.setdefault(voter_, [])
        if candidate in own:
            own.remove(candidate)
        if added:
            own.append(candidate)
    return {voter_: own[-1] for voter_, own in signs.items() if own}


def _submission() -> dict[str, object]:
    view = proposing.form(Catalogue.load().of("ko"), {})
    values = {
        "title": {"title": {"type": "plain_text_input", "value": "TITLE"}},
        "type": {"type": {"type": "radio_buttons", "selected_option": {"value": "abolish"}}},
        "problem": {
            "problem": {"type": "plain_text_input", "value": "매일 쓰지만 아무도 읽지 않습니다."}
        },
        "needs": {"needs": {"type": "checkboxes", "selected_options": []}},
        "department": {"department": {"type": "external_select", "selected_option": None}},
    }
    return {
        "type": "view_submission", "team": {"id": "T1", "domain": "office"},
        "user": {"id": "PERSON", "username": "kim", "name": "kim", "team_id": "T1"},
        "api_app_id": "A1", "token": "t", "trigger_id": "1.2.VIEW-ID", "response_urls": [],
        "is_enterprise_install": False, "enterprise": None,
        "view": {
            **view, "id": "VIEW-ID", "hash": "1.abc", "team_id": "T1", "app_id": "A1",
            "bot_id": "B1", "root_view_id": "VIEW-ID", "previous_view_id": None,
            "app_installed_team_id": "T1", "external_id": "", "state": {"values": values},
        },
    }  # fmt: skip


def _request(body: bytes) -> bytes:
    # A signature is good for five minutes; no measurement takes that long.
    stamp = str(int(time.time())).encode()
    signature = hmac.new(SECRET.encode(), b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {stamp.decode()}\r\n"
        f"X-Slack-Signature: v0={signature}\r\n\r\n"
    )
    return head.encode() + body
