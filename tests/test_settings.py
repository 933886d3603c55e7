"""Settings: read whole, or refused with everything that is wrong."""

import pytest

from bot.settings import Mode, Settings, SettingsError, has_slack

BOT = {"SLACK_BOT_TOKEN": "xoxb-1-a"}
APP = {"SLACK_APP_TOKEN": "xapp-1-a"}
SECRET = {"SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef"}


def problems(environ: dict[str, str], mode: Mode | None = None) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        Settings.read(environ, mode)
    return caught.value.problems


def test_nothing_is_needed_without_a_mode() -> None:
    settings = Settings.read({})
    assert settings.api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite:///data/gopbaegi.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert (settings.log_format, settings.log_level) == ("console", "INFO")


def test_everything_can_be_set() -> None:
    settings = Settings.read(
        BOT
        | APP
        | SECRET
        | {
            "SLACK_API_URL": "http://127.0.0.1:9/api",
            "DATABASE_URL": "postgresql://bot:secret@db:5432/cut",
            "HOST": "0.0.0.0",  # noqa: S104 - somebody wants all addresses
            "PORT": "80",
            "LOG_FORMAT": "JSON",
            "LOG_LEVEL": "debug",
        },
        Mode.ALL,
    )
    assert settings == Settings(
        bot_token="xoxb-1-a",
        app_token="xapp-1-a",
        signing_secret=SECRET["SLACK_SIGNING_SECRET"],
        api_url="http://127.0.0.1:9/api/",
        database_url="postgresql+psycopg://bot:secret@db:5432/cut",
        host="0.0.0.0",  # noqa: S104 - somebody wants all addresses
        port=80,
        log_format="json",
        log_level="DEBUG",
    )
    assert settings.over_socket


def test_secrets_are_not_in_the_repr() -> None:
    environ = BOT | SECRET | {"DATABASE_URL": "postgresql://bot:hidden@db/cut"}
    shown = repr(Settings.read(environ, Mode.WEB))
    for secret in ("xoxb", "0123456789", "hidden"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("mode", "environ", "missing"),
    [
        (Mode.SOCKET, {}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        (Mode.SOCKET, BOT | SECRET, ["SLACK_APP_TOKEN"]),
        (Mode.WEB, BOT | APP, ["SLACK_SIGNING_SECRET"]),
        (Mode.WORKER, {}, ["SLACK_BOT_TOKEN"]),
        (Mode.ALL, BOT, ["SLACK_APP_TOKEN and SLACK_SIGNING_SECRET"]),
        (Mode.ALL, APP, ["SLACK_BOT_TOKEN"]),
    ],
)
def test_each_mode_needs_its_own(mode: Mode, environ: dict[str, str], missing: list[str]) -> None:
    found = problems(environ, mode)
    assert len(found) == len(missing)
    for line, name in zip(found, missing, strict=True):
        assert line.startswith(f"{name} ")


@pytest.mark.parametrize(
    ("mode", "environ"),
    [
        (Mode.SOCKET, BOT | APP),
        (Mode.WEB, BOT | SECRET),
        (Mode.WORKER, BOT),
        (Mode.ALL, BOT | APP),
        (Mode.ALL, BOT | SECRET),
    ],
)
def test_what_a_mode_needs_is_enough(mode: Mode, environ: dict[str, str]) -> None:
    assert Settings.read(environ, mode).bot_token == "xoxb-1-a"


def test_everything_wrong_is_said_at_once_with_its_mend_and_without_secrets() -> None:
    found = problems(
        {
            "SLACK_BOT_TOKEN": "xapp-swapped",
            "SLACK_APP_TOKEN": "xoxb-swapped",
            "SLACK_SIGNING_SECRET": "xoxb-nosecret-at-all",
            "SLACK_API_URL": "http://slack.example/api/",
            "DATABASE_URL": "mysql://bot:hidden@db/cut",
            "HOST": "http://localhost",
            "PORT": "eighty",
            "LOG_FORMAT": "xml",
            "LOG_LEVEL": "loud",
        },
        Mode.ALL,
    )
    names = [line.split(" ")[0] for line in found]
    assert names == [
        "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL",
        "DATABASE_URL", "HOST", "PORT", "LOG_FORMAT", "LOG_LEVEL",
    ]  # fmt: skip
    assert all(": " in line for line in found)
    assert "an app-level token" in found[0]
    text = "\n".join(found)
    for secret in ("swapped", "nosecret", "hidden"):
        assert secret not in text


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://", "sqlite:///:memory:", "sqlite://data/x.db", "postgresql://host", "data/x.db",
        "postgresql://host:port/x",
    ],
)  # fmt: skip
def test_a_database_that_cannot_last_or_be_found_is_refused(url: str) -> None:
    (line,) = problems({"DATABASE_URL": url})
    assert line.startswith("DATABASE_URL ")


@pytest.mark.parametrize("port", ["65536", "-1", "8 0", "²"])
def test_a_port_is_a_port(port: str) -> None:
    assert problems({"PORT": port})[0].startswith("PORT ")


def test_empty_variables_are_absent_ones() -> None:
    assert Settings.read({"PORT": "", "DATABASE_URL": "  "}).port == 8000
    assert not has_slack({"SLACK_BOT_TOKEN": " "})
    assert has_slack({"SLACK_APP_TOKEN": "x"})
