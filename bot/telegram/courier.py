"""The courier to Telegram: shows, edits and retires cards, answers presses, fetches pictures."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from aiogram import Bot
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    SetMessageReaction,
    TelegramMethod,
)
from aiogram.types import (
    ReactionTypeEmoji,
)

from bot.chat import (
    Capabilities,
    Card,
    Commands,
    Delivery,
    Edits,
    OpenCopy,
    Outcome,
)
from bot.document import OpenDocument
from bot.telegram.calls import attempt
from bot.telegram.documents import (
    DOCUMENT_MOST,
    DOCUMENT_SECONDS,
    no_documents,
    with_upload,
)
from bot.telegram.downloads import download
from bot.telegram.flood import FloodWatch
from bot.telegram.menu import Menu, MenuBoard
from bot.telegram.messages import edited, new_message, pin, plain
from bot.telegram.outcomes import TRANSPORT, told
from bot.telegram.pictures import ALBUM_MOST, show_pictures
from bot.telegram.receipts import Receipt, digest
from bot.telegram.screen import KEYBOARD_MOST, TEXT_MOST, Screen, screen, toast
from workflows.cases.case import PhotoRef
from workflows.notices import Address

logger = logging.getLogger(__name__)

STORED: Final = "👌"
"""One of the few reactions a bot may give; ✅ is not (messaging.md 1.3)."""
_Call = Callable[[Screen], TelegramMethod[Any]]
PARTS_SECONDS: Final = 12.0
"""For pictures and pin together: the card must go while the message is still ours to send."""
_BEGUN_MOST: Final = 512
_DONE: Final = (Outcome.DELIVERED, Outcome.ALREADY_SO)


class TelegramCourier:
    """Implements `bot.chat.Courier`. Receipts: see `bot.telegram.receipts`."""

    name = TRANSPORT
    capabilities = Capabilities(
        edits=Edits.ALWAYS,
        edit_window=None,
        buttons_max=KEYBOARD_MOST,
        label_max=64,
        text_max=TEXT_MOST,
        text_unit="characters",
        photos_per_message=ALBUM_MOST,
        can_pin=True,
        can_react=True,
        can_ask_place=True,
        has_silent=True,
        idempotent_sends=False,
        press_has_time=False,
        data_region="abroad",
        document_max=DOCUMENT_MOST,
    )

    def __init__(
        self,
        bot: Bot,
        open_copy: OpenCopy,
        open_document: OpenDocument = no_documents,
        *,
        parts_seconds: float = PARTS_SECONDS,
    ) -> None:
        self._bot = bot
        self._menus = MenuBoard(bot)
        self._open_copy = open_copy
        self._open_document = open_document
        self._parts_seconds = parts_seconds
        self._flood = FloodWatch()
        self._begun: OrderedDict[tuple[str, str], Receipt] = OrderedDict()

    async def show(
        self,
        address: Address,
        card: Card,
        *,
        key: str,
        loud: bool,
        before: Mapping[str, Any] | None = None,
    ) -> Delivery:
        """Pictures and pin first, silently; the card last: only the card decides the verdict.

        Parts already shown under this key are not shown again while this process lives.
        """
        try:
            chat, _ = int(address.chat), screen(card)
        except ValueError as error:
            return Delivery(Outcome.BAD_CONTENT, why=told(error))
        receipt = self._begun.pop((address.chat, key), Receipt(address.chat))
        receipt, delivery = await self._parts_in_time(receipt, card, Receipt.read(before))
        if delivery is None:
            card, upload = await with_upload(card, self._open_document)
            look = screen(card, note=_note(card, receipt))
            delivery = await self._put(
                look,
                lambda now: new_message(chat, now, upload, loud=loud),
                DOCUMENT_SECONDS if upload else None,
            )
            receipt = receipt.looking(look)
        if delivery.outcome not in _DONE:
            self._remember((address.chat, key), receipt)
            return self._flood.judged(address.chat, delivery)
        message = int(delivery.keys[0]) if delivery.keys else 0
        return _delivered(delivery, replace(receipt, message=message))

    async def revise(
        self,
        address: Address,
        receipt: Mapping[str, Any],
        card: Card,
        *,
        key: str,  # noqa: ARG002 - for transports that can tell a repeat; an edit is one anyway
    ) -> Delivery:
        """Edits the message, unless it looks so already; GONE if it cannot show all there is."""
        live = Receipt.read(receipt)
        if live is None or not live.message or live.chat != address.chat:
            return Delivery(Outcome.GONE, why="no message of ours in this chat")
        if not live.has(card.pictures):
            return Delivery(Outcome.GONE, why="new pictures need a new message")
        try:
            look = screen(card, note=_note(card, live))
        except ValueError as error:
            return Delivery(Outcome.BAD_CONTENT, why=told(error))
        if live.digest == digest(look):
            return _delivered(Delivery(Outcome.ALREADY_SO), live)
        delivery = await self._put(look, lambda now: edited(live, now))
        return self._flood.judged(live.chat, _delivered(delivery, live.looking(look)))

    async def retire(
        self, address: Address, receipt: Mapping[str, Any], card: Card | None
    ) -> Delivery:
        """Takes the buttons off; with a card, its words stay instead."""
        if card is not None:
            bare = replace(card, buttons=(), pictures=())
            return await self.revise(address, receipt, bare, key="")
        live = Receipt.read(receipt)
        if live is None or not live.message or live.chat != address.chat:
            return Delivery(Outcome.GONE, why="no message of ours in this chat")
        method = EditMessageReplyMarkup(chat_id=int(live.chat), message_id=live.message)
        delivery = await attempt(self._bot, method)
        return _delivered(delivery, replace(live, digest=""))

    async def hang_menu(self, address: Address, menu: Mapping[str, Commands]) -> Delivery:
        """One call a language, and none for what hangs there already."""
        if menu:
            return await self._menus.hang(Menu(menu), address.chat)
        return await self._menus.take_down(address.chat)

    async def react(self, address: Address, message: str) -> Delivery:
        """👌 on a person's own message; a refusal is a verdict like any other."""
        try:
            chat, number = int(address.chat), int(message)
        except ValueError as error:
            return Delivery(Outcome.FINAL, why=told(error))
        sign = ReactionTypeEmoji(emoji=STORED)
        method = SetMessageReaction(chat_id=chat, message_id=number, reaction=[sign])
        return await attempt(self._bot, method)

    async def acknowledge(self, press_id: str, words: str, *, urgent: bool) -> None:
        """Ends the waiting on the phone; too late or twice is no misfortune."""
        method = AnswerCallbackQuery(
            callback_query_id=press_id, text=toast(words), show_alert=urgent
        )
        delivery = await attempt(self._bot, method)
        if delivery.outcome is not Outcome.DELIVERED:
            logger.info("a press stayed unanswered: %s", delivery.why)

    def fetch(self, ref: PhotoRef, *, most: int) -> AsyncIterator[bytes]:
        return download(self._bot, ref, most=most)

    async def _parts_in_time(
        self, receipt: Receipt, card: Card, before: Receipt | None
    ) -> tuple[Receipt, Delivery | None]:
        """Pictures that take too long count as not shown, and as tried."""
        try:
            async with asyncio.timeout(self._parts_seconds):
                return await self._show_parts(receipt, card, before)
        except TimeoutError:
            return receipt.given_up(card.pictures), None

    async def _show_parts(
        self, receipt: Receipt, card: Card, before: Receipt | None
    ) -> tuple[Receipt, Delivery | None]:
        """Pictures and pin; a verdict if the card would meet the same fate."""
        if before is not None and before.chat == receipt.chat and not receipt.place:
            receipt = replace(receipt, place=before.place)
        receipt, halt = await show_pictures(self._bot, receipt, card.pictures, self._open_copy)
        if halt is not None or card.place is None or receipt.place:
            return receipt, halt
        delivery = await attempt(self._bot, pin(int(receipt.chat), card))
        if delivery.keys:
            return replace(receipt, place=int(delivery.keys[0])), None
        passing = (Outcome.UNKNOWN, Outcome.BAD_CONTENT, Outcome.DELIVERED, Outcome.FINAL)
        return receipt, None if delivery.outcome in passing else delivery

    async def _put(self, look: Screen, call: _Call, seconds: int | None = None) -> Delivery:
        """The message as designed and, if that is refused, once more as plain text."""
        delivery = await attempt(self._bot, call(look), seconds)
        if delivery.outcome is not Outcome.BAD_CONTENT:
            return delivery
        logger.warning("shown plainly after a refusal: %s", delivery.why)
        return await attempt(self._bot, call(plain(look)), seconds)

    def _remember(self, key: tuple[str, str], receipt: Receipt) -> None:
        self._begun[key] = receipt
        while len(self._begun) > _BEGUN_MOST:
            self._begun.popitem(last=False)


def _note(card: Card, receipt: Receipt) -> str:
    """What the card says of pictures that could not be shown."""
    return (card.no_picture or f"📷 ✕ {receipt.unseen}") if receipt.unseen else ""


def _delivered(delivery: Delivery, receipt: Receipt) -> Delivery:
    """With its receipt, if it was; any other verdict as it is."""
    if delivery.outcome not in _DONE:
        return delivery
    return replace(delivery, receipt=receipt.written(), keys=receipt.keys)
