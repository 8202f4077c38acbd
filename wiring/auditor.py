"""The auditor as a process of its own: it opens the database for reading and nothing else."""

import bot.telegram  # noqa: F401  first of all: how aiogram is loaded

# isort: split
import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.i18n import Speech
from bot.letter import Letters
from bot.telegram.arrivals import TelegramLine
from bot.telegram.client import build_bot
from handlers.auditor.channel import Channel
from handlers.auditor.heads import read_heads
from handlers.auditor.heartbeat import Heartbeat
from handlers.auditor.mail import Mail, Post
from handlers.auditor.notebook import Notebook
from handlers.auditor.watch import Watch
from handlers.auditor.webhook import Webhook
from handlers.terminal.alarms import AlarmSettings
from handlers.terminal.audit import print_faults
from handlers.terminal.settings import Settings, SettingsError
from handlers.terminal.verifying import Verifying, verify_command
from storage.auditing import StoredAuditing
from storage.database import connect_read_only
from storage.verifying import StoredChain
from wiring.now import read_book
from workflows.ports import Clock, StorageDownError

log = logging.getLogger("paidan")


@dataclass(frozen=True, slots=True)
class Auditor:
    """The watch, and how it speaks at a terminal."""

    watch: Watch
    letters: Letters


async def audit_command(
    asked: argparse.Namespace, settings: Settings, alarms: AlarmSettings, now: Clock
) -> int:
    """Once: look, print, keep nothing. Watching: until SIGTERM or Ctrl-C."""
    if asked.what == "verify":
        return await _verify(asked, settings)
    async with open_auditor(settings, alarms, now) as auditor:
        if not asked.watch:
            notes = await asyncio.to_thread(auditor.watch.notebook.read)
            faults, _ = await auditor.watch.look(notes, now())
            return print_faults(asked, faults, auditor.letters, sys.stdout)
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        log.info("watching; told by %s", ", ".join(_names(auditor.watch)) or "nobody")
        await auditor.watch.run(stop)
    return 0


async def _verify(asked: argparse.Namespace, settings: Settings) -> int:
    """Reads the whole journal; nothing is told to anybody but whoever asked."""
    try:
        database = connect_read_only(settings.database)
    except ValueError as no:
        raise SettingsError(f"PAIDAN_DATABASE: {no}") from no
    try:
        look = Verifying(StoredChain(database), partial(read_heads, secret=settings.heads_secret))
        return await verify_command(asked, look, sys.stdout)
    except StorageDownError as no:
        raise SettingsError(
            f"PAIDAN_DATABASE cannot be read: {type(no.__cause__ or no).__name__}"
        ) from no
    finally:
        await database.dispose()


@asynccontextmanager
async def open_auditor(
    settings: Settings, alarms: AlarmSettings, now: Clock
) -> AsyncIterator[Auditor]:
    """Every part from the settings; nothing is looked at yet. Raises SettingsError."""
    book = read_book(settings, now)
    try:
        database = connect_read_only(settings.database)
    except ValueError as no:
        raise SettingsError(f"PAIDAN_DATABASE: {no}") from no
    bot = build_bot(settings.token, server=settings.server) if settings.token else None
    speech, zone = Speech.load(), book.calendar.zone
    letters = Letters(speech.in_(alarms.language), zone, alarms.pages)
    beat = Heartbeat(alarms.heartbeat_url, alarms.heartbeat_method)
    watch = Watch(
        auditing=StoredAuditing(database, max(book.calendar.national.known, default=0)),
        line=TelegramLine(bot) if bot is not None else None,
        hook=settings.webhook_url,
        channels=tuple(_channels(alarms, letters)),
        heartbeat=beat if alarms.heartbeat_url else None,
        notebook=Notebook(alarms.notebook),
        now=now,
        repeat=timedelta(minutes=alarms.repeat_minutes),
        every=float(alarms.every_seconds),
    )
    try:
        yield Auditor(watch, Letters(speech.in_("en"), zone, alarms.pages))
    finally:
        if bot is not None:
            await bot.session.close()
        await database.dispose()


def _channels(alarms: AlarmSettings, letters: Letters) -> Iterator[Channel]:
    if (mail := alarms.mail) is not None:
        post = Post(
            host=mail.host,
            port=mail.port,
            security=mail.security,
            sender=mail.sender,
            receivers=mail.receivers,
            user=mail.user,
            password=mail.password,
            ca=mail.ca,
        )
        yield Mail(post, letters)
    if alarms.webhook_url:
        yield Webhook(alarms.webhook_url, alarms.webhook_secret, letters)


def _names(watch: Watch) -> Iterator[str]:
    yield from (channel.name for channel in watch.channels)
    if watch.heartbeat is not None:
        yield watch.heartbeat.__class__.__name__.lower()
