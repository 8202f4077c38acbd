"""Settings of one deployment, from the environment; every mistake says what would be right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PREFIX: Final = "PAIDAN_"
DEFAULT_DATABASE: Final = "sqlite+aiosqlite:///data/paidan.db"


class SettingsError(Exception):
    """A setting is missing or cannot be meant."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how the outside reaches us.

    Secrets are read from files (`PAIDAN_TOKEN_FILE`, `PAIDAN_WEBHOOK_SECRET_FILE`), since an
    environment is printed by every second tool. Without `webhook_url` updates are polled.
    """

    database: str = field(default=DEFAULT_DATABASE, repr=False)
    token: str = field(default="", repr=False)
    server: str = ""
    photos: Path = Path("data/photos")
    policy: Path | None = None
    profile: str = "lean"
    host: str = "127.0.0.1"
    port: int = 8080
    webhook_url: str = ""
    webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    poll_seconds: int = 25

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
            policy=Path(policy) if policy else None,
            profile=own.get("PROFILE", "lean"),
            host=own.get("HOST", "127.0.0.1"),
            port=_whole(own, "PORT", 8080),
            webhook_url=own.get("WEBHOOK_URL", ""),
            webhook_secrets=tuple(_secret(own, "WEBHOOK_SECRET").split()),
            poll_seconds=_whole(own, "POLL_SECONDS", 25),
        )


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
