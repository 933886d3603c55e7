"""Who cast a secret vote is kept only as a seal: nobody reads the voter from it."""

import hashlib
import hmac
from dataclasses import dataclass

NOBODY = 0
"""Stands for no person: its seal tells whether the secret is still the one a ballot began with."""


@dataclass(frozen=True)
class Seal:
    """Seals voters with a secret that is not in the database.

    Each ballot has a key of its own, derived from that secret and the ballot's nonce; once the
    nonce is destroyed nobody can tell, not even with the secret, whose seal is whose.
    """

    secret: bytes

    def voter(self, nonce: bytes, person: int) -> str:
        """The seal of a person in the ballot with that nonce."""
        key = hmac.digest(self.secret, nonce, hashlib.sha256)
        return hmac.new(key, str(person).encode(), hashlib.sha256).hexdigest()
