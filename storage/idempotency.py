"""What was already taken in, with the answer it got: a repeated delivery gets the same answer."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.clock import Clock
from storage.tables.delivery import idempotency

_ANSWERS = sa.select(idempotency.c.key, idempotency.c.answer).where(
    idempotency.c.key.in_(sa.bindparam("keys", expanding=True))
)
_REMEMBER = sa.insert(idempotency)
_FORGET = sa.delete(idempotency).where(idempotency.c.at < sa.bindparam("before"))


class Idempotency:
    """Keys of inbound things and their answers (JSON), stored with the effect they belong to."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def answers(self, keys: Collection[str]) -> Mapping[str, str]:
        """The stored answers of those `keys` that are known."""
        if not keys:
            return {}
        rows = self._connection.execute(_ANSWERS, {"keys": list(keys)})
        return {row.key: row.answer for row in rows}

    def remember(self, key: str, answer: str) -> None:
        """Store the answer of a key that is not known yet; stamped with system time."""
        at = datetime.fromtimestamp(self._clock.system(), UTC)
        self._connection.execute(_REMEMBER, {"key": key, "answer": answer, "at": at})

    def forget(self, before: datetime) -> int:
        """Delete what came in before that moment of system time; how many were deleted."""
        return self._connection.execute(_FORGET, {"before": before}).rowcount
