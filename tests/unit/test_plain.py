"""Words that people wrote are shown whole, in order, and never half a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plain import clean, cut, cut_bytes, one_line, printable


def test_nothing_that_turns_text_round_survives() -> None:
    turners = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert clean(f"王{turners}磊") == "王磊"


def test_right_to_left_words_themselves_survive() -> None:
    assert clean("مرحبا שלום") == "مرحبا שלום"


def test_control_characters_go_and_line_breaks_stay() -> None:
    assert printable("a\x00b\x1bc\r\nd\re\tf\ud800") == "abc\nd\ne f"


def test_a_name_is_one_line() -> None:
    assert one_line("  王\n\n 磊\t\u202e ") == "王 磊"


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("井盖破损", 4, "井盖破损"),
        ("井盖破损了", 4, "井盖破…"),
        ("one two three", 9, "one two…"),
        ("👍🏽👍🏽👍🏽", 4, "👍🏽…"),
        ("a👩‍👩‍👧", 4, "a…"),
        ("👩‍👩‍👧x", 4, "…"),
    ],
    ids=["fits", "Chinese", "at a word", "skin tone", "family", "nothing whole fits"],
)
def test_a_cut_takes_no_character_apart(text: str, most: int, shown: str) -> None:
    assert cut(text, most) == shown


@given(st.text(), st.integers(1, 50))
def test_a_cut_text_is_never_longer_than_asked(text: str, most: int) -> None:
    assert len(cut(text, most)) <= most
    assert cut(text, most) == text or cut(text, most).endswith("…")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(3, 60))
def test_a_text_cut_by_bytes_is_never_longer_than_asked(text: str, most: int) -> None:
    assert len(cut_bytes(text, most).encode()) <= most


@given(st.text())
def test_clean_text_can_always_be_stored_and_sent(text: str) -> None:
    safe = clean(text)
    assert safe.encode().decode() == safe
    assert "\x00" not in safe
    assert clean(safe) == safe
