"""Settings from the environment: read once, frozen, everything wrong said at once."""

import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

API_URL = "https://slack.com/api/"
DATABASE_URL = "sqlite:///data/gopbaegi.db"
LOG_FORMATS = ("json", "console")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

_TOKENS = {
    "xoxb-": "a bot token",
    "xoxp-": "a user token",
    "xapp-": "an app-level token",
    "xoxe": "a rotating token",
}
WHERE = {
    "SLACK_BOT_TOKEN": "copy the Bot User OAuth Token (xoxb-…) from the app's page"
    " OAuth & Permissions",
    "SLACK_APP_TOKEN": "make an App-Level Token (xapp-…) with connections:write on the app's page"
    " Basic Information",
    "SLACK_SIGNING_SECRET": "copy the Signing Secret from the app's page Basic Information",
}
"""Where each of Slack's settings is found."""
_SECRET_MIN = 16
_BALLOT_SECRET_MIN = 32


class Mode(StrEnum):
    """Which part of the bot a process runs."""

    ALL = "all"
    SOCKET = "socket"
    WEB = "web"
    WORKER = "worker"


class SettingsError(Exception):
    """Every setting that is wrong, a line each: which, what is wrong, and how to mend it."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the environment says; secrets are kept out of its repr."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = API_URL
    database_url: str = field(default=DATABASE_URL, repr=False)
    """As SQLAlchemy takes it; may hold a password."""
    host: str = "127.0.0.1"
    port: int = 8000
    """0 picks a free one."""
    ballot_secret: str = field(default="", repr=False)
    """What voters of secret ballots are sealed with; "" keeps one beside a SQLite file."""
    log_format: str = "console"
    log_level: str = "INFO"

    @property
    def over_socket(self) -> bool:
        """Whether `all` talks to Slack over Socket Mode rather than signed HTTP."""
        return bool(self.app_token)

    @classmethod
    def read(cls, environ: Mapping[str, str], mode: Mode | None = None) -> "Settings":
        """The settings that `mode` needs; without a mode Slack's may be absent.

        Raises SettingsError naming everything that is wrong. An empty variable counts as absent.
        """
        reading = _Reading(environ)
        settings = cls(
            bot_token=reading.token("SLACK_BOT_TOKEN", "xoxb-"),
            app_token=reading.token("SLACK_APP_TOKEN", "xapp-"),
            signing_secret=reading.checked("SLACK_SIGNING_SECRET", "", _signing_secret),
            api_url=reading.checked("SLACK_API_URL", API_URL, _api_url),
            database_url=reading.checked("DATABASE_URL", DATABASE_URL, _database_url),
            host=reading.checked("HOST", "127.0.0.1", _host),
            port=int(reading.checked("PORT", "8000", _port)),
            ballot_secret=reading.checked("BALLOT_SECRET", "", _ballot_secret),
            log_format=reading.one_of("LOG_FORMAT", "console", LOG_FORMATS),
            log_level=reading.one_of("LOG_LEVEL", "INFO", LOG_LEVELS),
        )
        if mode is not None:
            reading.need(mode)
        if reading.problems:
            raise SettingsError(reading.problems)
        return settings


def has_slack(environ: Mapping[str, str]) -> bool:
    """Whether any of Slack's own settings is there, so that the bot is meant to talk to Slack."""
    return any(environ.get(name, "").strip() for name in WHERE)


class _Reading:
    """Reads one variable after the other and collects what is wrong."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def need(self, mode: Mode) -> None:
        """Say which of Slack's settings the mode lacks."""
        needed = ["SLACK_BOT_TOKEN"]
        if mode is Mode.SOCKET:
            needed.append("SLACK_APP_TOKEN")
        elif mode is Mode.WEB:
            needed.append("SLACK_SIGNING_SECRET")
        for name in needed:
            if not self._given(name):
                self.problems.append(f"{name} is not set: {WHERE[name]}.")
        ways = ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")
        if mode is Mode.ALL and not any(map(self._given, ways)):
            self.problems.append(
                "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are not set, and one is needed: "
                f"for Socket Mode {WHERE['SLACK_APP_TOKEN']}; "
                f"for HTTP {WHERE['SLACK_SIGNING_SECRET']}."
            )

    def token(self, name: str, prefix: str) -> str:
        """A token that starts as it should."""

        def check(value: str) -> str:
            if re.fullmatch(re.escape(prefix) + r"[A-Za-z0-9-]+", value):
                return value
            kind = next((what for start, what in _TOKENS.items() if value.startswith(start)), None)
            if kind is not None and not value.startswith(prefix):
                raise ValueError(f"holds {kind}: {WHERE[name]}")
            raise ValueError(f"is no token of the form {prefix}…: {WHERE[name]}")

        return self.checked(name, "", check)

    def one_of(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """One of a few words, written in any case."""

        def check(value: str) -> str:
            found = {choice.lower(): choice for choice in choices}.get(value.lower())
            if found is None:
                raise ValueError(f"is {_quoted(value)}: set it to one of {', '.join(choices)}")
            return found

        return self.checked(name, default, check)

    def checked(self, name: str, default: str, check: Callable[[str], str]) -> str:
        """The variable as `check` returns it, or the default; what `check` raises is noted."""
        value = self._given(name)
        if not value:
            return default
        try:
            return check(value)
        except ValueError as error:
            self.problems.append(f"{name} {error}.")
            return default

    def _given(self, name: str) -> str:
        return self._environ.get(name, "").strip()


def _ballot_secret(value: str) -> str:
    if len(value) < _BALLOT_SECRET_MIN:
        raise ValueError(
            f"is shorter than {_BALLOT_SECRET_MIN} characters: make one with `openssl rand -hex 32`"
        )
    return value


def _signing_secret(value: str) -> str:
    where = WHERE["SLACK_SIGNING_SECRET"]
    if any(value.startswith(prefix) for prefix in _TOKENS):
        raise ValueError(f"holds a token: {where}")
    if len(value) < _SECRET_MIN or not value.isascii() or re.search(r"\s", value):
        raise ValueError(f"is no signing secret (it has 32 characters): {where}")
    return value


def _api_url(value: str) -> str:
    url = _split(value)
    if url is None or url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError(f"is {_quoted(value)}, which is no web address: leave it out for Slack")
    if url.scheme == "http" and not is_loopback(url.hostname):
        raise ValueError("would send tokens in clear: start it with https://")
    return value if value.endswith("/") else value + "/"


def _database_url(value: str) -> str:
    # The value may hold a password and is not repeated.
    mend = "write sqlite:///data/gopbaegi.db or postgresql://user:password@host/database"
    url = _split(value)
    if url is None:
        raise ValueError(f"is no address of a database: {mend}")
    if url.scheme == "sqlite":
        if url.netloc or url.path in ("", "/") or ":memory:" in value:
            raise ValueError("names no file (three slashes, then its path): " + mend)
        return value
    if url.scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        if url.path in ("", "/"):
            raise ValueError("names no database: " + mend)
        return "postgresql+psycopg" + value[len(url.scheme) :]
    raise ValueError(f"is of a kind that is not supported: {mend}")


def _host(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", value):
        raise ValueError(f"is {_quoted(value)}: write an address or name only, such as 127.0.0.1")
    return value


def _port(value: str) -> str:
    if not re.fullmatch(r"[0-9]{1,5}", value) or int(value) > 65535:
        raise ValueError(f"is {_quoted(value)}: write a number up to 65535, such as 8000")
    return value


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _split(value: str) -> SplitResult | None:
    try:
        url = urlsplit(value)
        _ = url.port
    except ValueError:
        return None
    return url


def _quoted(value: str) -> str:
    return repr(value if len(value) <= 40 else value[:40] + "…")
