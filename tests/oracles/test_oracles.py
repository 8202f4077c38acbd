"""The two judges find what a careless simulator would get wrong."""

from typing import Any

import pytest

from tests.oracles import check, models, schema

WANG = {"id": 7, "is_bot": False, "first_name": "王磊"}
CHAT = {"id": 7, "type": "private", "first_name": "王磊"}


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 1_700_000_000, "chat": CHAT, "from": WANG, **more}


def update(**more: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": message(text="你好", **more)}


@pytest.fixture
def described() -> schema.Schema:
    found = schema.load()
    if found is None:
        pytest.skip(schema.DID_NOT_RUN)
    return found


def test_a_good_update_passes_both() -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 1}]
    assert check("update", "message", update(entities=entities)) == []


def test_the_old_forward_fields_are_welcome() -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "李"}
    old = {"forward_sender_name": "李", "forward_date": 1}
    assert check("update", "message", update(forward_origin=origin, **old)) == []


def test_a_missing_chat_is_found_by_both(described: schema.Schema) -> None:
    given = update()
    del given["message"]["chat"]
    assert described.update(given) == ["update.message.chat: missing in Message"]
    assert models.update(given) == ["update.message.chat: Field required (aiogram)"]


def test_an_unknown_key_is_found_by_both(described: schema.Schema) -> None:
    given = update(silent=True)
    assert described.update(given) == ["update.message.silent: unknown in Message"]
    assert models.update(given) == ["update.message.silent: unknown to aiogram"]


def test_a_date_as_a_string_is_found(described: schema.Schema) -> None:
    given = update(date="1700000000")
    assert described.update(given) == ["update.message.date: '1700000000' is no Integer"]


def test_a_switch_is_no_number(described: schema.Schema) -> None:
    assert described.reply("sendMessage", message(message_id=True)) == [
        "sendMessage.message_id: True is no Integer"
    ]


def test_an_unknown_member_of_a_union_is_found(described: schema.Schema) -> None:
    given = update(forward_origin={"type": "teleported", "date": 1, "sender_user_name": "李"})
    assert described.update(given) == [
        "update.message.forward_origin.type: 'teleported' is not 'hidden_user'"
    ]
    assert models.update(given) != []


def test_a_message_that_is_gone_is_told_from_one_that_is_not(described: schema.Schema) -> None:
    press = {"id": "1", "from": WANG, "chat_instance": "1", "data": "x"}
    gone = {"message_id": 1, "chat": CHAT, "date": 0}
    given = {"update_id": 1, "callback_query": {**press, "message": gone}}
    assert check("update", "callback_query", given) == []
    assert described.update(given) == []


@pytest.mark.parametrize(
    ("method", "result"),
    [
        ("getMe", {"id": 9, "is_bot": True, "first_name": "派单", "username": "paidan_bot"}),
        ("sendmediagroup", [message(), message(photo=[])]),
        ("answerCallbackQuery", True),
        ("editMessageText", True),
        ("editMessageText", message(text="x")),
        ("deleteMessage", True),
    ],
)
def test_good_replies_pass_both(method: str, result: Any) -> None:
    assert check("reply", method, result) == []


def test_a_wrong_reply_is_found() -> None:
    assert check("reply", "sendMessage", True) != []
    assert check("reply", "getUpdates", [{"update_id": "one"}]) != []
    assert check("reply", "inventMessage", True) != []


def test_a_call_lacks_nothing_and_invents_nothing(described: schema.Schema) -> None:
    good = {"chat_id": "7", "text": "x", "disable_web_page_preview": "true"}
    assert check("call", "sendMessage", good) == []
    assert described.call("sendMessage", {"chat_id": 7, "silent": True}) == [
        "sendMessage.text: missing",
        "sendMessage.silent: unknown",
    ]
    assert models.call("sendMessage", {"chat_id": 7, "silent": True}) == [
        "sendMessage.text: missing for aiogram",
        "sendMessage.silent: unknown to aiogram",
    ]


def test_objects_inside_a_call_are_judged(described: schema.Schema) -> None:
    markup = {"inline_keyboard": [[{"text": "签收", "colour": "red"}]]}
    given = {"chat_id": 7, "text": "x", "reply_markup": markup}
    assert described.call("sendMessage", given) == [
        "sendMessage.reply_markup.inline_keyboard[0][0].colour: unknown in InlineKeyboardButton"
    ]


def test_objects_as_text_are_judged_too(described: schema.Schema) -> None:
    given = {"chat_id": "7", "text": "x", "reply_parameters": '{"message": 1}'}
    assert described.call("sendMessage", given) == [
        "sendMessage.reply_parameters.message_id: missing in ReplyParameters",
        "sendMessage.reply_parameters.message: unknown in ReplyParameters",
    ]
    broken = {"chat_id": "7", "text": "x", "reply_markup": "{"}
    assert described.call("sendMessage", broken) == ["sendMessage.reply_markup: no JSON"]


def test_parts_that_a_client_names_itself_are_no_parameters() -> None:
    media = '[{"type": "photo", "media": "attach://a1b2"}]'
    given = {"chat_id": "7", "media": media, "a1b2": "<9 bytes>"}
    assert check("call", "sendMediaGroup", given) == []
    assert check("call", "sendMediaGroup", {**given, "c3": "<9 bytes>"}) != []


def test_what_was_spoiled_on_purpose_is_not_judged() -> None:
    assert check("spoiled_update", "message", {}) == []
    with pytest.raises(ValueError, match="nothing is known"):
        check("gossip", "message", {})


def test_an_absent_description_is_no_schema() -> None:
    assert schema.load(schema.WHERE.with_name("absent.json")) is None
