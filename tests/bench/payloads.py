"""Signed requests as Slack sends them, made beforehand so that making them costs no time later."""

import hashlib
import hmac
import json
import random
import time
from urllib.parse import quote, urlencode

from bot.i18n.texts import Catalogue
from bot.views import proposing

SECRET = "signing-secret-of-the-bench"
PATH = "/slack/events"
PEOPLE = 48
SEEDS = 1_000_000
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_TITLE_SYLLABLES = 14


def slack_id(number: int) -> str:
    """The Slack id of a person of the organisation."""
    return f"U{number % PEOPLE:07}"


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
