"""Files that we hand over: opened when the message goes, and never kept here."""

from typing import Final

from aiogram.types import BufferedInputFile

from bot.chat import Card
from bot.document import OpenDocument
from bot.telegram.screen import CAPTION_MOST

DOCUMENT_MOST: Final = 50 * 1024 * 1024
"""Bytes that a bot may upload (messaging.md 1.4)."""

DOCUMENT_SECONDS: Final = 45
"""A message counts as stuck after a minute; the upload is given up before."""


async def no_documents(ref: str) -> bytes:
    """For a courier that nobody gave any."""
    raise LookupError(f"no file {ref} here")


async def with_upload(
    card: Card, open_document: OpenDocument
) -> tuple[Card, BufferedInputFile | None]:
    """The card with its file; without it where it is gone or its words are no caption."""
    if card.document is None:
        return card, None
    if len(card.plain()) > CAPTION_MOST:
        return card.without_document(), None
    try:
        data = await open_document(card.document.ref)
    except LookupError:
        return card.without_document(), None
    return card, BufferedInputFile(data, card.document.name)
