"""What an input holds, as a Python value."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
_TS = re.compile(r"([0-9]{1,11})\.?([0-9]{0,6})")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")


def typed(element: Mapping[str, Any]) -> Any:
    """The value of an element's state or of a pressed element, None when it has none.

    Texts are str ("" when empty), numbers int or float, dates and times those of datetime (UTC
    where there is a moment), single choices the str of their value or id, several choices a tuple,
    files a tuple of file ids.
    """
    match element.get("type"):
        case "plain_text_input" | "email_text_input" | "url_text_input":
            return element.get("value") or ""
        case "number_input":
            return _number(element.get("value"))
        case "static_select" | "external_select" | "radio_buttons" | "overflow":
            return (element.get("selected_option") or {}).get("value")
        case "multi_static_select" | "multi_external_select" | "checkboxes":
            return tuple(option["value"] for option in element.get("selected_options") or ())
        case "datepicker":
            return _parsed(_day, element.get("selected_date"))
        case "timepicker":
            return _parsed(time.fromisoformat, element.get("selected_time"))
        case "datetimepicker":
            return _parsed(_moment, element.get("selected_date_time"))
        case "users_select" | "channels_select" | "conversations_select" as kind:
            return element.get(f"selected_{kind.removesuffix('s_select')}")
        case (
            "multi_users_select" | "multi_channels_select" | "multi_conversations_select"
        ) as kind:
            chosen = element.get(f"selected_{kind[len('multi_') : -len('_select')]}")
            return tuple(chosen or ())
        case "file_input":
            return tuple(file["id"] for file in element.get("files") or ())
        case _:
            return element.get("value")


def _number(value: Any) -> int | float | None:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value.strip()):
        return None
    number = float(value)
    return int(number) if number.is_integer() else number


def _parsed(parse: Callable[[Any], Any], value: Any) -> Any:
    """A forged date is none: what the person needs to hear is that one is missing."""
    try:
        return parse(value) if value else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _day(text: str) -> date:
    """A day near enough that one may count on from it, and back."""
    day = date.fromisoformat(text)
    if not _FIRST <= day <= _LAST:
        raise ValueError("a day that no office plans for")
    return day


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def micros(ts: object) -> int | None:
    """A timestamp of Slack's in microseconds, None for a forged one.

    A float would not keep the last of them, and any number that is read whole, however long, could
    neither be stored nor waited for.
    """
    found = _TS.fullmatch(ts) if isinstance(ts, str) else None
    return int(found[1]) * 1_000_000 + int(found[2].ljust(6, "0")) if found else None
