"""Keys that seal what callers entrust to us, and the keyed hash by which they are found again.

What is sealed says by which key, `sealed:KEY:TOKEN`, so that a rotation can tell what is left to
do. What does not begin so was written before there were keys and is read as it stands.
"""

import base64
import hmac
import json
import re
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from storage.columns import canonical, storable

MARK: Final = "sealed:"
PROOF: Final = "these are the keys of this city"
NAME: Final = re.compile(r"[0-9a-z-]{1,40}")
LONGEST_LOOK: Final = 96
COUNTRY: Final = "86"
MOBILE_DIGITS: Final = 11

PRACTICE_KEYS: Final = """
[[seal]]
id = "practice"
secret = "cHJhY3RpY2Utb25seS1uZXZlci1mb3ItYS1jaXR5ISE="

[[look]]
id = "practice"
secret = "cHJhY3RpY2Utb25seS1uZXZlci10by1maW5kLXdpdGg="
"""
"""For the demo and the tests, where nobody's number is anybody's. It stands in every copy."""


class KeysError(Exception):
    """The keys cannot be used; the words say what to do."""


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What a key file holds: the first of each kind is used, the others still open and find."""

    seals: Mapping[str, Fernet]
    looks: Mapping[str, bytes]

    @property
    def current(self) -> str:
        return next(iter(self.seals))

    @property
    def current_look(self) -> str:
        return next(iter(self.looks))


def keys_from(text: str) -> Keys:
    """Raises KeysError, which never holds anything of a secret."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as no:
        raise KeysError(
            "the key file is not TOML; `run.py keys new FILE` makes a good one"
        ) from no
    seals = {name: _fernet(name, secret) for name, secret in _named(read, "seal").items()}
    looks = {name: _bytes(name, secret) for name, secret in _named(read, "look").items()}
    if not seals or not looks:
        raise KeysError("the key file needs a [[seal]] and a [[look]]: see `run.py keys new FILE`")
    return Keys(seals, looks)


def new_keys(name: str) -> str:
    """A key file with one key of each kind."""
    return f"{HEAD}{written('seal', name)}{written('look', name)}"


def rotated(text: str, name: str, *, look: bool = False) -> str:
    """The same file with a new key before the older ones. Raises KeysError."""
    keys = keys_from(text)
    if name in keys.seals or name in keys.looks:
        raise KeysError(f"there is a key {name} already; wait a minute or name it otherwise")
    kinds = ("seal", "look") if look else ("seal",)
    head, _, older = text.partition("[[")
    return head + "".join(written(kind, name) for kind in kinds) + "[[" + older


def retired(text: str) -> str:
    """The same file without sealing keys that are no longer in use. Raises KeysError."""
    keys = keys_from(text)
    head, *entries = text.split("[[")
    kept = [each for each in entries if not _is_older_seal(each, keys.current)]
    return head + "".join(f"[[{each}" for each in kept)


def _is_older_seal(entry: str, current: str) -> bool:
    return entry.startswith("seal]]") and tomllib.loads(f"[[{entry}")["seal"][0]["id"] != current


HEAD: Final = (
    "# Keys of this city. Keep this file apart from the database and its backups; whoever has\n"
    "# both can read every caller's number, and without it nobody can.\n"
    "# The first [[seal]] and the first [[look]] are in use, older ones only read.\n\n"
)


def written(kind: str, name: str) -> str:
    secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return f'[[{kind}]]\nid = "{name}"\nsecret = "{secret}"\n\n'


def name_at(at: datetime) -> str:
    """A key is named after the minute in which it was made."""
    return f"{at:%Y-%m-%d-%H%M}"


@dataclass(slots=True, repr=False)
class Keyring:
    """Seals and opens; reads its file once more when a key turns up that it does not know."""

    read: Callable[[], Keys]
    keys: Keys = field(init=False)
    switched: bool = field(default=False, init=False)
    _multi: MultiFernet = field(init=False)

    def __post_init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Look at the file again; `switched` where other keys are in use now. Raises KeysError."""
        known = getattr(self, "keys", None)
        self.keys = self.read()
        self._multi = MultiFernet([*self.keys.seals.values()])
        if known is not None and _names(known) != _names(self.keys):
            self.switched = True

    def seal(self, plain: str) -> str:
        """Nothing stays nothing: whether there is a name is no secret."""
        if not plain:
            return ""
        token = self.keys.seals[self.keys.current].encrypt(storable(plain).encode())
        return f"{MARK}{self.keys.current}:{token.decode()}"

    def open(self, sealed: str) -> str:
        """Raises KeysError where no key opens it."""
        if not sealed.startswith(MARK):
            return sealed
        name, _, token = sealed.removeprefix(MARK).partition(":")
        if name not in self.keys.seals:
            self.refresh()
        try:
            return self._multi.decrypt(token.encode()).decode()
        except InvalidToken as no:
            raise KeysError(f"what key {name} has sealed cannot be opened by any key here") from no

    def seal_bytes(self, plain: bytes) -> bytes:
        """A whole file."""
        token = self.keys.seals[self.keys.current].encrypt(plain)
        return f"{MARK}{self.keys.current}:".encode() + token

    def open_bytes(self, sealed: bytes) -> bytes:
        """Raises KeysError where no key opens it."""
        name, _, token = sealed.removeprefix(MARK.encode()).partition(b":")
        if name.decode() not in self.keys.seals:
            self.refresh()
        try:
            return self._multi.decrypt(token)
        except InvalidToken as no:
            raise KeysError(f"what key {name.decode()} has sealed cannot be opened here") from no

    def seal_body(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """A whole JSON object; an empty one stays as it is."""
        return {"sealed": self.seal(canonical(dict(body)))} if body else {}

    def open_body(self, body: Mapping[str, Any]) -> Any:
        sealed = body.get("sealed")
        if not (isinstance(sealed, str) and sealed.startswith(MARK) and len(body) == 1):
            return body
        return json.loads(self.open(sealed))

    def look(self, phone: str) -> str:
        """What a number is found by; the same number always gives the same words."""
        return self._look(self.keys.current_look, phone)

    def looks(self, phone: str) -> tuple[str, ...]:
        """By every key that may have been in use when it was stored; never none."""
        if not _digits(phone):
            return ("-",)
        return tuple(self._look(name, phone) for name in self.keys.looks)

    def _look(self, name: str, phone: str) -> str:
        digits = _digits(phone)
        if not digits:
            return f"{name}:-" if phone else ""
        mac = hmac.digest(self.keys.looks[name], digits.encode(), "sha256")
        return f"{name}:{base64.urlsafe_b64encode(mac).decode()}"


def _names(keys: Keys) -> tuple[str, ...]:
    return (*keys.seals, "|", *keys.looks)


def practice_keyring() -> Keyring:
    """For the demo and the tests."""
    return Keyring(lambda: keys_from(PRACTICE_KEYS))


def _digits(phone: str) -> str:
    """The number as one spelling: digits alone, without our own country before a mobile."""
    digits = "".join(sign for sign in phone if sign.isascii() and sign.isdigit())
    bare = digits.removeprefix("00").removeprefix(COUNTRY)
    return bare if len(bare) == MOBILE_DIGITS and len(digits) > MOBILE_DIGITS else digits


def _named(read: Mapping[str, Any], kind: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for each in read.get(kind, ()):
        name, secret = str(each.get("id", "")), str(each.get("secret", ""))
        if not NAME.fullmatch(name) or name in found:
            raise KeysError(f"each [[{kind}]] needs an id of its own of small letters and digits")
        found[name] = secret
    return found


def _bytes(name: str, secret: str) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(secret)
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise KeysError(f"key {name} is damaged: put the file back as it was, from its own backup")
    return raw


def _fernet(name: str, secret: str) -> Fernet:
    _bytes(name, secret)
    return Fernet(secret)
