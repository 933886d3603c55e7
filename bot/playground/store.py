"""The workspace's own file: documents by kind and key, written through as they change."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.playground.records import Json


class Store:
    """A SQLite file of JSON documents and bytes; with no path everything is forgotten at the end.

    `synchronous=OFF` outlives a killed process, not a power cut: enough for a playground.
    """

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(0o700, parents=True, exist_ok=True)
            path.touch(0o600)
            path.chmod(0o600)
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
        self.lasting = path is not None
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS document "
            "(kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )
        self._db.execute("CREATE TABLE IF NOT EXISTS content (key TEXT PRIMARY KEY, body BLOB)")

    def put(self, kind: str, key: str, body: Json) -> None:
        """Keep a document, replacing an earlier one."""
        if self.lasting:
            text = json.dumps(body, ensure_ascii=False)
            self._db.execute("REPLACE INTO document VALUES (?, ?, ?)", (kind, key, text))

    def remove(self, kind: str, key: str) -> None:
        """Forget a document."""
        if self.lasting:
            self._db.execute("DELETE FROM document WHERE kind = ? AND key = ?", (kind, key))

    def all(self, kind: str) -> Iterator[Json]:
        """The documents of a kind in the order of their keys."""
        for (text,) in self._db.execute(
            "SELECT body FROM document WHERE kind = ? ORDER BY key", (kind,)
        ):
            yield json.loads(text)

    def put_bytes(self, key: str, body: bytes) -> None:
        """Keep a file's bytes."""
        self._db.execute("REPLACE INTO content VALUES (?, ?)", (key, body))

    def bytes_of(self, key: str) -> bytes | None:
        """A file's bytes, or None if there is no such file."""
        row = self._db.execute("SELECT body FROM content WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Close the file."""
        self._db.close()
