"""The limits of a message and of a keyboard, as numbers."""

from dataclasses import replace

import pytest

from bot.chat import Button, Card
from bot.telegram.screen import UnshowableError, caption, keyboard, screen, toast

CARD = Card(head="#42 井盖缺失", help_line="也可以直接发照片", link="https://city.example/42")


def with_buttons(*rows: tuple[Button, ...]) -> Card:
    return replace(CARD, buttons=rows)


@pytest.mark.parametrize(
    "sign", ["啊", "👍", "a ", "𠮷"], ids=["Chinese", "emoji", "words", "rare"]
)
def test_a_text_has_at_most_4096_code_points(sign: str) -> None:
    shown = screen(replace(CARD, lines=(sign * 5000,)))
    assert 4000 < len(shown.text) <= 4096


def test_a_long_story_is_cut_and_the_way_out_is_not() -> None:
    shown = screen(
        replace(CARD, lines=("井盖破损" * 2000,), rows=(("地点", "一号路"),)), note="无图"
    )
    assert shown.text.endswith("…\n无图\n也可以直接发照片\nhttps://city.example/42")
    assert len(shown.text) <= 4096


def test_everything_too_long_at_once_still_fits() -> None:
    long = "长" * 6000
    card = Card(head=long, lines=(long,), rows=((long, long),), help_line=long, link=long)
    assert len(screen(card, note=long).text) <= 4096


def test_bold_reaches_to_the_end_of_the_first_line_in_utf16() -> None:
    shown = screen(replace(CARD, head="👍🏽 #42 <b>𠮷</b>"))
    (bold,) = shown.entities
    assert bold.type == "bold"
    assert bold.length == len("👍🏽 #42 <b>𠮷</b>".encode("utf-16-le")) // 2


def test_a_card_without_a_first_line_is_refused() -> None:
    with pytest.raises(UnshowableError):
        screen(Card(head="\u202e\n"))


def test_64_bytes_of_token_pass_and_65_do_not() -> None:
    assert keyboard(with_buttons((Button("签收", "x" * 64),)))
    for token in ("x" * 65, "签" * 22, ""):
        with pytest.raises(UnshowableError):
            keyboard(with_buttons((Button("签收", token),)))


@pytest.mark.parametrize("label", ["", " ", "\u202e", "\n"])
def test_a_button_that_would_vanish_is_refused(label: str) -> None:
    with pytest.raises(UnshowableError):
        keyboard(with_buttons((Button(label, "t"),)))


def test_rows_and_keyboards_have_an_end() -> None:
    eight = tuple(Button(str(n), str(n)) for n in range(8))
    assert keyboard(with_buttons(*[eight] * 12))
    with pytest.raises(UnshowableError):
        keyboard(with_buttons((*eight, Button("9", "9"))))
    with pytest.raises(UnshowableError):
        keyboard(with_buttons(*[eight] * 13))


def test_empty_rows_are_no_keyboard() -> None:
    assert keyboard(with_buttons((), ())) is None


def test_captions_and_answers_are_cut_to_their_limits() -> None:
    assert len(caption("长" * 2000) or "") == 1024
    assert len(toast("长" * 300) or "") == 200
    assert caption(" \u202e ") is None
    assert toast("") is None
