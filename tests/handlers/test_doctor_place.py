"""What the doctor says of the way to Slack and of the database, and never a password."""

from pathlib import Path
from typing import Any

import pytest

from bot.i18n.texts import Catalogue
from handlers.doctor import check_proxy
from storage.migrate import migrate
from storage.place import place_of
from tests.handlers.test_proxies import NAMES

KOREAN = Catalogue.load().of("ko")
API = "https://slack.com/api/"


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy"])
def test_the_proxy_is_said_without_its_password(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for each in (*NAMES, *map(str.lower, NAMES)):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, "http://office:geheim@proxy.example.kr:3128")
    found = check_proxy(KOREAN, API)
    assert found.ok
    assert found.what == "Slack에 프록시(http://***@proxy.example.kr:3128)를 거쳐 연결합니다."
    monkeypatch.setenv("NO_PROXY", "slack.com")
    assert check_proxy(KOREAN, API).what == "Slack에 프록시 없이 바로 연결합니다."


@pytest.mark.parametrize(
    ("written", "opened"),
    [("office.db", "office.db"), ("our%20office.db", "our office.db"), ("a+b.db", "a+b.db")],
)
def test_the_file_that_is_said_is_the_one_that_is_opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: str, opened: str
) -> None:
    monkeypatch.chdir(tmp_path)
    migrate(f"sqlite:///data/{written}")
    said = Path(place_of(f"sqlite:///data/{written}"))
    assert said == tmp_path.resolve() / "data" / opened
    assert said.stat().st_size > 0


@pytest.mark.postgres
def test_postgresql_is_said_without_its_password(postgres_server: Any) -> None:
    url = postgres_server.set(password="geheim").render_as_string(hide_password=False)
    said = place_of(url)
    assert said.endswith(f"/{postgres_server.database}")
    assert "geheim" not in said
