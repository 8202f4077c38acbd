"""Checklist 9 to 13: limits of words and buttons, and what vanishes in silence."""

import pytest

from tests.simulator.conftest import Sim, keyboard, picture

PIXELS = picture(200, 150)


async def test_callback_data_is_counted_in_bytes(sim: Sim) -> None:
    person = await sim.user()
    for data, fits in (("a" * 64, True), ("a" * 65, False), ("派" * 21, True), ("派" * 22, False)):
        markup = keyboard([("x", data)])
        body = await sim.call("sendMessage", chat_id=person, text="x", reply_markup=markup)
        assert body["ok"] is fits, data
        if not fits:
            assert body["description"] == "Bad Request: BUTTON_DATA_INVALID"


async def test_a_thirteenth_button_vanishes_and_is_flagged(sim: Sim) -> None:
    person = await sim.user()
    row = [(str(number), str(number)) for number in range(13)]
    sent = await sim.done("sendMessage", chat_id=person, text="x", reply_markup=keyboard(row))
    assert len(sent["reply_markup"]["inline_keyboard"][0]) == 12
    assert await sim.warnings()


async def test_a_row_longer_than_phones_show_is_flagged(sim: Sim) -> None:
    person = await sim.user()
    for length, flagged in ((8, False), (9, True)):
        row = [(str(number), str(number)) for number in range(length)]
        await sim.done("sendMessage", chat_id=person, text="x", reply_markup=keyboard(row))
        assert bool(await sim.warnings()) is flagged


async def test_an_empty_label_vanishes_and_is_flagged(sim: Sim) -> None:
    person = await sim.user()
    markup = keyboard([("", "a"), ("b", "b")])
    sent = await sim.done("sendMessage", chat_id=person, text="x", reply_markup=markup)
    assert [each["text"] for each in sent["reply_markup"]["inline_keyboard"][0]] == ["b"]
    assert await sim.warnings()


async def test_a_place_is_asked_for_in_private_only(sim: Sim) -> None:
    person = await sim.user()
    group = await sim.sim("POST", "/groups", title="网格", members=[person])
    markup = {"keyboard": [[{"text": "位置", "request_location": True}]]}
    await sim.done("sendMessage", chat_id=person, text="在哪?", reply_markup=markup)
    why = await sim.refused("sendMessage", chat_id=group["id"], text="?", reply_markup=markup)
    assert why == "Bad Request: location can be requested in private chats only"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("😀" * 4096, None),
        ("长" * 4096, None),
        ("<b>" + "长" * 4096 + "</b>", None),
        ("长" * 4097, "message is too long"),
        ("a" * 32_769, "text is too long"),
        ("", "message text is empty"),
        ("<b></b>", "text must be non-empty"),
    ],
    ids=["emoji", "full", "tags", "one more", "32 KiB", "nothing", "only tags"],
)
async def test_a_text_is_measured_after_parsing(sim: Sim, text: str, why: str | None) -> None:
    person = await sim.user()
    body = await sim.call("sendMessage", chat_id=person, text=text, parse_mode="HTML")
    assert body.get("description") == (f"Bad Request: {why}" if why else None)


async def test_a_caption_has_a_quarter_of_the_room(sim: Sim) -> None:
    person = await sim.user()
    await sim.sends(person, ("photo", "a.jpg", PIXELS))
    file_id = (await sim.screen(person))[-1]["photo"][-1]["file_id"]
    for length, fits in ((1024, True), (1025, False)):
        body = await sim.call("sendPhoto", chat_id=person, photo=file_id, caption="长" * length)
        assert body["ok"] is fits
    assert body["description"] == "Bad Request: message caption is too long"


async def test_offsets_are_counted_in_utf16(sim: Sim) -> None:
    person = await sim.user()
    sent = await sim.done("sendMessage", chat_id=person, text="𠮷👍🏽 <b>x</b>", parse_mode="HTML")
    assert sent["text"] == "𠮷👍🏽 x"
    assert sent["entities"] == [{"type": "bold", "offset": 7, "length": 1}]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<b>a<i>b</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
        ("路<br>", 'Unsupported start tag "br" at byte offset 3'),
        ("面 <", "Unclosed start tag at byte offset 4"),
        ("路</>", "Unexpected end tag at byte offset 3"),
    ],
)
async def test_html_is_refused_with_byte_offsets(sim: Sim, text: str, why: str) -> None:
    person = await sim.user()
    refusal = await sim.refused("sendMessage", chat_id=person, text=text, parse_mode="HTML")
    assert refusal == f"Bad Request: can't parse entities: {why}"


async def test_unknown_html_entities_stay_as_typed(sim: Sim) -> None:
    person = await sim.user()
    sent = await sim.done(
        "sendMessage", chat_id=person, text="a&nbsp;&lt;b&gt;", parse_mode="HTML"
    )
    assert sent["text"] == "a&nbsp;<b>"


async def test_only_html_is_spoken_here(sim: Sim) -> None:
    person = await sim.user()
    why = await sim.refused("sendMessage", chat_id=person, text="*x*", parse_mode="Fancy")
    assert why == "Bad Request: unsupported parse_mode"


async def test_given_entities_come_back(sim: Sim) -> None:
    person = await sim.user()
    bold = [{"type": "bold", "offset": 0, "length": 2}]
    sent = await sim.done("sendMessage", chat_id=person, text="井盖破损", entities=bold)
    assert sent["entities"] == bold
