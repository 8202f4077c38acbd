"""Every way the Bot API says no, in its own words (messaging.md 1.2 and 1.5)."""

import re
from enum import StrEnum
from typing import Any

_PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


class Refusal(Exception):  # noqa: N818 - the product's own word for an error that is an answer
    """An answer with `ok: false`: its code, the bare message, and `parameters` if any."""

    def __init__(self, code: int, message: str = "", **parameters: int) -> None:
        super().__init__(message)
        self.code, self.message, self.parameters = code, message, parameters


def fail(refusal: Refusal) -> dict[str, Any]:
    """The JSON of a refusal: the one place where descriptions are made (messaging.md 1.2)."""
    code, message = refusal.code, refusal.message
    if code == 403 and re.fullmatch(r"[A-Z0-9_]+", message):
        code = 400
    if message and not re.match(r".[_A-Z]", message, re.DOTALL):
        message = message[0].lower() + message[1:]
    prefix = _PREFIXES[code]
    answer: dict[str, Any] = {
        "ok": False,
        "error_code": code,
        "description": f"{prefix}: {message}" if message else prefix,
    }
    if refusal.parameters:
        answer["parameters"] = dict(refusal.parameters)
    return answer


def bad(message: str) -> Refusal:
    return Refusal(400, message)


def forbidden(message: str) -> Refusal:
    return Refusal(403, message)


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"retry after {seconds}", retry_after=seconds)


def missing(parameter: str) -> Refusal:
    return bad(f'parameter "{parameter}" is required')


class Words(StrEnum):
    """Messages that have no variable part."""

    CHAT_EMPTY = "Chat_id is empty"
    CHAT_UNKNOWN = "Chat not found"
    NEVER_STARTED = "bot can't initiate conversation with a user"
    BLOCKED = "bot was blocked by the user"
    DEACTIVATED = "user is deactivated"
    TO_A_BOT = "the bot can't send messages to the bot"
    KICKED_GROUP = "bot was kicked from the group chat"
    KICKED_SUPERGROUP = "bot was kicked from the supergroup chat"
    UPGRADED = "group chat was upgraded to a supergroup chat"
    TEXT_EMPTY = "message text is empty"
    TEXT_BLANK = "text must be non-empty"
    TEXT_LONG_RAW = "text is too long"
    TEXT_LONG = "Message is too long"
    EDIT_LONG = "MESSAGE_TOO_LONG"
    CAPTION_LONG = "message caption is too long"
    PARSE_MODE = "unsupported parse_mode"
    NOT_MODIFIED = (
        "Message is not modified: specified new message content and reply markup are exactly"
        " the same as a current content and reply markup of the message"
    )
    REPLY_GONE = "message to be replied not found"
    NO_EDIT = "message can't be edited"
    NO_TEXT = "there is no text in the message to edit"
    NO_CAPTION = "there is no caption in the message to edit"
    NO_MEDIA_EDIT = "message media can't be edited"
    INLINE_EXPECTED = "inline keyboard expected"
    NO_DELETE = "message can't be deleted"
    NO_DELETE_FOR_ALL = "message can't be deleted for everyone"
    LOCATION_PRIVATE = "location can be requested in private chats only"
    CONTACT_PRIVATE = "phone number can be requested in private chats only"
    QUERY_OLD = "query is too old and response timeout expired or query ID is invalid"
    ANSWER_LONG = "MESSAGE_TOO_LONG"
    FILE_ID_EMPTY = "file_id not specified"
    FILE_ID_BAD = "invalid file_id"
    FILE_BIG = "file is too big"
    ALBUM_LONG = "too many messages to send as an album"
    ALBUM_EMPTY = "there are no messages to send"
    REACTION = "REACTION_INVALID"
    ACTION = "wrong parameter action in request"
    COMMAND = "BOT_COMMAND_INVALID"
    PROTECTED = "message has protected content and can't be forwarded"
    LOGGED_OUT = "Logged out"
    SECRET_CHARACTERS = "secret token contains unallowed characters"  # noqa: S105 - words, not one
    SECRET_LONG = "secret token is too long"  # noqa: S105 - words, not a secret
    POLLED_TWICE = (
        "terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    POLLED_WITH_HOOK = (
        "can't use getUpdates method while webhook is active;"
        " use deleteWebhook to delete the webhook first"
    )
    POLL_ENDED_BY_HOOK = "terminated by setWebhook request"


def not_found(purpose: str) -> Refusal:
    """`purpose`: edit, delete, pin, react, forward, copy."""
    return bad(f"message to {purpose} not found")
