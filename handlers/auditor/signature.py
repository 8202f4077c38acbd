"""Proof that a call comes from us: a time and an HMAC over time and body, in two headers.

`Paidan-Timestamp` holds seconds since 1970 as digits; `Paidan-Signature` is `v1=` and the hex
HMAC-SHA256, under the shared secret, of the timestamp, a full stop and the body as it was sent.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

TIMESTAMP: Final = "Paidan-Timestamp"
SIGNATURE: Final = "Paidan-Signature"
VERSION: Final = "v1="
OLDEST_S: Final = 300
"""A call that was recorded and is played again later is refused."""


def signed(secret: str, body: bytes, seconds: int) -> Mapping[str, str]:
    """The two headers of a call sent at this time."""
    return {TIMESTAMP: str(seconds), SIGNATURE: VERSION + _seal(secret, str(seconds), body)}


def is_ours(secret: str, headers: Mapping[str, str], body: bytes, seconds: int) -> bool:
    """Whether whoever knows the secret sent this body within five minutes of `seconds`.

    Compares in constant time; any header, missing or odd, is merely not ours.
    """
    timestamp = headers.get(TIMESTAMP, "")
    given = headers.get(SIGNATURE, "").encode("utf-8", "surrogateescape")
    wanted = (VERSION + _seal(secret, timestamp, body)).encode()
    same = hmac.compare_digest(given, wanted)
    is_time = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12
    return same and is_time and abs(seconds - int(timestamp)) <= OLDEST_S


def _seal(secret: str, timestamp: str, body: bytes) -> str:
    words = timestamp.encode("utf-8", "surrogateescape") + b"." + body
    return hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()
