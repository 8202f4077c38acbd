"""An unmodified aiogram client does everything the product does, without a word of warning."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    MenuButtonCommands,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.simulator.server import OBSERVERS, build_simulator, start
from tests.oracles import check
from tests.simulator.conftest import TOKEN, Sim, picture

BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="去", callback_data="go", style="success")]]
)


@pytest.fixture
async def bot(sim: Sim) -> AsyncIterator[Bot]:
    """A client as the product uses it; what it sends must please the oracles as well."""
    problems: list[str] = []

    def judge(kind: str, name: str, payload: Any) -> None:
        if kind == "call":
            problems.extend(check(kind, name, payload))

    sim.app[OBSERVERS].append(judge)
    session = AiohttpSession(api=TelegramAPIServer.from_base(sim.url))
    defaults = DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
    async with Bot(TOKEN, session=session, default=defaults) as bot:
        yield bot
    assert problems == []
    assert await sim.warnings() == []


def photo(width: int = 120) -> BufferedInputFile:
    return BufferedInputFile(picture(width, 100), "现场.jpg")


async def test_words_are_sent_edited_and_deleted(sim: Sim, bot: Bot) -> None:
    person = await sim.user()
    sent = await bot.send_message(
        person,
        "<b>井盖</b>",
        reply_markup=BUTTONS,
        disable_notification=True,
        protect_content=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert (sent.html_text, sent.has_protected_content) == ("<b>井盖</b>", True)
    answered = ReplyParameters(message_id=sent.message_id, allow_sending_without_reply=True)
    reply = await bot.send_message(person, "好", reply_parameters=answered)
    assert reply.reply_to_message is not None
    edited = await sent.edit_text("已修", reply_markup=BUTTONS)
    assert isinstance(edited, Message)
    assert edited.edit_date
    await sent.edit_reply_markup(reply_markup=None)
    assert await sent.delete()
    assert await bot.delete_messages(person, [reply.message_id])
    assert [each["text"] for each in await sim.screen(person)] == ["/start"]


async def test_files_go_out_in_every_shape(sim: Sim, bot: Bot) -> None:
    person = await sim.user()
    sent = await bot.send_photo(person, photo(), caption="<i>前</i>", reply_markup=BUTTONS)
    assert sent.photo
    document = await bot.send_document(person, BufferedInputFile(b"%PDF-1.7", '派 "单".pdf'))
    assert document.document is not None
    assert document.document.file_name == '派 "单".pdf'
    album = await bot.send_media_group(
        person,
        [
            InputMediaPhoto(media=photo(130), caption="处置前"),
            InputMediaPhoto(media=sent.photo[-1].file_id),
        ],
    )
    assert [each.caption for each in album] == ["处置前", None]
    files = await bot.send_media_group(
        person,
        [InputMediaDocument(media=BufferedInputFile(bytes([n]), f"{n}.bin")) for n in range(2)],
    )
    assert len({each.media_group_id for each in files}) == 1
    edited = await sent.edit_caption(caption="后")
    assert isinstance(edited, Message)
    assert edited.reply_markup is None
    text = await bot.send_message(person, "x")
    changed = await text.edit_media(InputMediaPhoto(media=photo(140)))
    assert isinstance(changed, Message)
    assert changed.photo


async def test_photos_come_in_and_are_downloaded(sim: Sim, bot: Bot) -> None:
    person = await sim.user()
    await sim.sends(person, ("photo", "a.jpg", picture(900, 700)), caption="看")
    (update,) = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.photo is not None
    largest = update.message.photo[-1]
    file = await bot.get_file(largest.file_id)
    assert file.file_path is not None
    content = await bot.download_file(file.file_path)
    assert content is not None
    assert len(content.read()) == largest.file_size


async def test_a_press_is_answered(sim: Sim, bot: Bot) -> None:
    person = await sim.user()
    await bot.send_message(person, "卡", reply_markup=BUTTONS)
    await sim.press(person, label="去", times=2)
    first, second = await bot.get_updates(timeout=1)
    for update in (first, second):
        assert update.callback_query is not None
        await bot.answer_callback_query(update.callback_query.id, "好", show_alert=True)
    await sim.sim("POST", f"/users/{person}/block")
    (left,) = await bot.get_updates(offset=second.update_id + 1, timeout=1)
    assert left.my_chat_member is not None


async def test_places_keyboards_pins_and_reactions(sim: Sim, bot: Bot) -> None:
    person = await sim.user()
    await bot.send_location(person, 31.2304, 121.4737, horizontal_accuracy=20)
    venue = await bot.send_venue(person, 31.2304, 121.4737, "3号网格", "解放路 12 号")
    asks = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="位置", request_location=True)]], resize_keyboard=True
    )
    for markup in (asks, ReplyKeyboardRemove(), ForceReply()):
        await bot.send_message(person, "?", reply_markup=markup)
    await bot.pin_chat_message(person, venue.message_id)
    chat = await bot.get_chat(person)
    assert chat.pinned_message is not None
    await bot.unpin_chat_message(person, message_id=venue.message_id)
    await bot.unpin_all_chat_messages(person)
    await bot.set_message_reaction(person, venue.message_id, [ReactionTypeEmoji(emoji="👍")])
    await bot.set_message_reaction(person, venue.message_id, [])
    await bot.send_chat_action(person, "typing")
    forwarded = await bot.forward_message(person, person, venue.message_id)
    assert forwarded.forward_origin is not None
    assert await bot.copy_message(person, person, venue.message_id)
    assert (await bot.get_chat_member(person, bot.id)).status == "member"


async def test_the_bot_describes_itself(sim: Sim, bot: Bot) -> None:
    person = await sim.user()
    me = await bot.get_me()
    assert me.id == 4242
    commands = [BotCommand(command="tasks", description="任务")]
    scope = BotCommandScopeChat(chat_id=person)
    await bot.set_my_commands(commands, scope=scope, language_code="zh")
    (kept,) = await bot.get_my_commands(scope=scope, language_code="zh")
    assert (kept.command, kept.description) == ("tasks", "任务")
    await bot.delete_my_commands(scope=scope, language_code="zh")
    assert await bot.get_my_commands(scope=scope, language_code="zh") == []
    await bot.set_my_name("派单")
    await bot.set_my_description("城市网格派单")
    await bot.set_my_short_description("派单", language_code="zh")
    assert (await bot.get_my_name()).name == "派单"
    assert (await bot.get_my_description()).description == "城市网格派单"
    assert (await bot.get_my_short_description(language_code="zh")).short_description == "派单"
    await bot.set_chat_menu_button(chat_id=person, menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button(chat_id=person)).type == "commands"
    await bot.set_webhook(f"{sim.url}/nowhere", secret_token="s", allowed_updates=["message"])
    assert (await bot.get_webhook_info()).allowed_updates == ["message"]
    await bot.delete_webhook(drop_pending_updates=True)


class AskMoney(TelegramMethod[bool]):
    __returning__ = bool
    __api_method__ = "askMoney"


async def test_every_refusal_has_its_exception(sim: Sim, bot: Bot) -> None:
    person, stranger = await sim.user(), await sim.user(starts=False)
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(stranger, "x")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(99, "x")
    await sim.sim("POST", "/faults", kind="429", retry_after=3)
    with pytest.raises(TelegramRetryAfter) as slower:
        await bot.send_message(person, "x")
    assert slower.value.retry_after == 3
    group = await sim.sim("POST", "/groups", title="群", members=[person])
    await sim.sim("POST", f"/groups/{group['id']}/upgrade")
    with pytest.raises(TelegramMigrateToChat):
        await bot.send_message(group["id"], "x")
    await bot.set_webhook(f"{sim.url}/nowhere")
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    with pytest.raises(TelegramNotFound):
        await bot(AskMoney())


async def test_a_named_token_is_the_only_one() -> None:
    runner, url = await start(build_simulator(token=TOKEN), "127.0.0.1", 0)
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with Bot("77:stolen", session=session) as thief:
        with pytest.raises(TelegramUnauthorizedError):
            await thief.get_me()
        owner = Bot(TOKEN, session=session)
        assert (await owner.get_me()).id == 4242
    await runner.cleanup()
