"""Pictures before a card: an album by reference or by upload, silent, and never in the way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from aiogram import Bot
from aiogram.methods import SendMediaGroup, SendPhoto, TelegramMethod
from aiogram.types import BufferedInputFile, InputMediaPhoto

from bot.chat import Delivery, OpenCopy, Outcome, Shot
from bot.telegram.calls import attempt
from bot.telegram.outcomes import TRANSPORT
from bot.telegram.receipts import Receipt, marks
from bot.telegram.screen import caption

ALBUM_MOST: Final = 10
UPLOAD_SECONDS: Final = 30
_BLAMED: Final = re.compile(r"message #(\d+)")
_HALTS: Final = (Outcome.RETRY, Outcome.UNREACHABLE, Outcome.MOVED, Outcome.STOP)
"""What would befall the card as well: not a fault of the pictures."""


@dataclass(frozen=True, slots=True)
class _Item:
    shot: Shot
    file_id: str = ""


async def show_pictures(
    bot: Bot, receipt: Receipt, shots: Sequence[Shot], open_copy: OpenCopy
) -> tuple[Receipt, Delivery | None]:
    """Shows those not tried yet. The verdict is set if the card need not be tried either."""
    new = [shot for shot in shots if marks(shot) and not receipt.has([shot])]
    for start in range(0, len(new), ALBUM_MOST):
        few = new[start : start + ALBUM_MOST]
        ids, unseen, halt = await _show_album(bot, int(receipt.chat), few, open_copy)
        if halt is not None:
            return receipt, halt
        receipt = replace(
            receipt,
            album=(*receipt.album, *ids),
            unseen=receipt.unseen + unseen,
            marks=receipt.marks.union(*map(marks, few)),
        )
    return receipt, None


async def _show_album(
    bot: Bot, chat: int, shots: Sequence[Shot], open_copy: OpenCopy
) -> tuple[tuple[int, ...], int, Delivery | None]:
    """Ids shown, how many could not be, and a verdict that ends it all.

    A picture the server refuses by reference is uploaded; one it refuses again is left out.
    """
    items = [_Item(shot, _file_id(shot)) for shot in shots]
    while items:
        items, method = await _album(chat, items, open_copy)
        if method is None:
            break
        seconds = None if all(item.file_id for item in items) else UPLOAD_SECONDS
        delivery = await attempt(bot, method, seconds)
        if delivery.outcome in _HALTS:
            return (), 0, delivery
        if delivery.outcome in {Outcome.DELIVERED, Outcome.UNKNOWN}:
            break
        items = _weaker(items, delivery.why)
    ids = tuple(map(int, delivery.keys)) if items else ()
    return ids, len(shots) - len(items), None


async def _album(
    chat: int, items: list[_Item], open_copy: OpenCopy
) -> tuple[list[_Item], TelegramMethod[Any] | None]:
    """The call that shows them, and those of them it shows."""
    media = [await _media(item, open_copy) for item in items]
    kept = [item for item, each in zip(items, media, strict=True) if each]
    shown = [each for each in media if each]
    if not shown:
        return [], None
    if len(shown) == 1:
        only = shown[0]
        return kept, SendPhoto(
            chat_id=chat, photo=only.media, caption=only.caption, disable_notification=True
        )
    return kept, SendMediaGroup(chat_id=chat, media=[*shown], disable_notification=True)


async def _media(item: _Item, open_copy: OpenCopy) -> InputMediaPhoto | None:
    words = caption(item.shot.caption)
    if item.file_id:
        return InputMediaPhoto(media=item.file_id, caption=words)
    try:
        data = await open_copy(item.shot.sha256, item.shot.stamp)
    except Exception:  # noqa: BLE001 - whatever ails a picture must not stop the card
        return None
    upload = BufferedInputFile(data, f"{item.shot.sha256[:12]}.jpg")
    return InputMediaPhoto(media=upload, caption=words) if data else None


def _weaker(items: list[_Item], why: str) -> list[_Item]:
    """The next best after a refusal; each round trusts fewer references or has fewer pictures."""
    blamed = _BLAMED.search(why)
    place = int(blamed[1]) - 1 if blamed else -1
    if 0 <= place < len(items):
        return [*items[:place], *_by_upload(items[place : place + 1]), *items[place + 1 :]]
    if any(item.file_id for item in items):
        return [
            each for item in items for each in (_by_upload([item]) if item.file_id else [item])
        ]
    return []


def _by_upload(items: list[_Item]) -> list[_Item]:
    """Shown by reference until now, from our own copy next; an upload that failed is given up."""
    return [_Item(item.shot) for item in items if item.file_id and item.shot.sha256]


def _file_id(shot: Shot) -> str:
    """A compressed photo of this transport can be shown again; a file cannot, as a photo."""
    if shot.ref is None or shot.ref.transport != TRANSPORT or shot.ref.data.get("kind") != "photo":
        return ""
    return str(shot.ref.data.get("file_id", ""))
