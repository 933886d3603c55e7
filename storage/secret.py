"""The secret that voters of secret ballots are sealed with, kept outside the database."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import URL

from bot.domain.sealing import Seal
from storage.engine import is_file
from storage.files import OWNERS, narrow
from storage.unit import NO_SECRET

NAME = "ballot_secret"
_BYTES = 32


def seal_beside(url: URL) -> Seal:
    """The seal of an office on a SQLite file: its secret is a file beside it, made when missing.

    Other databases have no such place: several machines share them, so a secret has to be given.
    Raises OSError when the file can be neither read nor made.
    """
    if not is_file(url):
        return NO_SECRET
    path = Path(str(url.database)).parent / NAME
    if not path.exists():
        _make(path)
    narrow(path)
    return Seal(path.read_bytes())


def _make(path: Path) -> None:
    """Write it whole before it has its name, so that nobody ever reads half of it."""
    half = path.with_name(f"{NAME}.{secrets.token_hex(8)}")
    half.touch(OWNERS, exist_ok=False)
    half.write_text(secrets.token_hex(_BYTES), encoding="ascii")
    with suppress(FileExistsError):  # another process was faster: theirs counts
        os.link(half, path)
    half.unlink()
