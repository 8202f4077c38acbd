"""What a person sees of a card on Telegram, and what a receipt is good for."""

from dataclasses import replace

import pytest

from bot.chat import Button, Card, Outcome, Pressed, Shot, Weight
from bot.document import Document
from bot.faults import FetchError
from bot.telegram.courier import TelegramCourier
from tests.stage import Stage, jpeg
from workflows.cases.case import PhotoRef, Point
from workflows.notices import Address

pytestmark = pytest.mark.asyncio(loop_scope="session")

RED, BLUE, LOST = "a" * 64, "b" * 64, "c" * 64
HERE = Point(30.12345, 120.5)
CARD = Card(
    head="🔴 #42 井盖缺失 · 2 小时内",
    lines=("井盖破损，行人绕行",),
    rows=(("地点", "一号路 120 号"),),
    help_line="也可以直接发照片",
    buttons=(
        (Button("签收", "sign", Weight.PRIMARY),),
        (Button("到达", "arrive"), Button("退回", "return", Weight.DANGER)),
    ),
)


@pytest.fixture(autouse=True)
def _copies(whole_stage: Stage) -> None:
    whole_stage.copies.update({RED: jpeg("red"), BLUE: jpeg("blue")})


async def test_the_card_comes_last_and_only_it_makes_a_sound(stage: Stage) -> None:
    phone, home = await stage.person()
    card = replace(
        CARD,
        pictures=(Shot(None, RED, "处置前"), Shot(None, BLUE)),
        place=HERE,
        place_title="一号路",
    )
    assert (await stage.courier.show(home, card, key="k", loud=True)).outcome is Outcome.DELIVERED
    *_, first, second, pin, shown = await phone.messages()
    assert first.album == second.album != None  # noqa: E711 - both in one album
    assert first.text == "处置前"
    assert pin.is_location
    assert "一号路" in pin.text
    assert shown.text.splitlines() == [
        "🔴 #42 井盖缺失 · 2 小时内",
        "井盖破损，行人绕行",
        "地点：一号路 120 号",
        "也可以直接发照片",
    ]
    assert shown.rows == [["签收"], ["到达", "退回"]]
    assert (await phone.state())["loud"] == 1


async def test_only_the_first_line_is_bold_and_buttons_have_their_colour(stage: Stage) -> None:
    phone, home = await stage.person()
    await stage.courier.show(home, CARD, key="k", loud=True)
    raw = (await phone.messages())[-1].raw
    assert [(each["type"], each["offset"]) for each in raw["entities"]] == [("bold", 0)]
    styles = [each.get("style") for row in raw["reply_markup"]["inline_keyboard"] for each in row]
    assert styles == ["success", None, "danger"]


async def test_what_people_wrote_is_shown_as_they_wrote_it(stage: Stage) -> None:
    phone, home = await stage.person()
    words = "<b>&Zoe\u202e</b> 𠮷👍🏽 /start @x *y* _z_"
    card = replace(CARD, head=f"#1 {words}", lines=(words,), rows=((words, words),))
    assert (await stage.courier.show(home, card, key="k", loud=True)).outcome is Outcome.DELIVERED
    text = await phone.screen()
    assert text.count("<b>&Zoe</b> 𠮷👍🏽 /start @x *y* _z_") == 4
    assert "\u202e" not in text


async def test_a_quiet_card_makes_no_sound(stage: Stage) -> None:
    phone, home = await stage.person()
    await stage.courier.show(home, CARD, key="k", loud=False)
    assert (await phone.state())["loud"] == 0


async def test_a_photo_sent_here_is_shown_again_without_an_upload(stage: Stage) -> None:
    phone, home = await stage.person()
    sent = (await phone.sends_photo(jpeg("green")))[0]["message"]["photo"][-1]
    ref = PhotoRef("telegram", {"file_id": sent["file_id"], "kind": "photo"})
    delivery = await stage.courier.show(
        home, replace(CARD, pictures=(Shot(ref, LOST),)), key="k", loud=True
    )
    assert delivery.outcome is Outcome.DELIVERED
    picture = (await phone.messages())[-2]
    assert picture.photo_count == 1
    assert picture.raw["photo"][-1]["file_unique_id"] == sent["file_unique_id"]


@pytest.mark.parametrize("others", [(), (Shot(None, BLUE),)], ids=["alone", "in an album"])
async def test_a_reference_gone_bad_is_replaced_by_our_copy(
    stage: Stage, others: tuple[Shot, ...]
) -> None:
    phone, home = await stage.person()
    bad = Shot(PhotoRef("telegram", {"file_id": "bad", "kind": "photo"}), RED)
    card = replace(CARD, pictures=(bad, *others))
    assert (await stage.courier.show(home, card, key="k", loud=True)).outcome is Outcome.DELIVERED
    shown = await phone.messages()
    assert sum(each.photo_count for each in shown) == 1 + len(others)


async def test_a_picture_that_is_gone_is_mentioned_and_stops_nothing(stage: Stage) -> None:
    phone, home = await stage.person()
    pictures = (Shot(None, LOST), Shot(None, BLUE))
    card = replace(CARD, pictures=pictures, no_picture="有照片无法显示")
    delivery = await stage.courier.show(home, card, key="k", loud=True)
    assert delivery.outcome is Outcome.DELIVERED
    shown = await phone.messages()
    assert sum(each.photo_count for each in shown) == 1
    assert "有照片无法显示" in shown[-1].text
    again = await stage.courier.revise(home, delivery.receipt, card, key="k")
    assert again.outcome is Outcome.ALREADY_SO


async def test_a_picture_the_server_refuses_is_left_out_alone(stage: Stage) -> None:
    phone, home = await stage.person()
    stage.copies[LOST] = b"no picture at all"
    card = replace(CARD, pictures=(Shot(None, RED), Shot(None, LOST), Shot(None, BLUE)))
    assert (await stage.courier.show(home, card, key="k", loud=True)).outcome is Outcome.DELIVERED
    del stage.copies[LOST]
    assert (await phone.messages())[-1].text.startswith(CARD.head)


async def test_an_edit_makes_no_sound_and_no_message(stage: Stage) -> None:
    phone, home = await stage.person()
    first = await stage.courier.show(home, CARD, key="k", loud=True)
    count = len(await phone.messages())
    later = replace(CARD, head="🟢 #42 已签收", buttons=((Button("完成", "done"),),))
    second = await stage.courier.revise(home, first.receipt, later, key="k2")
    assert second.outcome is Outcome.DELIVERED
    shown = await phone.messages()
    assert len(shown) == count
    assert shown[-1].text.startswith("🟢 #42 已签收")
    assert shown[-1].labels == ["完成"]
    assert (await phone.state())["loud"] == 1


async def test_an_edit_that_changes_nothing_is_not_even_sent(stage: Stage) -> None:
    _, home = await stage.person()
    first = await stage.courier.show(home, CARD, key="k", loud=True)
    calls = len(await stage.town.calls("editMessageText"))
    same = await stage.courier.revise(home, first.receipt, CARD, key="k")
    assert same.outcome is Outcome.ALREADY_SO
    assert dict(same.receipt) == dict(first.receipt)
    assert len(await stage.town.calls("editMessageText")) == calls


async def test_not_modified_is_as_good_as_done(stage: Stage) -> None:
    _, home = await stage.person()
    first = await stage.courier.show(home, CARD, key="k", loud=True)
    forgotten = {**first.receipt, "digest": ""}
    again = await stage.courier.revise(home, forgotten, CARD, key="k")
    assert again.outcome is Outcome.ALREADY_SO
    assert again.receipt["digest"] == first.receipt["digest"]


async def test_new_pictures_ask_for_a_new_message(stage: Stage) -> None:
    _, home = await stage.person()
    first = await stage.courier.show(home, CARD, key="k", loud=True)
    after = replace(CARD, pictures=(Shot(None, RED),))
    assert (
        await stage.courier.revise(home, first.receipt, after, key="k")
    ).outcome is Outcome.GONE


async def test_a_reference_that_gains_a_copy_is_no_new_picture(stage: Stage) -> None:
    phone, home = await stage.person()
    sent = (await phone.sends_photo(jpeg("green")))[0]["message"]["photo"][-1]
    ref = PhotoRef("telegram", {"file_id": sent["file_id"], "kind": "photo"})
    pending = replace(CARD, pictures=(Shot(ref, ""),))
    first = await stage.courier.show(home, pending, key="k", loud=True)
    kept = replace(CARD, head="#42 新", pictures=(Shot(ref, RED),))
    again = await stage.courier.revise(home, first.receipt, kept, key="k")
    assert again.outcome is Outcome.DELIVERED


async def test_the_pin_is_shown_once_however_often_the_card_is(stage: Stage) -> None:
    phone, home = await stage.person()
    card = replace(CARD, place=HERE)
    first = await stage.courier.show(home, card, key="k", loud=True)
    second = await stage.courier.show(home, card, key="k2", loud=True, before=first.receipt)
    assert sum(each.is_location for each in await phone.messages()) == 1
    assert second.receipt["place"] == first.receipt["place"]
    assert str(first.receipt["place"]) in second.keys


@pytest.mark.parametrize(
    "receipt",
    [{}, {"message": 0}, {"message": "x"}, {"chat": "1", "message": 5}, {"msgid": "w"}],
    ids=["empty", "no id", "no number", "another chat", "another transport"],
)
async def test_a_receipt_of_nothing_here_is_gone(stage: Stage, receipt: dict[str, object]) -> None:
    _, home = await stage.person()
    assert (await stage.courier.revise(home, receipt, CARD, key="k")).outcome is Outcome.GONE
    assert (await stage.courier.retire(home, receipt, None)).outcome is Outcome.GONE


async def test_a_deleted_card_is_gone(stage: Stage) -> None:
    _, home = await stage.person()
    first = await stage.courier.show(home, CARD, key="k", loud=True)
    await stage.bot.delete_message(int(home.chat), first.receipt["message"])
    later = replace(CARD, head="#42 新")
    assert (
        await stage.courier.revise(home, first.receipt, later, key="k")
    ).outcome is Outcome.GONE


async def test_a_retired_card_keeps_its_words_and_loses_its_buttons(stage: Stage) -> None:
    phone, home = await stage.person()
    first = await stage.courier.show(home, CARD, key="k", loud=True)
    bare = await stage.courier.retire(home, first.receipt, None)
    assert bare.outcome is Outcome.DELIVERED
    shown = await phone.card("#42")
    assert shown.labels == []
    assert "井盖破损" in shown.text
    words = Card(head="#42 ↓ 见下", buttons=CARD.buttons)
    assert (await stage.courier.retire(home, bare.receipt, words)).outcome is Outcome.DELIVERED
    assert (await phone.card("见下")).labels == []


async def test_retiring_does_not_ask_for_new_pictures(stage: Stage) -> None:
    _, home = await stage.person()
    first = await stage.courier.show(home, CARD, key="k", loud=True)
    words = Card(head="#42 ↓", pictures=(Shot(None, RED),))
    assert (await stage.courier.retire(home, first.receipt, words)).outcome is Outcome.DELIVERED


async def test_a_reply_to_any_part_is_recognised_by_its_keys(stage: Stage) -> None:
    phone, home = await stage.person()
    card = replace(CARD, pictures=(Shot(None, RED),), place=HERE)
    delivery = await stage.courier.show(home, card, key="k", loud=True)
    for part in (await phone.messages())[-3:]:
        await phone.says("完成", reply_to=part)
    assert {each.about for each in await stage.gestures()} == set(delivery.keys)
    assert len(delivery.keys) == 3


async def test_flood_control_after_the_album_does_not_repeat_the_album(stage: Stage) -> None:
    phone, home = await stage.person()
    card = replace(CARD, pictures=(Shot(None, RED), Shot(None, BLUE)), place=HERE)
    await stage.town.faults("429", method="sendMessage", retry_after=1)
    held = await stage.courier.show(home, card, key="k", loud=True)
    assert held.outcome is Outcome.RETRY
    assert held.after is not None
    stage.advance(2)
    assert (await stage.courier.show(home, card, key="k", loud=True)).outcome is Outcome.DELIVERED
    shown = await phone.messages()
    assert sum(each.photo_count for each in shown) == 2
    assert sum(each.is_location for each in shown) == 1


async def test_an_answer_lost_in_the_album_does_not_hold_up_the_card(stage: Stage) -> None:
    phone, home = await stage.person()
    await stage.town.faults("502", method="sendPhoto")
    card = replace(CARD, pictures=(Shot(None, RED),))
    assert (await stage.courier.show(home, card, key="k", loud=True)).outcome is Outcome.DELIVERED
    assert (await phone.screen()).startswith(CARD.head)


async def test_slow_pictures_do_not_hold_up_the_card(stage: Stage) -> None:
    phone, home = await stage.person()
    courier = TelegramCourier(stage.bot, stage.open_copy, parts_seconds=0.1)
    await stage.town.faults("delay", method="sendPhoto", seconds=1)
    card = replace(CARD, pictures=(Shot(None, RED),), no_picture="有照片无法显示")
    delivery = await courier.show(home, card, key="k", loud=True)
    assert delivery.outcome is Outcome.DELIVERED
    assert "有照片无法显示" in (await phone.card("#42")).text
    again = await courier.revise(home, delivery.receipt, card, key="k")
    assert again.outcome is Outcome.ALREADY_SO


async def test_flood_control_in_two_chats_at_once_is_everyones(stage: Stage) -> None:
    _, one = await stage.person()
    _, other = await stage.person()
    courier = TelegramCourier(stage.bot, stage.open_copy)
    await stage.town.faults("429", method="sendMessage", retry_after=1, count=3)
    first = await courier.show(one, CARD, key="k", loud=True)
    again = await courier.show(one, CARD, key="k", loud=True)
    second = await courier.show(other, CARD, key="k", loud=True)
    assert [each.everyone for each in (first, again, second)] == [False, False, True]


async def test_a_person_who_blocked_us_gets_no_half_card(stage: Stage) -> None:
    phone, home = await stage.person()
    first = await stage.courier.show(home, CARD, key="k", loud=True)
    await phone.blocks()
    card = replace(CARD, head="#42 新", pictures=(Shot(None, RED),), place=HERE)
    calls = len(await stage.town.calls())
    delivery = await stage.courier.show(home, card, key="k2", loud=True)
    assert delivery.outcome is Outcome.UNREACHABLE
    assert len(await stage.town.calls()) == calls + 1
    edited = await stage.courier.revise(home, first.receipt, Card(head="x"), key="k3")
    assert edited.outcome is Outcome.UNREACHABLE


async def test_a_refused_card_is_shown_once_more_in_plain_words(stage: Stage) -> None:
    phone, home = await stage.person()
    refusal = {"ok": False, "error_code": 400, "description": "Bad Request: can't parse entities"}
    await stage.town.faults("answer", method="sendMessage", status=400, body=refusal)
    assert (await stage.courier.show(home, CARD, key="k", loud=True)).outcome is Outcome.DELIVERED
    raw = (await phone.messages())[-1].raw
    assert "entities" not in raw
    assert (await phone.card("#42")).rows == [["签收"], ["到达", "退回"]]


async def test_a_reply_with_an_unknown_tag_counts_as_delivered_with_its_id(stage: Stage) -> None:
    phone, home = await stage.person()
    await stage.town.faults("unknown_reply_tag", method="sendMessage")
    delivery = await stage.courier.show(home, CARD, key="k", loud=True)
    assert delivery.outcome is Outcome.DELIVERED
    assert delivery.receipt["message"] == (await phone.messages())[-1].id


async def test_a_card_that_cannot_be_shown_is_a_verdict_not_a_crash(stage: Stage) -> None:
    _, home = await stage.person()
    nameless = replace(CARD, buttons=((Button("\u202e", "t"),),))
    assert (
        await stage.courier.show(home, nameless, key="k", loud=True)
    ).outcome is Outcome.BAD_CONTENT
    somewhere = Address("telegram", "not a number")
    assert (
        await stage.courier.show(somewhere, CARD, key="k", loud=True)
    ).outcome is Outcome.BAD_CONTENT


async def test_a_stored_photo_gets_its_reaction(stage: Stage) -> None:
    phone, home = await stage.person()
    message = (await phone.sends_photo(jpeg()))[0]["message"]["message_id"]
    assert (await stage.courier.react(home, str(message))).outcome is Outcome.DELIVERED
    chat = (await phone.state())["chats"][0]
    assert chat["reactions"][str(message)] == [{"type": "emoji", "emoji": "👌"}]
    assert (await stage.courier.react(home, "99")).outcome is Outcome.BAD_CONTENT
    assert (await stage.courier.react(home, "")).outcome is Outcome.FINAL


async def test_a_press_is_answered_in_at_most_two_hundred_characters(stage: Stage) -> None:
    phone, home = await stage.person()
    await stage.courier.show(home, CARD, key="k", loud=True)
    await phone._does("/press", json={"label": "签收", "wait": 0})
    (press,) = await stage.gestures()
    assert isinstance(press, Pressed)
    await stage.courier.acknowledge(press.press_id, "已签收 " * 100, urgent=True)
    toast = (await phone.state())["toast"]
    assert toast["show_alert"]
    assert len(toast["text"]) == 200


async def test_answering_an_old_press_troubles_nobody(stage: Stage) -> None:
    await stage.courier.acknowledge("12345", "好", urgent=False)


async def bytes_of(stage: Stage, ref: PhotoRef, most: int = 1 << 20) -> bytes:
    return b"".join([chunk async for chunk in stage.courier.fetch(ref, most=most)])


async def test_a_file_is_fetched_byte_for_byte(stage: Stage) -> None:
    phone, _ = await stage.person()
    data = jpeg("pink")
    made = (await phone.sends_file(data, "现场.jpg", "image/jpeg"))[0]["message"]["document"]
    ref = PhotoRef("telegram", {"file_id": made["file_id"], "kind": "document"})
    assert await bytes_of(stage, ref) == data
    with pytest.raises(FetchError) as caught:
        await bytes_of(stage, ref, most=len(data) - 1)
    assert caught.value.lasting


@pytest.mark.parametrize(
    ("ref", "lasting"),
    [
        (PhotoRef("wecom", {"media": "x"}), True),
        (PhotoRef("telegram", {}), True),
        (PhotoRef("telegram", {"file_id": "nonsense"}), True),
    ],
    ids=["another messenger's", "no id", "a bad id"],
)
async def test_a_picture_that_never_can_be_had(stage: Stage, ref: PhotoRef, lasting: bool) -> None:
    with pytest.raises(FetchError) as caught:
        await bytes_of(stage, ref)
    assert caught.value.lasting is lasting


async def test_a_file_comes_with_its_words_or_its_words_say_where_it_is(stage: Stage) -> None:
    phone, home = await stage.person()
    files = {"7": "案件,状态\r\n".encode("utf-8-sig")}

    async def opened(ref: str) -> bytes:
        return files[ref]

    courier = TelegramCourier(stage.bot, stage.open_copy, opened)
    card = Card("📤 导出编号 abc", ("月度通报",), no_document="请在服务器上取")
    here = replace(card, document=Document("7", "abc.csv", 20))
    shown = await courier.show(home, here, key="k", loud=False)
    assert shown.outcome is Outcome.DELIVERED
    raw = (await phone.messages())[-1].raw
    assert raw["document"]["file_name"] == "abc.csv"
    assert raw["caption"].splitlines() == ["📤 导出编号 abc", "月度通报"]
    gone = replace(card, document=Document("8", "abd.csv", 20))
    assert (await courier.show(home, gone, key="l", loud=False)).outcome is Outcome.DELIVERED
    assert await phone.screen() == "📤 导出编号 abc\n月度通报\n请在服务器上取"
