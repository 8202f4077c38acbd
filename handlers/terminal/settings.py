"""Settings of one deployment, from the environment; every mistake says what would be right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from workflows.privacy.carriage import Data

PREFIX: Final = "PAIDAN_"
METRICS_OFF: Final = "off"
METRICS_HERE: Final = "here"
SHORTEST_SECRET: Final = 32
DEFAULT_DATABASE: Final = "sqlite+aiosqlite:///data/paidan.db"


class SettingsError(Exception):
    """A setting is missing or cannot be meant."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how the outside reaches us.

    Secrets are read from files (`PAIDAN_TOKEN_FILE`, `PAIDAN_WEBHOOK_SECRET_FILE`), since an
    environment is printed by every second tool. Without `webhook_url` updates are polled.
    `metrics` is where an operator's monitor may ask: `host:port`, `here` beside the webhook,
    `off`, or nothing: this machine only, and not beside a webhook. With a `bucket`, such as
    `s3://name/folder`, the folder of `photos` only receives, and what is kept stands there.
    `keys_file` holds the keys of callers' data (`run.py keys new FILE`); `keys` is such a file's
    own text, for trials. The file is read again while we run. With `data` about real people a
    transport carries what privacy.toml lets it; what it leaves out stands at `pages_url`.
    """

    database: str = field(default=DEFAULT_DATABASE, repr=False)
    token: str = field(default="", repr=False)
    server: str = ""
    photos: Path = Path("data/photos")
    bucket: str = ""
    bucket_endpoint: str = ""
    bucket_region: str = "us-east-1"
    bucket_key: tuple[str, str] = field(default=("", ""), repr=False)
    policy: Path | None = None
    profile: str = "lean"
    host: str = "127.0.0.1"
    port: int = 8080
    webhook_url: str = ""
    webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    poll_seconds: int = 25
    metrics: str = ""
    log: str = "plain"
    heads_file: Path | None = None
    heads_url: str = field(default="", repr=False)
    heads_secret: str = field(default="", repr=False)
    keys_file: Path | None = None
    keys: str = field(default="", repr=False)
    data: Data = Data.TRIAL
    pages_url: str = ""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """Raises SettingsError."""
        own = {k.removeprefix(PREFIX): v for k, v in environment.items() if k.startswith(PREFIX)}
        policy = own.get("POLICY")
        return cls(
            database=own.get("DATABASE", DEFAULT_DATABASE),
            token=_secret(own, "TOKEN"),
            server=own.get("SERVER", ""),
            photos=Path(own.get("PHOTOS", "data/photos")),
            bucket=_bucket(own),
            bucket_endpoint=own.get("BUCKET_ENDPOINT", ""),
            bucket_region=own.get("BUCKET_REGION", "us-east-1"),
            bucket_key=_key(own),
            policy=Path(policy) if policy else None,
            profile=own.get("PROFILE", "lean"),
            host=own.get("HOST", "127.0.0.1"),
            port=_whole(own, "PORT", 8080),
            webhook_url=own.get("WEBHOOK_URL", ""),
            webhook_secrets=tuple(_secret(own, "WEBHOOK_SECRET").split()),
            poll_seconds=_whole(own, "POLL_SECONDS", 25),
            metrics=_metrics(own),
            log=_one_of(own, "LOG", ("plain", "json")),
            heads_file=Path(own["HEADS_FILE"]) if own.get("HEADS_FILE") else None,
            heads_url=_heads_url(own),
            heads_secret=_secret(own, "HEADS_SECRET"),
            keys_file=Path(own["KEYS_FILE"]) if own.get("KEYS_FILE") else None,
            keys=own.get("KEYS", ""),
            data=Data(_one_of(own, "DATA", (Data.TRIAL, Data.REAL))),
            pages_url=_pages_url(own),
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not stand in any log line, wherever it comes from."""
        password = urlsplit(self.database).password or ""
        secrets = (self.token, *self.webhook_secrets, password, unquote(password))
        return (*secrets, self.bucket_key[1], self.heads_url, self.heads_secret)


def _metrics(own: Mapping[str, str]) -> str:
    """`off`, `here`, `host:port`, or nothing, which is for this machine only."""
    value = own.get("METRICS", "").strip()
    host, _, port = value.rpartition(":")
    if value in {"", METRICS_OFF, METRICS_HERE} or (host and port.isdecimal()):
        return value
    raise SettingsError(
        f"{PREFIX}METRICS must be host:port, {METRICS_HERE} or {METRICS_OFF}, not {value!r}"
    )


def _bucket(own: Mapping[str, str]) -> str:
    value = own.get("BUCKET", "")
    if value and (urlsplit(value).scheme != "s3" or not urlsplit(value).netloc):
        raise SettingsError(f"{PREFIX}BUCKET must be s3://name or s3://name/folder, not {value!r}")
    endpoint = own.get("BUCKET_ENDPOINT", "")
    if endpoint and urlsplit(endpoint).scheme not in {"http", "https"}:
        raise SettingsError(f"{PREFIX}BUCKET_ENDPOINT must be an http address, not {endpoint!r}")
    if value and not _key(own)[1]:
        raise SettingsError(f"{PREFIX}BUCKET needs {PREFIX}BUCKET_KEY_FILE: id and secret in it")
    return value


def _key(own: Mapping[str, str]) -> tuple[str, str]:
    """Id and secret, separated by a blank or a new line."""
    key, _, secret = " ".join(_secret(own, "BUCKET_KEY").split()).partition(" ")
    return key, secret


def _heads_url(own: Mapping[str, str]) -> str:
    """Where the journal's heads are published; an address may hold a key and is not repeated."""
    given = _secret(own, "HEADS_URL")
    if given and not given.startswith(("https://", "http://")):
        raise SettingsError(f"{PREFIX}HEADS_URL must begin with https:// or http://")
    if given and len(_secret(own, "HEADS_SECRET")) < SHORTEST_SECRET:
        raise SettingsError(
            f"{PREFIX}HEADS_URL needs {PREFIX}HEADS_SECRET_FILE with {SHORTEST_SECRET} or more "
            "characters, so that its receiver can tell us from others"
        )
    return given


def _pages_url(own: Mapping[str, str]) -> str:
    """Where people reach our pages from outside, without a slash at its end."""
    given = own.get("PAGES_URL", "").strip().rstrip("/")
    parts = urlsplit(given)
    if given and (parts.scheme not in {"https", "http"} or not parts.netloc or parts.query):
        raise SettingsError(
            f"{PREFIX}PAGES_URL must be an address such as https://paidan.example, not {given!r}"
        )
    return given


def _one_of(own: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """The first of those known where nothing is said."""
    value = own.get(name) or known[0]
    if value not in known:
        raise SettingsError(f"{PREFIX}{name} must be {' or '.join(known)}, not {value!r}")
    return value


def _secret(own: Mapping[str, str], name: str) -> str:
    """From a file, or from the environment itself for trials."""
    if file := own.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as no:
            raise SettingsError(f"{PREFIX}{name}_FILE cannot be read: {no}") from no
    return own.get(name, "").strip()


def _whole(own: Mapping[str, str], name: str, default: int) -> int:
    value = own.get(name, "")
    if value and not value.isdecimal():
        raise SettingsError(f"{PREFIX}{name} must be a whole number, not {value!r}")
    return int(value) if value else default
