"""What people do on their phones, and what the door hears of it."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.chat import (
    Corrected,
    GaveContact,
    Gesture,
    Handed,
    Joined,
    Left,
    Placed,
    Pressed,
    Said,
    Showed,
)
from bot.faults import PoisonError
from handlers.telegram.reading import Reader
from handlers.telegram.routes import build_dispatcher
from tests.inbox import NOON, stored
from tests.stage import Listener, Stage, jpeg
from workflows.cases.case import Point
from workflows.notices import Address

pytestmark = pytest.mark.asyncio(loop_scope="session")

PERSON = {
    "id": 7,
    "is_bot": False,
    "first_name": "王\u202e",
    "last_name": "磊",
    "language_code": "zh",
}
CHAT = {"id": 7, "type": "private", "first_name": "王"}
GROUP = {"id": -1005, "type": "supergroup", "title": "河东"}
HOME = Address("telegram", "7")
SECOND = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 12, "date": 1_700_000_000, "chat": CHAT, "from": PERSON, **more}


def update(**payload: Any) -> dict[str, Any]:
    return {"update_id": 99, **payload}


async def heard(stage: Stage, given: Any) -> list[Gesture]:
    door = Listener()
    await Reader(build_dispatcher(door), stage.bot).digest(stored(given))
    return door.heard


async def one(stage: Stage, **payload: Any) -> Gesture:
    (gesture,) = await heard(stage, update(**payload))
    return gesture


async def test_words_come_with_who_when_and_where_from(stage: Stage) -> None:
    gesture = await one(stage, message=message(text="完成 <b>\x00"))
    assert gesture == Said(
        address=HOME,
        said_at=SECOND,
        about=None,
        private=True,
        cause="telegram:99",
        name="王 磊",
        language="zh",
        text="完成 <b>",
        forwarded_from=None,
        message="12",
    )


async def test_a_reply_names_what_it_answers(stage: Stage) -> None:
    phone, home = await stage.person()
    card = await stage.bot.send_message(int(home.chat), "#42")
    await phone.says("好", reply_to=card.message_id)
    (gesture,) = await stage.gestures()
    assert gesture.about == str(card.message_id)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/start", ""),
        ("/start abc_DEF-123", "abc_DEF-123"),
        ("/start@paidan_bot c42_x", "c42_x"),
        ("/start  abc ", "abc"),
    ],
)
async def test_a_link_leads_to_the_door(stage: Stage, text: str, payload: str) -> None:
    gesture = await one(stage, message=message(text=text))
    assert isinstance(gesture, Joined)
    assert gesture.payload == payload


@pytest.mark.parametrize("text", ["/startle", "start abc", "/help", " /start"])
async def test_only_the_start_command_joins(stage: Stage, text: str) -> None:
    assert isinstance(await one(stage, message=message(text=text)), Said)


USER = {"id": 8, "is_bot": False, "first_name": "李", "last_name": "娜"}
CHANNEL = {"id": -1007, "type": "channel", "title": "热线 \u202e12345"}


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ({"type": "user", "sender_user": USER}, "李 娜"),
        ({"type": "hidden_user", "sender_user_name": "匿名"}, "匿名"),
        ({"type": "chat", "sender_chat": GROUP}, "河东"),
        ({"type": "channel", "chat": CHANNEL, "message_id": 3}, "热线 12345"),
        ({"type": "hidden_user", "sender_user_name": "\u202e"}, ""),
    ],
    ids=["a person", "a hidden person", "a group", "a channel", "a name of nothing"],
)
async def test_forwarded_words_are_somebody_elses(
    stage: Stage, origin: dict[str, Any], name: str
) -> None:
    given = message(text="/start x", forward_origin={"date": 1, **origin})
    gesture = await one(stage, message=given)
    assert isinstance(gesture, Said)
    assert gesture.forwarded_from == name
    assert gesture.said_at == SECOND


async def test_the_largest_size_of_a_photo_counts(stage: Stage) -> None:
    phone, home = await stage.person()
    await phone.sends_photo(jpeg(width=1600, height=1200), caption="处置后")
    (gesture,) = await stage.gestures()
    assert isinstance(gesture, Showed)
    assert gesture.address == home
    assert gesture.caption == "处置后"
    assert gesture.picture.album == ""
    assert gesture.picture
    assert gesture.picture.ref.data["kind"] == "photo"
    assert gesture.picture.size > 0
    file = await stage.bot.get_file(gesture.picture.ref.data["file_id"])
    assert file.file_unique_id == gesture.picture.unique
    assert file.file_size == gesture.picture.size


async def test_an_album_is_pictures_with_one_name(stage: Stage) -> None:
    phone, _ = await stage.person()
    await phone.sends_album([jpeg("red"), jpeg("blue")], caption="两张")
    first, second = await stage.gestures()
    assert isinstance(first, Showed)
    assert isinstance(second, Showed)
    assert first.picture.album == second.picture.album != ""
    assert (first.caption, second.caption) == ("两张", "")
    assert first.cause != second.cause


async def test_a_forwarded_photo_says_so(stage: Stage) -> None:
    size = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
    origin = {"type": "hidden_user", "sender_user_name": "李", "date": 1}
    gesture = await one(stage, message=message(photo=[size], forward_origin=origin))
    assert isinstance(gesture, Showed)
    assert gesture.picture
    assert gesture.picture.forwarded


@pytest.mark.parametrize(
    ("mime", "name"),
    [
        ("image/jpeg", "a.jpg"),
        ("image/heic", "IMG_1.HEIC"),
        (None, "IMG_1.HEIC"),
        ("application/octet-stream", "b.JPG"),
    ],
)
async def test_a_picture_sent_as_a_file_is_a_picture(
    stage: Stage, mime: str | None, name: str
) -> None:
    file = {"file_id": "f", "file_unique_id": "u", "file_name": name, "file_size": 5}
    given = file | ({"mime_type": mime} if mime else {})
    gesture = await one(stage, message=message(document=given))
    assert isinstance(gesture, Showed)
    assert gesture.picture
    assert gesture.picture.ref.data == {"file_id": "f", "kind": "document"}
    assert gesture.picture.mime == (mime or "")


@pytest.mark.parametrize(
    ("mime", "name"),
    [
        ("application/pdf", "a.pdf"),
        ("image/svg+xml", "a.svg"),
        ("text/html", "a.jpg"),
        ("application/zip", "a.jpg"),
    ],
)
async def test_any_other_file_is_only_handed_over(stage: Stage, mime: str, name: str) -> None:
    file = {"file_id": "f", "file_unique_id": "u", "file_name": name, "mime_type": mime}
    gesture = await one(stage, message=message(document=file, caption="看"))
    assert isinstance(gesture, Handed)
    assert (gesture.kind, gesture.caption) == ("document", "看")


BYTES = {"file_id": "f", "file_unique_id": "u"}
CLIP = BYTES | {"width": 1, "height": 1, "duration": 1}
USELESS = {
    "voice": BYTES | {"duration": 1},
    "audio": BYTES | {"duration": 1},
    "video": CLIP,
    "video_note": BYTES | {"length": 1, "duration": 1},
    "animation": CLIP,
    "sticker": BYTES
    | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False},
    "dice": {"emoji": "🎲", "value": 3},
}


@pytest.mark.parametrize("kind", USELESS)
async def test_what_we_cannot_use_is_named(stage: Stage, kind: str) -> None:
    gesture = await one(stage, message=message(**{kind: USELESS[kind]}))
    assert isinstance(gesture, Handed)
    assert gesture.kind == kind


async def test_a_live_photo_is_its_still_picture(stage: Stage) -> None:
    size = {"file_id": "still", "file_unique_id": "u", "width": 9, "height": 9}
    gesture = await one(stage, message=message(live_photo=CLIP, photo=[size]))
    assert isinstance(gesture, Showed)
    assert gesture.picture
    assert gesture.picture.ref.data["file_id"] == "still"


async def test_a_live_photo_without_its_still_is_handed_over(stage: Stage) -> None:
    gesture = await one(stage, message=message(live_photo=CLIP))
    assert isinstance(gesture, Handed)
    assert gesture.kind == "live_photo"


async def test_content_of_a_later_day_is_handed_over_as_unknown(stage: Stage) -> None:
    gesture = await one(stage, message=message(hologram={"depth": 3}))
    assert isinstance(gesture, Handed)
    assert gesture.kind == "unknown"


async def test_a_place_and_a_named_place(stage: Stage) -> None:
    spot = {"latitude": 30.5, "longitude": 120.25}
    plain = await one(stage, message=message(location=spot))
    assert isinstance(plain, Placed)
    assert (plain.point, plain.title) == (Point(30.5, 120.25), "")
    venue = {"location": spot, "title": "东门", "address": "一号路"}
    named = await one(stage, message=message(location=spot, venue=venue))
    assert isinstance(named, Placed)
    assert named.title == "东门 一号路"


async def test_a_contact_gives_a_name_and_a_number(stage: Stage) -> None:
    contact = {"phone_number": "+8613812345678", "first_name": "李", "last_name": "娜"}
    gesture = await one(stage, message=message(contact=contact))
    assert isinstance(gesture, GaveContact)
    assert (gesture.name_given, gesture.phone) == ("李 娜", "+8613812345678")


def press(**more: Any) -> dict[str, Any]:
    return {"id": "55", "from": PERSON, "chat_instance": "1", "data": "tok", **more}


async def test_a_press_is_timed_by_when_it_reached_us_and_names_its_message(stage: Stage) -> None:
    gesture = await one(stage, callback_query=press(message=message(text="#42")))
    assert isinstance(gesture, Pressed)
    assert (gesture.token, gesture.press_id, gesture.about) == ("tok", "55", "12")
    assert gesture.said_at == NOON
    assert gesture.private


async def test_a_press_on_a_message_that_is_gone_still_counts(stage: Stage) -> None:
    gone = {"message_id": 12, "chat": CHAT, "date": 0}
    gesture = await one(stage, callback_query=press(message=gone))
    assert isinstance(gesture, Pressed)
    assert gesture.about == "12"


async def test_in_a_group_it_is_the_presser_who_pressed(stage: Stage) -> None:
    there = message(text="#42") | {"chat": GROUP}
    gesture = await one(stage, callback_query=press(message=there))
    assert gesture.address == HOME
    assert not gesture.private
    assert gesture.about is None


async def test_in_a_group_message_ids_are_not_ours_to_use(stage: Stage) -> None:
    given = message(text="好", reply_to_message=message(text="#42")) | {"chat": GROUP}
    gesture = await one(stage, message=given)
    assert isinstance(gesture, Said)
    assert (gesture.address, gesture.private) == (HOME, False)
    assert (gesture.about, gesture.message) == (None, "")


async def test_a_game_button_means_nothing(stage: Stage) -> None:
    given = {"id": "5", "from": PERSON, "chat_instance": "1", "game_short_name": "chess"}
    assert await heard(stage, update(callback_query=given)) == []


async def test_blocking_and_coming_back_are_heard(stage: Stage) -> None:
    phone, home = await stage.person()
    await phone.blocks()
    await phone.unblocks()
    gone, back = await stage.gestures()
    assert isinstance(gone, Left)
    assert isinstance(back, Left)
    assert (gone.back, back.back) == (False, True)
    assert gone.address == home
    assert gone.said_at is not None


async def test_being_put_into_a_group_is_no_gesture(stage: Stage) -> None:
    bot = {"id": 4242, "is_bot": True, "first_name": "派单"}
    change = {
        "chat": GROUP,
        "from": PERSON,
        "date": 1_700_000_000,
        "old_chat_member": {"status": "left", "user": bot},
        "new_chat_member": {"status": "member", "user": bot},
    }
    assert await heard(stage, update(my_chat_member=change)) == []


async def test_a_correction_has_the_time_of_the_correction(stage: Stage) -> None:
    given = message(text="三号路", edit_date=1_700_000_060)
    gesture = await one(stage, edited_message=given)
    assert isinstance(gesture, Corrected)
    assert (gesture.text, gesture.message) == ("三号路", "12")
    assert gesture.said_at
    assert (gesture.said_at - SECOND).seconds == 60


async def test_a_moving_location_is_no_correction(stage: Stage) -> None:
    spot = {"latitude": 30.5, "longitude": 120.25}
    given = message(location=spot, edit_date=1_700_000_060)
    assert await heard(stage, update(edited_message=given)) == []


@pytest.mark.parametrize(
    "service",
    [
        {"pinned_message": message(text="x")},
        {"new_chat_members": [PERSON]},
        {"migrate_to_chat_id": -1001},
        {"new_chat_title": "x"},
        {"write_access_allowed": {}},
    ],
    ids=lambda service: next(iter(service)),
)
async def test_service_messages_say_nothing(stage: Stage, service: dict[str, Any]) -> None:
    assert await heard(stage, update(message=message(**service))) == []


async def test_our_own_pin_says_nothing(stage: Stage) -> None:
    _, home = await stage.person()
    card = await stage.bot.send_message(int(home.chat), "#42")
    await stage.bot.pin_chat_message(int(home.chat), card.message_id)
    assert await stage.gestures() == []


async def test_words_without_a_person_say_nothing(stage: Stage) -> None:
    given = message(text="x")
    del given["from"]
    assert await heard(stage, update(message=given)) == []


async def test_a_kind_of_a_later_day_is_passed_over(stage: Stage) -> None:
    assert await heard(stage, update(telepathy={"thought": "x"})) == []


@pytest.mark.parametrize(
    "given",
    [
        "not json",
        '{"update_id": 1',
        '{"update_id": "x", "message": []}',
        update(message=message(text="王磊", chat="here")),
        update(message=message(text="x", forward_origin={"type": "telepathy", "date": 1})),
        '{"update_id": 1, "message": ' + "[" * 5000 + "]" * 5000 + "}",
        '{"update_id": 1, "message": {"text": "\\ud800"}}',
    ],
    ids=["no JSON", "half", "wrong types", "wrong chat", "a new tag", "too deep", "half a letter"],
)
async def test_what_cannot_be_read_is_poison_and_not_quoted(stage: Stage, given: Any) -> None:
    with pytest.raises(PoisonError) as caught:
        await heard(stage, given)
    assert "王磊" not in str(caught.value)


class Breaking:
    async def hear(self, gesture: Gesture) -> None:
        raise LookupError(f"no room for {type(gesture).__name__}")


async def test_a_failure_behind_the_door_reaches_whoever_fed_it(stage: Stage) -> None:
    reader = Reader(build_dispatcher(Breaking()), stage.bot)
    with pytest.raises(LookupError, match="no room for Said"):
        await reader.digest(stored(update(message=message(text="x"))))


async def test_a_handler_that_returns_a_method_is_found_out(stage: Stage) -> None:
    dispatcher = build_dispatcher(Listener())

    async def answers(event: Any) -> Any:
        return event.answer("x")

    dispatcher.sub_routers[0].message.handlers.clear()
    dispatcher.sub_routers[0].message.register(answers)
    with pytest.raises(TypeError, match="SendMessage"):
        await Reader(dispatcher, stage.bot).digest(stored(update(message=message(text="x"))))


async def test_a_slow_door_can_be_given_up(stage: Stage) -> None:
    class Stuck:
        async def hear(self, _: Gesture) -> None:
            await asyncio.Event().wait()

    reader = Reader(build_dispatcher(Stuck()), stage.bot)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.digest(stored(update(message=message(text="x")))), 0.05)


async def test_we_listen_to_what_we_handle_and_to_nothing_else() -> None:
    kinds = build_dispatcher(Listener()).resolve_used_update_types()
    assert sorted(kinds) == ["callback_query", "edited_message", "message", "my_chat_member"]
