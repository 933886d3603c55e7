"""The entrance never mistakes an office's own database for one to play in."""

import os
import subprocess
import sys
from pathlib import Path

from bot.__main__ import _PLAY

ROOT = Path(__file__).parent.parent


def test_without_slack_but_with_a_database_the_bot_asks_for_tokens_instead_of_playing(tmp_path):
    environ = {k: v for k, v in os.environ.items() if not k.startswith("SLACK_")}
    environ |= {"DATABASE_URL": f"sqlite:///{tmp_path}/office.db", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "all"],
        cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "SLACK_BOT_TOKEN" in ended.stderr
    assert not list(tmp_path.iterdir())


def test_the_playground_has_a_database_and_an_address_of_its_own():
    assert _PLAY["DATABASE_URL"].startswith("sqlite:///data/playground")
    assert _PLAY["HOST"] == "127.0.0.1"
