"""A SQLite database's files: nobody but their owner reads them, from their first byte on."""

import errno
import logging
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

OWNERS = 0o600
_FOLDER = 0o700
_BESIDE = ("", "-wal", "-shm", "-journal")
"""SQLite gives what it makes beside a database the database's own mode."""

ROOM = 2**20
"""Bytes without which a disk is full, whatever may still fit into files that are there."""

log = logging.getLogger(__name__)


def make_folder(folder: Path) -> None:
    """Make a folder that is missing, and those above it, for its owner only."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(_FOLDER, exist_ok=True)


def keep_private(database: Path) -> None:
    """Make the file if it is missing; take it and what lies beside it away from all others.

    A database that cannot be made or narrowed is left to SQLite, which says what is wrong. One
    that is there is never opened: closing it would give up every lock that this process holds.
    """
    with suppress(OSError):
        os.close(os.open(database, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, OWNERS))
    for suffix in _BESIDE:
        narrow(database.with_name(database.name + suffix))


def narrow(path: Path) -> None:
    """Take a file's rights from everybody but its owner; missing ones are passed over."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & ~_FOLDER:
            path.chmod(mode & _FOLDER)
            log.warning("%s could be read by others (%03o) and no longer can", path, mode)
    except FileNotFoundError:
        return
    except OSError as error:
        log.warning("%s may be read by others: %s", path, error)


def take_room(folder: Path) -> None:
    """Take `ROOM` bytes of the disk and give them back; OSError when they are not to be had.

    A write into a database may go where there is room already, and so not notice a full disk.
    """
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        try:
            os.posix_fallocate(file.fileno(), 0, ROOM)
        except (AttributeError, OSError) as error:
            if getattr(error, "errno", errno.EOPNOTSUPP) not in (errno.EOPNOTSUPP, errno.EINVAL):
                raise
            file.write(bytes(ROOM))
            os.fsync(file.fileno())
