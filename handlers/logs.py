"""Structured logs without message texts or tokens.

What is not known to be harmless is not written: keys that are not listed, what exceptions say, and
everything behind the first line of other people's messages.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from contextvars import ContextVar
from typing import Any, TextIO

import structlog

from bot.domain.errors import BotError

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the payload that is being answered; people hear it as the reference of an error."""

KNOWN = frozenset({
    "attempt", "connected", "count", "database", "error", "event", "exception", "fact", "files",
    "host", "id", "job", "key", "kind", "level", "logger", "mend", "method", "mode", "name",
    "outcome", "port", "reason", "request", "revision", "seconds", "signal", "status", "stream",
    "task", "timestamp", "version",
})  # fmt: skip
"""The keys that are written. None of them ever holds what a person wrote."""
REDACTED = "[redacted]"
_TEXT_MAX = 300
_FRAMES_MAX = 12
_QUIET = {
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.WARNING,
    "aiohttp.access": logging.ERROR,
    "alembic": logging.WARNING,  # each step of a migration that has nothing to do
}
"""Libraries that write payloads or addresses below this level."""
_SECRETS = (
    (re.compile(r"\bx(?:ox[a-z]|app|oxe\.xox[a-z])-[\w.-]+"), REDACTED),
    (re.compile(r"(?<=://)[^/@\s]+(?=@)"), REDACTED),
    (re.compile(r"(https://hooks\.slack\.com|/response)/\S+"), rf"\1/{REDACTED}"),
    (re.compile(r"((?:wss?|https?)://[^\s?]+)\?\S+"), rf"\1?{REDACTED}"),
)

Event = MutableMapping[str, Any]


def configure(*, format: str, level: str, stream: TextIO | None = None) -> None:
    """Send every log of the process, the libraries' too, to `stream` (standard error) as `json`
    lines or for people (`console`).
    """
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_request,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                traced,
                redacted,
                _renderer(format),
            ],
        )
    )
    logging.root.handlers = [handler]
    logging.root.setLevel(level)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(least)


def traced(_logger: Any, _method: str, event: Event) -> Event:
    """Put the trace of `exc_info` into `exception`: places and kinds, but not what was said."""
    info = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_trace(error))
    return event


def redacted(_logger: Any, _method: str, event: Event) -> Event:
    """Leave only known keys with harmless values."""
    for key, value in event.items():
        if key not in KNOWN:
            event[key] = REDACTED
        elif key == "exception":
            event[key] = masked(str(value))
        elif isinstance(value, str):
            event[key] = masked(value.partition("\n")[0])[:_TEXT_MAX]
        elif not isinstance(value, int | float | None):
            event[key] = type(value).__name__
    return event


def masked(text: str) -> str:
    """The text without tokens, passwords and addresses that open something."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


def _with_request(_logger: Any, _method: str, event: Event) -> Event:
    if request := REQUEST.get():
        event["request"] = request
    return event


def _renderer(format: str) -> structlog.types.Processor:
    if format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=False)


def _trace(error: BaseException, indent: str = "") -> Iterator[str]:
    """The error, the places it came through, and what caused it; each error once."""
    seen: set[int] = set()
    lead = ""
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield f"{indent}{lead}{type(current).__qualname__}{_known_words(current)}"
        for frame in traceback.extract_tb(current.__traceback__)[-_FRAMES_MAX:]:
            yield f"{indent}  {frame.filename}:{frame.lineno} {frame.name}: {frame.line}"
        if isinstance(current, BaseExceptionGroup):
            for one in current.exceptions:
                yield from _trace(one, indent + "  | ")
        lead = "from "
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)


def _known_words(error: BaseException) -> str:
    """What an error says, as far as it cannot quote anybody: codes only."""
    if isinstance(error, BotError):
        return f" {error.key}"
    if isinstance(error, OSError) and error.strerror:
        return f" [{error.errno}] {error.strerror}"
    for name in ("sqlite_errorname", "sqlstate"):
        if isinstance(code := getattr(error, name, None), str):
            return f" {code}"
    answer = getattr(error, "response", None)
    # Slack's answer to a call that failed.
    code = answer.get("error") if isinstance(answer, Mapping) else _slack_error(answer)
    return f" {code}" if isinstance(code, str) else ""


def _slack_error(answer: Any) -> Any:
    data = getattr(answer, "data", None)
    return data.get("error") if isinstance(data, Mapping) else None
