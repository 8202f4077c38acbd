"""How parameters arrive: query, url-encoded form, JSON or multipart (messaging.md 1.1)."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.simulator.errors import Refusal, bad, missing

BODY_BYTES = 60 << 20
PARAMETER_BYTES = 1 << 20
FILES = 50


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    data: bytes


@dataclass(slots=True)
class Arguments:
    """All parameters of one call as text, and its uploaded parts."""

    values: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def has(self, name: str) -> bool:
        return name in self.values

    def need(self, name: str) -> str:
        """The text of a parameter; refuses when it is absent or empty."""
        if not (value := self.text(name)):
            raise missing(name)
        return value

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def whole(
        self, name: str, default: int = 0, *, low: int | None = None, high: int | None = None
    ) -> int:
        """A whole number, clamped and never refused; nonsense counts as 0."""
        raw = self.text(name).strip()
        if not raw:
            return default
        value = int(raw) if raw.lstrip("+-").isdecimal() else 0
        value = value if low is None else max(low, value)
        return value if high is None else min(high, value)

    def number(self, name: str) -> float:
        raw = self.need(name)
        try:
            return float(raw)
        except ValueError:
            raise bad(f'parameter "{name}" is invalid') from None

    def parsed(self, name: str) -> Any:
        """The JSON inside a parameter; None when it is absent; ValueError when it is none."""
        raw = self.text(name).strip()
        return json.loads(raw) if raw else None

    def an_object(self, name: str, refusal: str) -> dict[str, Any]:
        """A JSON object; empty when absent, refused in these words when it is something else."""
        value: dict[str, Any] = self._shaped(name, refusal, dict)
        return value

    def a_list(self, name: str, refusal: str) -> list[Any]:
        """A JSON array; empty when absent, refused in these words when it is something else."""
        value: list[Any] = self._shaped(name, refusal, list)
        return value

    def _shaped(self, name: str, refusal: str, shape: type) -> Any:
        try:
            value = self.parsed(name)
        except ValueError:
            raise bad(refusal) from None
        if value is None:
            return shape()
        if not isinstance(value, shape):
            raise bad(refusal)
        return value


async def decode(request: web.Request) -> Arguments:
    """Read whatever form a client chose; an unknown content type leaves only the query."""
    arguments = Arguments(dict(request.query))
    try:
        match request.content_type:
            case "application/x-www-form-urlencoded" | "multipart/form-data":
                await _take_form(request, arguments)
            case "application/json":
                _take_json(await request.read(), arguments)
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413) from None
    if sum(len(each.encode()) for each in arguments.values.values()) > PARAMETER_BYTES:
        raise Refusal(413)
    return arguments


async def _take_form(request: web.Request, arguments: Arguments) -> None:
    for name, value in (await request.post()).items():
        if isinstance(value, str):
            arguments.values[name] = value
        elif isinstance(value, bytes | bytearray):
            arguments.uploads[name] = Upload("", bytes(value))
        else:
            arguments.uploads[name] = Upload(value.filename, value.file.read())
    if len(arguments.uploads) > FILES:
        raise Refusal(413)


def _take_json(body: bytes, arguments: Arguments) -> None:
    if not body.strip():
        return
    try:
        given = json.loads(body)
    except ValueError:
        raise bad("can't parse JSON object in the request body") from None
    if not isinstance(given, dict):
        raise bad("can't parse JSON object in the request body")
    for name, value in given.items():
        if value is not None:
            arguments.values[name] = _as_text(value)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def arguments_of(body: bytes, content_type: str) -> Arguments | None:
    """The call inside a webhook's answer; None when there is none that can be read."""
    arguments = Arguments()
    try:
        if content_type == "application/x-www-form-urlencoded":
            arguments.values.update(parse_qsl(body.decode(), keep_blank_values=True))
        else:
            _take_json(body, arguments)
    except (Refusal, ValueError):
        return None
    return arguments
