"""Texts as Telegram reads them: tags, entities, cleaning, and complaints word for word."""

from typing import Any

import pytest

from bot.simulator.markup import (
    MarkupError,
    clean,
    detect_entities,
    given_entities,
    is_blank,
    parse_html,
    utf16_length,
    with_people,
)


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def test_offsets_are_counted_in_utf16_units() -> None:
    assert parse_html("𠮷👍🏽 <b>x</b>") == ("𠮷👍🏽 x", [entity("bold", 7, 1)])
    assert utf16_length("𠮷👍🏽") == 6


@pytest.mark.parametrize(
    ("raw", "text", "entities"),
    [
        ("<b>a</>", "a", [entity("bold", 0, 1)]),
        ("<B>a</b >", "a", [entity("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ("<b><i>a</i></b>", "a", [entity("bold", 0, 1), entity("italic", 0, 1)]),
        ("<b>a</b><strong>b</strong>", "ab", [entity("bold", 0, 2)]),
        ("a&nbsp;b &lt;&#x4e2d;&#20013;&amp", "a&nbsp;b <中中&", []),
        ("&#0;&#x110000;", "&#0;&#x110000;", []),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        (
            "<blockquote>x<b>y</b></blockquote>",
            "xy",
            [entity("blockquote", 0, 2), entity("bold", 1, 1)],
        ),
        ("<a href='http://A.cn'>x</a>", "x", [entity("text_link", 0, 1, url="http://a.cn/")]),
        (
            '<a href="a.cn/?q=1&amp;r=2">x</a>',
            "x",
            [entity("text_link", 0, 1, url="http://a.cn/?q=1&r=2")],
        ),
        ("<a>nowhere</a>", "nowhere", []),
        ('<a href="http://[">x</a>', "x", []),
        ('<a href="tg://user?id=7">x</a>', "x", [entity("text_mention", 0, 1, user={"id": 7})]),
        (
            '<pre><code class="language-py">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="py")],
        ),
        ('<code class="language-py">x</code>', "x", [entity("code", 0, 1)]),
        ("<code>a<b>b</b></code>", "ab", [entity("code", 0, 2)]),
        (
            '<tg-emoji emoji-id="55">👍</tg-emoji>',
            "👍",
            [entity("custom_emoji", 0, 2, custom_emoji_id="55")],
        ),
        ('<tg-time unix="60">soon</tg-time>', "soon", [entity("date_time", 0, 4, unix_time=60)]),
    ],
)
def test_tags_become_entities(raw: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(raw) == (text, entities)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("<b>a<i>b</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
        ("中文<br>", 'Unsupported start tag "br" at byte offset 6'),
        ("3 < 4", 'Unsupported start tag "" at byte offset 2'),
        ("3 <", "Unclosed start tag at byte offset 2"),
        ("3 <4", "Unclosed start tag at byte offset 2"),
        ("<b ", 'Unclosed start tag "b" at byte offset 0'),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>井盖", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_complaints_name_the_byte(raw: str, why: str) -> None:
    with pytest.raises(MarkupError) as refusal:
        parse_html(raw)
    assert str(refusal.value) == f"can't parse entities: {why}"


def test_the_text_is_trimmed_and_entities_follow() -> None:
    assert parse_html(" \n<b> x </b>\n") == ("x", [entity("bold", 0, 1)])
    assert parse_html("<b> \n </b>") == ("", [])


def test_control_and_direction_characters_disappear() -> None:
    assert clean("a\x01b\tc\rd\u202ee\n\n\n\nf") == "a b cde\n\nf"


def test_entities_move_with_cleaned_characters() -> None:
    assert parse_html("a\r\n\n\n\u202e<b>b</b>") == ("a\n\nb", [entity("bold", 3, 1)])


def test_a_text_of_no_width_is_blank() -> None:
    assert is_blank("\u200b \n\u3000")
    assert not is_blank("·")


def test_commands_links_and_mentions_are_found() -> None:
    text = "👍 /case@paidan_bot 42 见 https://a.cn/x?y=1，@wang_lei #井盖 a.b@c.cn"
    kinds = [
        (e["type"], text.encode("utf-16-le")[e["offset"] * 2 : (e["offset"] + e["length"]) * 2])
        for e in detect_entities(text, [])
    ]
    assert [(kind, raw.decode("utf-16-le")) for kind, raw in kinds] == [
        ("bot_command", "/case@paidan_bot"),
        ("url", "https://a.cn/x?y=1"),
        ("mention", "@wang_lei"),
        ("hashtag", "#井盖"),
        ("email", "a.b@c.cn"),
    ]


def test_start_with_a_payload_is_a_command_of_six() -> None:
    assert detect_entities("/start abc-_1", []) == [entity("bot_command", 0, 6)]


@pytest.mark.parametrize(
    "text", ["/签收 42", "1/2", "a/b", "#42", "12.5", "x@y", "一号路120号", "3.com公司x/y</b>"]
)
def test_ordinary_words_are_no_commands(text: str) -> None:
    assert [e for e in detect_entities(text, []) if e["type"] != "url"] == []


def test_nothing_is_found_inside_code_or_links() -> None:
    text, given = parse_html('<code>/start</code> <a href="b.cn">a.cn</a> <b>/help</b>')
    kinds = [e["type"] for e in detect_entities(text, given)]
    assert kinds == ["code", "text_link", "bot_command", "bold"]


def test_given_entities_are_checked() -> None:
    assert given_entities("👍 x", [entity("bold", 3, 1)]) == ("👍 x", [entity("bold", 3, 1)])
    assert given_entities("x", [entity("mention", 0, 1), entity("text_link", 0, 1), "x"]) == (
        "x",
        [],
    )
    with pytest.raises(
        MarkupError, match="begins in a middle of a UTF-16 symbol at byte offset 0"
    ):
        given_entities("👍", [entity("bold", 1, 1)])
    with pytest.raises(MarkupError, match="ends after the end of the text"):
        given_entities("x", [entity("bold", 0, 2)])
    with pytest.raises(MarkupError, match="entities JSON object"):
        given_entities("x", {"type": "bold"})


def test_a_mention_by_id_names_a_known_person_or_goes() -> None:
    mention = entity("text_mention", 0, 1, user={"id": 7})
    wang = {"id": 7, "is_bot": False, "first_name": "王磊"}
    assert with_people([mention], {7: wang}.get) == [mention | {"user": wang}]
    assert with_people([mention], {}.get) == []
