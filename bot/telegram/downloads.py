"""The bytes of a picture from Telegram: asked for twice if need be, capped, from one host."""

import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Final

import stamina
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.types import File
from aiohttp import ClientError

from bot.faults import FetchError
from bot.telegram.client import DownloadRefusedError
from bot.telegram.outcomes import TRANSPORT, told
from workflows.cases.case import PhotoRef

DOWNLOAD_MOST: Final = 20 << 20
"""Bytes; Telegram hands out no larger files (messaging.md 1.4)."""
ATTEMPTS: Final = 3
_PATH: Final = re.compile(r"[A-Za-z0-9_\-.][A-Za-z0-9_\-./]*")
_LASTING: Final = ("file is too big", "invalid file_id", "file_id not specified")


async def download(bot: Bot, ref: PhotoRef, *, most: int) -> AsyncIterator[bytes]:
    """Chunks of the file, at most `most` bytes in all. Raises FetchError, without a token.

    Whoever keeps the bytes must throw them away if this raises in the middle.
    """
    file = await _found(bot, ref)
    most = min(most, DOWNLOAD_MOST)
    _check_size(file.file_size or 0, most)
    url = bot.session.api.file_url(bot.token, _checked_path(file.file_path))
    taken = 0
    try:
        async with aclosing(bot.session.stream_content(url)) as chunks:
            async for chunk in chunks:
                taken += len(chunk)
                _check_size(taken, most)
                yield chunk
    except (TimeoutError, ClientError, DownloadRefusedError, OSError) as error:
        raise FetchError(told(error), lasting=False) from None
    if taken < (file.file_size or 1):
        raise FetchError("the file came only in part", lasting=False)


async def _found(bot: Bot, ref: PhotoRef) -> File:
    file_id = ref.data.get("file_id")
    if ref.transport != TRANSPORT or not file_id:
        raise FetchError("not a picture of this messenger", lasting=True)
    try:
        async for attempt in stamina.retry_context(
            on=_passing, attempts=ATTEMPTS, timeout=30, wait_initial=0.5, wait_max=5
        ):
            with attempt:
                return await bot.get_file(str(file_id))
    except TelegramBadRequest as error:
        lasting = any(words in error.message.lower() for words in _LASTING)
        raise FetchError(told(error), lasting=lasting) from None
    except (AiogramError, TypeError) as error:
        raise FetchError(told(error), lasting=False) from None
    raise FetchError("nobody answered", lasting=False)


def _passing(error: Exception) -> bool:
    """What a second question may cure. A read may be repeated; a send never is."""
    if isinstance(error, TelegramEntityTooLarge):
        return False
    return isinstance(error, TelegramNetworkError | TelegramServerError | ClientDecodeError)


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise FetchError(f"larger than {most} bytes", lasting=True, problem="too_large")


def _checked_path(path: str | None) -> str:
    """The server's path if it can only lead to a file below our own address (durability.md 5)."""
    if not path:
        raise FetchError("the file has no path now", lasting=False)
    if not _PATH.fullmatch(path) or ".." in path or "//" in path:
        raise FetchError("the file has a path that leads elsewhere", lasting=True)
    return path
