"""The bot's token never reaches a log line, an error text or a page (durability.md 5)."""

import logging
import re
from types import TracebackType
from typing import Final

HIDDEN: Final = "<token>"
_IN_URL: Final = re.compile(r"(?<=/bot)\d+(?::|%3[Aa])[^/\s\"'<>]+")
_BARE: Final = re.compile(r"(?<![\w-])\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{16,}")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def redact(text: str) -> str:
    """The text with everything that looks like a bot token replaced."""
    return _BARE.sub(HIDDEN, _IN_URL.sub(HIDDEN, text))


class TokenFilter(logging.Filter):
    """Takes tokens out of a record's words. Belongs on handlers: loggers do not pass it down."""

    def filter(self, record: logging.LogRecord) -> bool:
        words = record.getMessage()
        if (safe := redact(words)) != words:
            record.msg, record.args = safe, ()
        return True


class SafeFormatter(logging.Formatter):
    """Takes tokens out of tracebacks as well, and of anything else a format may add."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name is logging's
        return redact(super().formatException(ei))

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def guard(handler: logging.Handler, pattern: str | None = None) -> logging.Handler:
    """The handler, unable to write a token from now on."""
    handler.addFilter(TokenFilter())
    handler.setFormatter(SafeFormatter(pattern))
    return handler
