"""A screen as a call of the Bot API: a message, with a file or without, an edit, a pin; pure."""

from typing import Final

from aiogram.methods import EditMessageText, SendDocument, SendLocation, SendMessage, SendVenue
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)

from bot.chat import Card
from bot.plain import cut, one_line
from bot.telegram.receipts import Receipt
from bot.telegram.screen import TITLE_MOST, Screen

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


def new_message(
    chat: int, look: Screen, upload: BufferedInputFile | None = None, *, loud: bool
) -> SendMessage | SendDocument:
    """With a file the words are its caption, so that both arrive or neither."""
    if upload is not None:
        return SendDocument(
            chat_id=chat,
            document=upload,
            caption=look.text,
            caption_entities=list(look.entities) or None,
            reply_markup=look.keyboard,
            disable_content_type_detection=True,
            disable_notification=not loud,
        )
    return SendMessage(
        chat_id=chat,
        text=look.text,
        entities=list(look.entities) or None,
        reply_markup=look.keyboard or look.below,
        link_preview_options=_NO_PREVIEW,
        disable_notification=not loud,
    )


def edited(live: Receipt, look: Screen) -> EditMessageText:
    """Without a keyboard the old buttons go: that is what Telegram does (messaging.md 1.3)."""
    return EditMessageText(
        chat_id=int(live.chat),
        message_id=live.message,
        text=look.text,
        entities=list(look.entities) or None,
        reply_markup=look.keyboard,
        link_preview_options=_NO_PREVIEW,
    )


def pin(chat: int, card: Card) -> SendVenue | SendLocation:
    """A named place as a venue, its coordinates as address; a bare one as a location."""
    assert card.place is not None
    latitude, longitude = card.place.latitude, card.place.longitude
    title = cut(one_line(card.place_title), TITLE_MOST)
    if not title:
        return SendLocation(
            chat_id=chat, latitude=latitude, longitude=longitude, disable_notification=True
        )
    return SendVenue(
        chat_id=chat,
        latitude=latitude,
        longitude=longitude,
        title=title,
        address=f"{latitude:.5f}, {longitude:.5f}",
        disable_notification=True,
    )


def plain(look: Screen) -> Screen:
    """The same words and buttons without anything that could be at fault."""
    rows = look.keyboard.inline_keyboard if look.keyboard else []
    bare = [
        [InlineKeyboardButton(text=each.text, callback_data=each.callback_data) for each in row]
        for row in rows
    ]
    return Screen(look.text, (), InlineKeyboardMarkup(inline_keyboard=bare) if bare else None)
