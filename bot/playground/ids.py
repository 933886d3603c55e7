"""Names and times that never repeat."""

import secrets
import string

from bot.clock import Clock

_LETTERS = string.ascii_uppercase + string.digits
_MIXED = string.ascii_letters + string.digits


class Ids:
    """Makes Slack-like ids, block ids and timestamps."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def make(self, prefix: str, length: int = 10) -> str:
        """A new id like `V0A1B2C3D4`."""
        return prefix + "".join(secrets.choice(_LETTERS) for _ in range(length))

    def short(self) -> str:
        """A block or action id as Slack assigns them."""
        return "".join(secrets.choice(_MIXED) for _ in range(5))

    def ts(self) -> str:
        """A message timestamp later than every earlier one.

        It follows the programme's time where that was moved ahead, so that a message posted then
        bears that date; behind system time, by which the app searches, it never stays.
        """
        now = max(self._clock.system(), self._clock.now().timestamp())
        self._last = max(int(now * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def seen(self, ts: str) -> None:
        """A timestamp that exists already: later ones follow it."""
        whole, _, part = ts.partition(".")
        self._last = max(self._last, int(whole) * 1_000_000 + int(part or 0))

    def token(self) -> str:
        """A long name nobody guesses."""
        return secrets.token_urlsafe(18)
