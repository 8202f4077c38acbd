"""Log lines for people or for programs: one an event, in UTC, nothing secret in any of them."""

import json
import logging
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final

from bot.telegram.redaction import ExcInfo, SafeFormatter, redact

SHORTEST_SECRET: Final = 8
"""A shorter one would take ordinary words with it; in a URL it is hidden whatever its length."""

HIDDEN: Final = "<secret>"
NUMBER: Final = "<number>"

_PASSWORD: Final = re.compile(r"(?<=://)([^\s:/@]*):[^\s@]*(?=@)")
_HEADER: Final = re.compile(
    r"(?i)(secret[-_]token\W{1,4}|authorization\W{1,4}(?:\w+ )?)[\w.~+/=-]+"
)
_IDENTITY: Final = re.compile(r"(?<![\dA-Za-z])\d{6}(?:18|19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?!\w)")
_MOBILE: Final = re.compile(
    r"(?<![\dA-Za-z.])(?:(?:\+|00)?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?!\d)"
)
_LANDLINE: Final = re.compile(r"(?<![\w-])\(?0\d{2,3}[-)\s]\s?\d{7,8}(?:-\d{1,6})?(?![\d-])")
_NAMED: Final = re.compile(r"([A-Za-z][A-Za-z-]*) %s")

NARROW: Final = str.maketrans("０１２３４５６７８９－＋", "0123456789-+")
"""Digits as Chinese input methods also write them."""

IDS: Final[Mapping[str, str]] = {
    "case": "case",
    "update": "update",
    "timer": "timer",
    "photo": "photo",
    "message": "outbox",
    "call-out": "call_out",
}
"""Words before a value in a log call that make it a field of its own, and the field's name."""


FIELDS: Final = frozenset(IDS.values())


@dataclass(slots=True)
class Redactor:
    """Takes out tokens, passwords, the settings' own secrets, telephone and identity numbers."""

    _secrets: list[str] = field(default_factory=list)

    def hide(self, secrets: Iterable[str]) -> None:
        """From now on these words are hidden too, the longest first."""
        known = {*self._secrets, *(each for each in secrets if len(each) >= SHORTEST_SECRET)}
        self._secrets = sorted(known, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        text = text.translate(NARROW)
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        text = _PASSWORD.sub(rf"\1:{HIDDEN}", redact(text))
        text = _HEADER.sub(rf"\1{HIDDEN}", text)
        for personal in (_IDENTITY, _MOBILE, _LANDLINE):
            text = personal.sub(NUMBER, text)
        return text


class PlainLines(SafeFormatter):
    """For people: time, level, who says it, what."""

    converter = staticmethod(time.gmtime)

    def __init__(self, redactor: Redactor) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor(super().format(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name is logging's
        """Kept on the record for other handlers, so it must be clean already."""
        return self._redactor(super().formatException(ei))


class JsonLines(PlainLines):
    """For programs: one object a line.

    `event` is the sentence without its values and stays the same for the same event; `message`
    is the whole sentence; ids that the sentence names are fields of their own.
    """

    def format(self, record: logging.LogRecord) -> str:
        told = {key: self._clean(value) for key, value in self._fields(record)}
        return json.dumps(told, ensure_ascii=False)

    def _clean(self, value: Any) -> Any:
        return self._redactor(value) if isinstance(value, str) else value

    def _fields(self, record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
        at = datetime.fromtimestamp(record.created, UTC)
        yield "at", at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        yield "level", record.levelname.lower()
        yield "logger", record.name
        yield "event", str(record.msg).replace("%s", "…")
        yield "message", record.getMessage()
        yield from _ids(record).items()
        if record.exc_info and record.exc_info[0] is not None:
            yield "error", record.exc_info[0].__name__
            yield "traceback", self.formatException(record.exc_info)
        if record.stack_info:
            yield "stack", self.formatStack(record.stack_info)


def _ids(record: logging.LogRecord) -> Mapping[str, Any]:
    """Named in the sentence (`timer %s of case %s failed`) or given with `extra`."""
    extra = {name: value for name, value in vars(record).items() if name in FIELDS}
    template, args = str(record.msg), record.args
    if not isinstance(args, tuple) or template.count("%") != template.count("%s"):
        return extra
    places = [match.start() for match in re.finditer("%s", template)]
    named = {
        IDS[match[1]]: args[places.index(match.end() - 2)]
        for match in _NAMED.finditer(template)
        if match[1] in IDS and places.index(match.end() - 2) < len(args)
    }
    return {name: _plain(value) for name, value in {**extra, **named}.items()}


def _plain(value: Any) -> int | str:
    return value if isinstance(value, int) else str(value)


FORMATS: Final[Mapping[str, type[PlainLines]]] = {"plain": PlainLines, "json": JsonLines}


def listen_to_logs(*, loud: bool, log: str = "plain", secrets: Iterable[str] = ()) -> None:
    """Every line on standard error, this process's last words included."""
    redactor = Redactor()
    redactor.hide(secrets)
    handler = logging.StreamHandler()
    handler.setFormatter(FORMATS[log](redactor))
    level = logging.INFO if loud else logging.WARNING
    logging.basicConfig(level=level, handlers=[handler])
    logging.getLogger("aiogram.event").setLevel(logging.WARNING)
    sys.excepthook = _last_words


def _last_words(
    kind: type[BaseException], fault: BaseException, where: TracebackType | None
) -> None:
    """What Python would print as it is."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, fault, where)
        return
    logging.getLogger("paidan").critical("ended by an error", exc_info=(kind, fault, where))
