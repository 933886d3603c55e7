"""Logs: everything that helps to find a fault, nothing that a person wrote, no token."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.domain.errors import NotStored
from handlers import logs

TITLE = "전시실 운영 일지"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Logs as JSON; what tests and libraries had set up is put back."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    library = {name: logging.getLogger(name).level for name in logs._QUIET}
    written = io.StringIO()
    logs.configure(format="json", level="DEBUG", stream=written)
    yield written
    root.handlers = handlers
    root.setLevel(level)
    for name, before in library.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def entries(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_log_line_says_when_what_where_and_for_which_request(stream: io.StringIO) -> None:
    token = logs.REQUEST.set("abcde-7")
    structlog.stdlib.get_logger("handlers.x").warning("late", kind="action", seconds=1.5)
    logs.REQUEST.reset(token)
    (entry,) = entries(stream)
    assert entry.pop("timestamp").endswith("Z")
    assert entry == {
        "event": "late", "level": "warning", "logger": "handlers.x", "kind": "action",
        "seconds": 1.5, "request": "abcde-7",
    }  # fmt: skip


def test_unknown_keys_and_values_that_are_no_plain_words_are_not_written(
    stream: io.StringIO,
) -> None:
    log = structlog.stdlib.get_logger("x")
    log.info("stored", title=TITLE, id={"title": TITLE}, error=f"x\n{TITLE}", count=3)
    (entry,) = entries(stream)
    assert TITLE not in stream.getvalue()
    assert entry["title"] == logs.REDACTED
    assert (entry["id"], entry["error"], entry["count"]) == ("dict", "x", 3)


def test_a_trace_has_places_and_causes_but_not_what_they_said(stream: io.StringIO) -> None:
    def fail() -> None:
        try:
            int(f"{TITLE}")
        except ValueError as cause:
            raise KeyError(TITLE) from cause

    try:
        fail()
    except KeyError:
        structlog.stdlib.get_logger("x").exception("failed")
        logging.getLogger("y").exception("failed too")
    for entry in entries(stream):
        trace = entry["exception"]
        assert trace.startswith("KeyError\n")
        assert "\nfrom ValueError\n" in trace
        assert "test_logs.py:" in trace
        assert "raise KeyError(TITLE) from cause" in trace
        assert TITLE not in trace


def test_codes_of_errors_are_written(stream: io.StringIO) -> None:
    log = structlog.stdlib.get_logger("x")
    log.error("a", exc_info=NotStored())
    log.error("b", exc_info=FileNotFoundError(2, "No such file", TITLE))
    log.error("c", exc_info=ExceptionGroup("all", [KeyError(TITLE), NotStored()]))
    first, second, third = (entry["exception"] for entry in entries(stream))
    assert first == "NotStored error-not-stored"
    assert second == "FileNotFoundError [2] No such file"
    assert "| KeyError" in third
    assert "| NotStored error-not-stored" in third
    assert TITLE not in stream.getvalue()


def test_only_the_first_line_of_a_librarys_message_is_written(stream: io.StringIO) -> None:
    logging.getLogger("db").warning("failed: %s", f"locked\n[parameters: ('{TITLE}',)]")
    assert entries(stream)[0]["event"] == "failed: locked"
    assert TITLE not in stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "token xoxb-12-34-AbCd refused", "token xapp-1-A0-9-ab refused",
        "xoxe.xoxp-1-AbCd", "postgresql+psycopg://bot:AbCd@host/db",
        "https://hooks.slack.com/actions/T1/AbCd", "http://127.0.0.1:9/response/AbCd",
        "cannot connect to wss://host/link?ticket=AbCd&app_id=1",
    ],
)  # fmt: skip
def test_what_opens_something_is_masked(stream: io.StringIO, text: str) -> None:
    logging.getLogger("x").error(text)
    event = entries(stream)[0]["event"]
    assert logs.REDACTED in event
    for secret in ("AbCd", "12-34", "A0-9"):
        assert secret not in event


def test_libraries_that_write_payloads_stay_quiet_at_debug(stream: io.StringIO) -> None:
    for name in ("slack", "slack_sdk.web", "slack_bolt.AsyncApp"):
        logging.getLogger(name).debug("Sending %s", TITLE)
    structlog.stdlib.get_logger("handlers.x").debug("small")
    assert [entry["event"] for entry in entries(stream)] == ["small"]


def test_people_can_read_them_on_a_console() -> None:
    written = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    logs.configure(format="console", level="INFO", stream=written)
    structlog.stdlib.get_logger("x").info("listening", port=8000, title=TITLE)
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    assert "listening" in written.getvalue()
    assert "port=8000" in written.getvalue()
    assert TITLE not in written.getvalue()
