"""What the inbox must know of an update before anybody understands it: its id and its chat."""

from collections.abc import Iterator
from typing import Any, Final

from workflows.rails import Incoming

_LARGEST_ID: Final = 2**63 - 1


class NoEnvelopeError(ValueError):
    """Not an update: it has no id to keep it under."""


def envelope(update: Any, raw: str) -> Incoming:
    """The id and the chat whose order counts ("" if unknown). Raises NoEnvelopeError."""
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= _LARGEST_ID:
        raise NoEnvelopeError("no update_id")
    chat = next((each for each in _chats(update) if isinstance(each, int)), "")
    return Incoming(raw_id=str(number), chat=str(chat), raw=raw)


def _chats(update: dict[str, Any]) -> Iterator[Any]:
    """Where a chat's id may stand, best first; a press belongs to the chat of its message."""
    content = next((each for each in update.values() if isinstance(each, dict)), {})
    message = content.get("message")
    for holder in (content, message):
        chat = holder.get("chat") if isinstance(holder, dict) else None
        if isinstance(chat, dict):
            yield chat.get("id")
    sender = content.get("from")
    if isinstance(sender, dict):
        yield sender.get("id")
