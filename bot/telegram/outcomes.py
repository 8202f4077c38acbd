"""What became of a call: every way it can fail, and what that means for the message.

The table is durability.md 2.2 (Outbox and sending) with the holes of messaging.md 3.3.
"""

import re
from datetime import timedelta
from typing import Any, Final

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from bot.chat import Delivery, Outcome
from bot.telegram.redaction import redact
from workflows.notices import Address

TRANSPORT: Final = "telegram"

_WAIT: Final = re.compile(r"retry after (\d+)", re.IGNORECASE)
_SAME: Final = ("message is not modified",)
_NOT_EDITABLE: Final = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
    "message identifier is not specified",
)
_NOBODY_THERE: Final = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "input_user_deactivated",
    "user_is_blocked",
    "chat_write_forbidden",
    "not enough rights to send",
    "have no rights to send",
)
_BY_PREFIX: Final = (
    ("too many requests", Outcome.RETRY),
    ("conflict", Outcome.RETRY),
    ("unauthorized", Outcome.STOP),
    ("forbidden", Outcome.UNREACHABLE),
    ("not found: method", Outcome.FINAL),
    ("not found", Outcome.STOP),
    ("request entity too large", Outcome.BAD_CONTENT),
    ("internal server error", Outcome.UNKNOWN),
)
_BY_TYPE: Final[tuple[tuple[type[Exception], Outcome], ...]] = (
    (TelegramUnauthorizedError, Outcome.STOP),
    (TelegramForbiddenError, Outcome.UNREACHABLE),
    (TelegramEntityTooLarge, Outcome.BAD_CONTENT),  # before its parent, the network error
    (TelegramServerError, Outcome.UNKNOWN),
    (TelegramConflictError, Outcome.RETRY),
)


def told(error: BaseException, *, most: int = 300) -> str:
    """One line about an exception, fit for a log or a row: no token, nothing people wrote."""
    if isinstance(error, ClientDecodeError):  # its words quote the whole reply
        return f"unreadable reply: {type(error.original).__name__}"
    words = " ".join(redact(str(error)).split())
    return f"{type(error).__name__}: {words}"[:most] if words else type(error).__name__


def verdict(error: Exception) -> Delivery:
    """The meaning of a failed call; anything unheard of is UNKNOWN, so it is not sent twice.

    A reply that arrived but could not be read is DELIVERED, with the ids that can be read.
    """
    why = told(error)
    match error:
        case TelegramRetryAfter():
            return Delivery(Outcome.RETRY, after=timedelta(seconds=error.retry_after), why=why)
        case TelegramMigrateToChat():
            moved = Address(TRANSPORT, str(error.migrate_to_chat_id))
            return Delivery(Outcome.MOVED, moved_to=moved, why=why)
        case ClientDecodeError():
            return _unreadable(error)
        case TelegramNotFound():
            return _by_words(error.message, why)
    if type(error) is TelegramAPIError:
        return _by_words(error.message, why)
    return Delivery(_outcome(error), why=why)


def _outcome(error: Exception) -> Outcome:
    for kind, outcome in _BY_TYPE:
        if isinstance(error, kind):
            return outcome
    if isinstance(error, TelegramNetworkError):
        return _network(error)
    return _refusal(error.message) if isinstance(error, TelegramBadRequest) else Outcome.UNKNOWN


def _network(error: TelegramNetworkError) -> Outcome:
    """Nothing left the house if there was no connection; after that nobody knows."""
    never_left = isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError)
    return Outcome.RETRY if never_left else Outcome.UNKNOWN


def _refusal(words: str) -> Outcome:
    said = words.lower()
    for phrases, outcome in (
        (_SAME, Outcome.ALREADY_SO),
        (_NOT_EDITABLE, Outcome.GONE),
        (_NOBODY_THERE, Outcome.UNREACHABLE),
    ):
        if any(phrase in said for phrase in phrases):
            return outcome
    return Outcome.BAD_CONTENT


def _by_words(words: str | None, why: str) -> Delivery:
    """For answers whose status aiogram does not tell us: the description's prefix decides."""
    said = (words or "").lower()
    if said.startswith("bad request"):
        return Delivery(_refusal(said), why=why)
    for prefix, outcome in _BY_PREFIX:
        if said.startswith(prefix):
            wait = _WAIT.search(said) if outcome is Outcome.RETRY else None
            after = timedelta(seconds=int(wait[1])) if wait and int(wait[1]) else None
            return Delivery(outcome, after=after, why=why)
    return Delivery(Outcome.UNKNOWN, why=why)


def _unreadable(error: ClientDecodeError) -> Delivery:
    """A reply we cannot read, but may know something of."""
    why = told(error)
    data: Any = error.data
    if not isinstance(data, dict):
        return Delivery(Outcome.UNKNOWN, why=why)
    if data.get("ok") is False:
        return _by_words(str(data.get("description") or ""), why)
    if data.get("ok") is not True:
        return Delivery(Outcome.UNKNOWN, why=why)
    result = data.get("result")
    messages = result if isinstance(result, list) else [result]
    ids = [each.get("message_id") for each in messages if isinstance(each, dict)]
    keys = tuple(str(each) for each in ids if isinstance(each, int))
    return Delivery(Outcome.DELIVERED, keys=keys, why=why)
