"""The entrance: whose database it takes, and what it says when it cannot begin."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import _PLAY

ROOT = Path(__file__).parent.parent
TOKENS = {
    "SLACK_BOT_TOKEN": "xoxb-of-nobody",
    "SLACK_APP_TOKEN": "xapp-of-nobody",
    "SLACK_API_URL": "http://127.0.0.1:9/api/",
}


def entered(folder: Path, *arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    """The bot as started in a folder of its own, once it has ended."""
    known = {k: v for k, v in os.environ.items() if not k.startswith("SLACK_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder, env=known | {"PYTHONPATH": str(ROOT)} | environ,
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_without_slack_but_with_a_database_the_bot_asks_for_tokens_instead_of_playing(tmp_path):
    ended = entered(tmp_path, "all", DATABASE_URL=f"sqlite:///{tmp_path}/office.db")
    assert ended.returncode == 2
    assert "SLACK_BOT_TOKEN" in ended.stderr
    assert not list(tmp_path.iterdir())


def test_the_playground_has_a_database_and_an_address_of_its_own():
    assert _PLAY["DATABASE_URL"].startswith("sqlite:///data/playground")
    assert _PLAY["HOST"] == "127.0.0.1"


@pytest.mark.parametrize(
    ("language", "said"),
    [("ko", "번 포트를 다른 프로그램이 쓰고 있어"), ("en", "is in use by another programme")],
)
def test_a_playground_whose_port_is_taken_says_how_to_go_on_and_empties_nothing(
    tmp_path, taken, language, said
):
    kept = tmp_path / "data" / "playground.db"
    kept.parent.mkdir()
    kept.write_text("what another playground has open")
    asked = ("playground", "--fresh", "--port", str(taken), "--lang", language)
    ended = entered(tmp_path, *asked)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert f"http://127.0.0.1:{taken}" in ended.stderr
    assert 'make run ARGS="--port ' in ended.stderr
    assert "Traceback" not in ended.stderr
    assert kept.exists()


def test_a_bot_whose_port_is_taken_names_the_setting_to_change(tmp_path, taken):
    database = f"sqlite:///{tmp_path}/office.db"
    ended = entered(
        tmp_path, "worker", "--lang", "ko", DATABASE_URL=database, PORT=str(taken), **TOKENS
    )
    assert ended.returncode == 2
    assert "환경 변수 PORT에 다른 포트를 적어 주세요" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("command", [("migrate",), ("org", "import", "staff.csv")])
def test_a_command_whose_database_is_away_says_so_in_a_sentence(tmp_path, unused_tcp_port, command):
    (tmp_path / "staff.csv").write_text(
        "실국,과,팀,이름,직위,Slack ID\n교통국,,,김국장,국장,U0000001\n"
    )
    url = f"postgresql://bot:geheim@127.0.0.1:{unused_tcp_port}/office"
    ended = entered(tmp_path, *command, "--lang", "ko", DATABASE_URL=url)
    assert ended.returncode == 1
    assert "데이터베이스를 사용할 수 없습니다" in ended.stderr
    assert "python -m bot doctor" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "geheim" not in ended.stderr
