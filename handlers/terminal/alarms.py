"""How the auditor reaches those on watch, from the environment; nothing secret is ever printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from handlers.terminal.settings import PREFIX, SHORTEST_SECRET, SettingsError, _secret, _whole

SECURITY: Final = {"starttls": 587, "tls": 465, "plain": 25}
"""Ways to a mail server, each with the port that is meant where none is named."""

LANGUAGES: Final = ("zh", "en")
METHODS: Final = ("GET", "POST")
PAGES: Final = "docs/operations/runbook/"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """`PAIDAN_MAIL=starttls://user@mail.example.org:587`, and who writes to whom."""

    security: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str
    receivers: tuple[str, ...]
    ca: Path | None


@dataclass(frozen=True, slots=True)
class AlarmSettings:
    """Both channels may be missing: then only the exit code, the log and the heartbeat tell."""

    mail: MailSettings | None = None
    webhook_url: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    heartbeat_url: str = field(default="", repr=False)
    heartbeat_method: str = "GET"
    notebook: Path = Path("data/audit.json")
    language: str = "zh"
    pages: str = PAGES
    repeat_minutes: int = 60
    every_seconds: int = 60

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "AlarmSettings":
        """Raises SettingsError, which names the setting and never its value if that is secret."""
        own = {k.removeprefix(PREFIX): v for k, v in environment.items() if k.startswith(PREFIX)}
        return cls(
            mail=_mail(own),
            webhook_url=_url(own, "ALARM_URL"),
            webhook_secret=_long_enough(own),
            heartbeat_url=_url(own, "HEARTBEAT_URL"),
            heartbeat_method=_one_of(own, "HEARTBEAT_METHOD", METHODS),
            notebook=Path(own.get("AUDIT_NOTEBOOK", "data/audit.json")),
            language=_one_of(own, "ALARM_LANGUAGE", LANGUAGES),
            pages=own.get("RUNBOOK_URL", PAGES).rstrip("/") + "/",
            repeat_minutes=_positive(own, "ALARM_REPEAT_MINUTES", 60),
            every_seconds=_positive(own, "AUDIT_SECONDS", 60),
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not stand in any log line; whoever knows these addresses may use them."""
        password = self.mail.password if self.mail else ""
        return (password, self.webhook_secret, self.webhook_url, self.heartbeat_url)


def _mail(own: Mapping[str, str]) -> MailSettings | None:
    given = own.get("MAIL", "")
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in SECURITY or not parts.hostname or parts.password:
        raise SettingsError(
            f"{PREFIX}MAIL must look like starttls://user@mail.example.org:587 (or tls://, "
            f"plain://); the password goes into the file that {PREFIX}MAIL_PASSWORD_FILE names"
        )
    receivers = tuple(own.get("MAIL_TO", "").replace(",", " ").split())
    sender = own.get("MAIL_FROM", "").strip()
    if not receivers or not all("@" in one for one in (sender, *receivers)):
        raise SettingsError(f"{PREFIX}MAIL needs {PREFIX}MAIL_FROM and {PREFIX}MAIL_TO, addresses")
    ca = own.get("MAIL_CA_FILE")
    if ca and not Path(ca).is_file():
        raise SettingsError(f"{PREFIX}MAIL_CA_FILE cannot be read: {ca}")
    return MailSettings(
        security=parts.scheme,
        host=parts.hostname,
        port=parts.port or SECURITY[parts.scheme],
        user=parts.username or "",
        password=_secret(own, "MAIL_PASSWORD"),
        sender=sender,
        receivers=receivers,
        ca=Path(ca) if ca else None,
    )


def _url(own: Mapping[str, str], name: str) -> str:
    """An address may hold a key: a wrong one is not repeated."""
    given = _secret(own, name)
    if given and not given.startswith(("https://", "http://")):
        raise SettingsError(f"{PREFIX}{name} must begin with https:// or http://")
    return given


def _long_enough(own: Mapping[str, str]) -> str:
    secret = _secret(own, "ALARM_SECRET")
    is_wanted = own.get("ALARM_URL") or own.get("ALARM_URL_FILE")
    if is_wanted and len(secret) < SHORTEST_SECRET:
        raise SettingsError(
            f"{PREFIX}ALARM_URL needs {PREFIX}ALARM_SECRET_FILE with {SHORTEST_SECRET} or "
            "more characters, so that its receiver can tell us from others"
        )
    return secret


def _one_of(own: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    given = own.get(name, known[0])
    if given not in known:
        raise SettingsError(f"{PREFIX}{name} must be one of {', '.join(known)}, not {given!r}")
    return given


def _positive(own: Mapping[str, str], name: str, default: int) -> int:
    value = _whole(own, name, default)
    if value < 1:
        raise SettingsError(f"{PREFIX}{name} must be 1 or more")
    return value
