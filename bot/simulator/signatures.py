"""Every supported method with its parameters and their types; what is not listed is our mistake.

A name ending in `!` is required. Types: t text, i whole number, n number, b boolean, c chat,
j JSON, f file. Older spellings that the server still understands are listed too.
"""

import json

from bot.simulator.wire import Arguments

_QUIET = "disable_notification:b protect_content:b"
_SEND = (
    f"business_connection_id:t chat_id!:c message_thread_id:i direct_messages_topic_id:i {_QUIET}"
    " allow_paid_broadcast:b message_effect_id:t suggested_post_parameters:j reply_parameters:j"
    " reply_to_message_id:i allow_sending_without_reply:b receiver_user_id:i"
)
_MARKUP = "reply_markup:j"
_CAPTION = "caption:t parse_mode:t caption_entities:j show_caption_above_media:b"
_TARGET = "business_connection_id:t chat_id:c message_id:i inline_message_id:t"
_PREVIEW = "link_preview_options:j disable_web_page_preview:b"
_COMMANDS = "scope:j language_code:t"
_FROM = f"chat_id!:c from_chat_id!:c message_id!:i message_thread_id:i {_QUIET}"

_TABLE = {
    "getMe": "",
    "getUpdates": "offset:i limit:i timeout:i allowed_updates:j",
    "setWebhook": "url:t certificate:f ip_address:t max_connections:i allowed_updates:j"
    " drop_pending_updates:b secret_token:t",
    "deleteWebhook": "drop_pending_updates:b",
    "getWebhookInfo": "",
    "sendMessage": f"{_SEND} {_MARKUP} text!:t parse_mode:t entities:j {_PREVIEW}",
    "sendPhoto": f"{_SEND} {_MARKUP} {_CAPTION} photo!:f has_spoiler:b",
    "sendDocument": f"{_SEND} {_MARKUP} {_CAPTION} document!:f thumbnail:f"
    " disable_content_type_detection:b",
    "sendMediaGroup": f"{_SEND} media!:j",
    "sendLocation": f"{_SEND} {_MARKUP} latitude!:n longitude!:n horizontal_accuracy:n"
    " live_period:i heading:i proximity_alert_radius:i",
    "sendVenue": f"{_SEND} {_MARKUP} latitude!:n longitude!:n title!:t address!:t"
    " foursquare_id:t foursquare_type:t google_place_id:t google_place_type:t",
    "sendChatAction": "business_connection_id:t chat_id!:c message_thread_id:i action!:t",
    "editMessageText": f"{_TARGET} {_MARKUP} text!:t parse_mode:t entities:j {_PREVIEW}",
    "editMessageCaption": f"{_TARGET} {_MARKUP} {_CAPTION}",
    "editMessageMedia": f"{_TARGET} {_MARKUP} media!:j",
    "editMessageReplyMarkup": f"{_TARGET} {_MARKUP}",
    "deleteMessage": "chat_id!:c message_id!:i",
    "deleteMessages": "chat_id!:c message_ids!:j",
    "pinChatMessage": "business_connection_id:t chat_id!:c message_id!:i disable_notification:b",
    "unpinChatMessage": "business_connection_id:t chat_id!:c message_id:i",
    "unpinAllChatMessages": "chat_id!:c",
    "answerCallbackQuery": "callback_query_id!:t text:t show_alert:b url:t cache_time:i",
    "getFile": "file_id!:t",
    "setMyCommands": f"commands!:j {_COMMANDS}",
    "getMyCommands": _COMMANDS,
    "deleteMyCommands": _COMMANDS,
    "setMyDescription": "description:t language_code:t",
    "getMyDescription": "language_code:t",
    "setMyShortDescription": "short_description:t language_code:t",
    "getMyShortDescription": "language_code:t",
    "setMyName": "name:t language_code:t",
    "getMyName": "language_code:t",
    "setChatMenuButton": "chat_id:i menu_button:j",
    "getChatMenuButton": "chat_id:i",
    "setMessageReaction": "chat_id!:c message_id!:i reaction:j is_big:b",
    "forwardMessage": f"{_FROM} direct_messages_topic_id:i video_start_timestamp:i"
    " message_effect_id:t suggested_post_parameters:j",
    "copyMessage": f"{_SEND} {_FROM} {_CAPTION} {_MARKUP} video_start_timestamp:i",
    "getChat": "chat_id!:c",
    "getChatMember": "chat_id!:c user_id!:i",
    "close": "",
    "logOut": "",
}


def _read(line: str) -> dict[str, tuple[str, bool]]:
    pairs = (entry.rsplit(":", 1) for entry in line.split())
    return {name.rstrip("!"): (kind, name.endswith("!")) for name, kind in pairs}


#: Method -> parameter -> (type letter, required).
SIGNATURES = {method: _read(line) for method, line in _TABLE.items()}
#: Any spelling of a method's name -> its true name: names are case-insensitive.
NAMES = {method.lower(): method for method in SIGNATURES}


def complaints(method: str, args: Arguments) -> list[str]:
    """What the real server would pass over in silence: unknown and mistyped parameters."""
    known = SIGNATURES[method]
    attached = " ".join(args.values.values())
    found = [
        f"unknown parameter {name}"
        for name in (*args.values, *args.uploads)
        if name not in known and name != "method" and f"attach://{name}" not in attached
    ]
    for name, value in args.values.items():
        kind = known.get(name, ("t", False))[0]
        if not _fits(kind, value):
            found.append(f"parameter {name} is not {_KINDS[kind]}: {value[:60]}")
    required = (name for name, (_, needed) in known.items() if needed)
    gone = (name for name in required if not args.text(name) and name not in args.uploads)
    return found + [f"required parameter {name} is missing" for name in gone]


_KINDS = {"i": "a whole number", "n": "a number", "b": "a boolean", "j": "JSON", "c": "a chat"}


def _fits(kind: str, value: str) -> bool:
    if not value:
        return True
    match kind:
        case "i":
            return value.lstrip("+-").isdecimal()
        case "b":
            return value.lower() in {"true", "false", "yes", "no", "1", "0"}
        case "c":
            return value.startswith("@") or value.lstrip("-").isdecimal()
        case "n" | "j":
            return _is_json(value)
    return True


def _is_json(value: str) -> bool:
    try:
        json.loads(value)
    except ValueError:
        return False
    return True
