"""Keyboards as the server takes them: exact refusals, a sentence for all that vanishes."""

import json
from typing import Any

import pytest

from bot.simulator.keyboards import KeyboardError, Markup, buttons, parse_markup


def press(text: str, data: str = "x", **more: Any) -> dict[str, Any]:
    return {"text": text, "callback_data": data, **more}


NO_TEXT = "Text buttons are unallowed in the inline keyboard"


def inline(*rows: list[Any]) -> Markup:
    return parse_markup(json.dumps({"inline_keyboard": rows}))


def test_a_keyboard_comes_back_as_it_was_sent() -> None:
    rows = [
        [press("签收", style="success")],
        [press("到达"), {"text": "地图", "url": "http://a.cn/x"}],
    ]
    markup = inline(*rows)
    assert markup == Markup("inline", {"inline_keyboard": rows})
    assert [button["text"] for button in buttons(markup.shown)] == ["签收", "到达", "地图"]


def test_the_thirteenth_button_vanishes_and_is_said() -> None:
    markup = inline([press(str(number)) for number in range(13)])
    assert len(markup.shown["inline_keyboard"][0]) == 12
    assert markup.warnings == (
        "row 1 was cut at 12, lost 1: 12",
        "row 1 has 12 buttons, apps show about 8",
    )


def test_eight_in_a_row_are_quiet_and_nine_are_not() -> None:
    assert inline([press("a")] * 8).warnings == ()
    assert inline([press("a")] * 9).warnings == ("row 1 has 9 buttons, apps show about 8",)


def test_an_empty_label_vanishes_and_is_said() -> None:
    markup = inline([press("")], [press("a"), press(" ")])
    assert markup.shown == {"inline_keyboard": [[press("a")]]}
    assert markup.warnings == (
        "row 1: 1 button(s) with an empty label vanished",
        "row 2: 1 button(s) with an empty label vanished",
    )


def test_a_keyboard_is_full_at_three_hundred() -> None:
    markup = inline(*[[press("a")] * 8] * 38)
    assert len(list(buttons(markup.shown))) == 300
    assert markup.warnings == ("row 38: the keyboard is full at 300, lost 4",)


@pytest.mark.parametrize("data", ["x" * 64, "井" * 21])
def test_sixty_four_bytes_of_data_pass(data: str) -> None:
    assert inline([press("a", data)]).warnings == ()


@pytest.mark.parametrize("data", ["x" * 65, "井" * 22])
def test_more_than_sixty_four_bytes_are_invalid(data: str) -> None:
    with pytest.raises(KeyboardError, match=r"^BUTTON_DATA_INVALID$"):
        inline([press("a", data)])


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "can't parse reply keyboard markup JSON object"),
        (
            '{"inline_keyboard": [{"text": "a"}]}',
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            '{"keyboard": {}}',
            'field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays',
        ),
        (
            '{"inline_keyboard": [[{"text": "a"}]]}',
            "can't parse inline keyboard button: " + NO_TEXT,
        ),
        (
            '{"inline_keyboard": [[{"text": "a", "callback_data": ""}]]}',
            "can't parse inline keyboard button: " + NO_TEXT,
        ),
        (
            '{"inline_keyboard": [[{"text": "a", "web_app": "x"}]]}',
            'can\'t parse inline keyboard button: Field "web_app" must be of type Object',
        ),
        (
            '{"inline_keyboard": [[{"callback_data": "x"}]]}',
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        ('{"inline_keyboard": [[{"text": "a", "url": "here"}]]}', "BUTTON_URL_INVALID"),
    ],
)
def test_refusals_are_word_for_word(raw: str, why: str) -> None:
    with pytest.raises(KeyboardError) as refusal:
        parse_markup(raw)
    assert str(refusal.value) == why


def test_a_reply_keyboard_keeps_its_switches() -> None:
    given = {
        "keyboard": [["我的任务", {"text": "📍 位置", "request_location": True}]],
        "resize_keyboard": True,
        "is_persistent": True,
        "selective": False,
        "input_field_placeholder": "说一句",
    }
    markup = parse_markup(json.dumps(given))
    assert markup.kind == "reply"
    assert markup.shown == {
        "keyboard": [[{"text": "我的任务"}, {"text": "📍 位置", "request_location": True}]],
        "resize_keyboard": True,
        "is_persistent": True,
        "input_field_placeholder": "说一句",
    }


def test_remove_force_and_empty_are_told_apart() -> None:
    assert parse_markup('{"remove_keyboard": true}') == Markup("remove", {"remove_keyboard": True})
    assert parse_markup('{"force_reply": true}') == Markup("force", {"force_reply": True})
    assert parse_markup("{}") == Markup("inline", {})
    assert parse_markup('{"inline_keyboard": []}') == Markup("inline", {})


def test_our_typing_errors_are_said() -> None:
    markup = inline([press("a", colour="red", style="green")])
    assert markup.shown == {"inline_keyboard": [[press("a")]]}
    assert markup.warnings == (
        "button 'a': there is no style 'green'",
        "button 'a': unknown field 'colour'",
    )
