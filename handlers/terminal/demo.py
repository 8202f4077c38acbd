"""`run.py demo`: a whole town on this machine, its phones on one page, until Ctrl-C."""

import argparse
import asyncio
import shutil
import signal
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TextIO

from handlers.terminal.demo_photos import View, photo
from handlers.terminal.demo_seed import Past, seed
from handlers.terminal.demo_town import (
    ADMIN,
    CHIEF,
    CLEANER,
    ENGLISH_CLEANER,
    OPERATOR,
    RESIDENTS,
    SUPERVISOR,
    Townsman,
)
from handlers.terminal.stage import DemoClock, Phone, Plan, Stage
from workflows.deadlines.calendar import Calendar
from workflows.people import SYSTEM, PersonId
from workflows.ports import Clock

OpenDemo = Callable[[Plan], AbstractAsyncContextManager[Stage]]
OpenPast = Callable[[Path, datetime], AbstractAsyncContextManager[Past]]

FOLDER: Final = Path("demo-data")
CLOCK_FILE: Final = "clock"
OPENS_AT: Final = 9
"""O'clock, where the demo begins on a day on which nobody works at this hour."""

HOST: Final = "127.0.0.1"

LOOKS_AT: Final = {OPERATOR: "/orders", CHIEF: "/board", SUPERVISOR: "/board", ADMIN: ""}
"""What somebody asks for first, where it is not `/tasks`."""


class DemoError(Exception):
    """The demo was asked for something it cannot do; the words say what would be right."""


def add_arguments(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
    parser.add_argument("--tour", action="store_true", help="play the story and print it")
    parser.add_argument("--port", type=int, default=8300, help="where the phones are shown")
    parser.add_argument("--keep", action="store_true", help="go on with the cases of last time")
    parser.add_argument(
        "--speed",
        default=environment.get("SPEED") or "1",
        help="how many times as fast as life; without it SPEED of the environment",
    )


async def demo_command(
    asked: argparse.Namespace,
    calendar: Calendar,
    now: Clock,
    open_demo: OpenDemo,
    *,
    open_past: OpenPast,
    out: TextIO,
) -> int:
    """Serve until Ctrl-C or SIGTERM. Raises DemoError for a speed that is none."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)

    def say(words: str) -> None:
        print(words, file=out, flush=True)

    speed = speed_of(asked.speed)
    begins = _begins(calendar, now(), keep=asked.keep)
    say("The town wakes up … 小城正在醒来……")
    if not asked.keep:
        async with open_past(FOLDER, begins) as past:
            await seed(past, begins, calendar)
    if stop.is_set():
        return 0
    clock = DemoClock(begins, speed, time.monotonic)
    async with open_demo(Plan(FOLDER, free_port(asked.port), clock)) as stage:
        try:
            await _live(stage, stop, fresh=not asked.keep, say=say)
        finally:
            (FOLDER / CLOCK_FILE).write_text(stage.now().isoformat(), encoding="utf-8")
    return 0


async def _live(
    stage: Stage, stop: asyncio.Event, *, fresh: bool, say: Callable[[str], None]
) -> None:
    """Serve in the background while everybody gets their phone, then say where to look."""
    async with asyncio.TaskGroup() as group:
        group.create_task(stage.serve(stop))
        phones = await hand_out(stage)
        for townsman, phone in phones.items():
            if question := LOOKS_AT.get(townsman, "/tasks"):
                await phone.says(question)
        if fresh:
            await first_cases(phones)
        say(_greeting(stage))
        await stop.wait()


def _greeting(stage: Stage) -> str:
    begins = stage.now().astimezone(stage.flows.book.calendar.zone)
    return (
        f"\n  The town is awake; over there it is {begins:%A %d %B %Y, %H:%M}.\n"
        f"  小城已经醒来，那里现在是 {begins:%Y-%m-%d %H:%M}。\n\n"
        f"  {stage.address}\n\n"
        "  Ctrl-C ends it. SPEED=60 runs an hour in a minute; --tour plays the story by itself."
    )


async def hand_out(stage: Stage) -> dict[Townsman, Phone]:
    """Everybody gets a phone and, by opening the link of an invitation, their place on it."""
    phones: dict[Townsman, Phone] = {}
    for number, townsman in enumerate(RESIDENTS, start=1):
        phones[townsman] = await stage.phone(townsman.name, townsman.phone_language)
        token = await stage.flows.invite.again(SYSTEM, PersonId(number))
        await phones[townsman].starts(token)
    return phones


async def first_cases(phones: Mapping[Townsman, Phone]) -> None:
    """One case that waits for a signature and one for review, by what people do every day."""
    operator = phones[OPERATOR]
    await operator.waits_for("林晓")
    await operator.forwards(
        "茶山卫生院门口的垃圾箱满溢，垃圾都堆到人行道上了。陈女士 13900000021", "热线转发"
    )
    await _presses(operator, "登记")
    await phones[CLEANER].waits_for("茶山卫生院")
    await operator.sends_photo(photo(View.LITTER), "老街菜场后门有暴露垃圾，没有人收")
    await _presses(operator, "匿名")
    await _presses(operator, "登记")
    await _cleaned(phones[ENGLISH_CLEANER])


async def _cleaned(worker: Phone) -> None:
    await _presses(worker, "Sign for")
    await worker.sends_album([photo(View.CLEAN_CORNER), photo(View.CLEAN_CLOSE)])
    await worker.says("done: Swept, bins emptied, corner washed.")


async def _presses(phone: Phone, label: str) -> None:
    """Press a button as soon as it can be seen."""
    await phone.waits_for(lambda shown: any(label in each for each in shown.labels))
    await phone.presses(label)


def first_moment(calendar: Calendar, now: datetime) -> datetime:
    """Now, where the district is at work; else nine o'clock of its next working morning."""
    opening = timedelta(hours=OPENS_AT)
    for day in calendar.days_from(now):
        if any(begin <= now < end for begin, end in day.shifts):
            return now
        if day.shifts and day.begin + opening > now:
            return day.begin + opening
    raise AssertionError("a calendar never ends")


def speed_of(written: str) -> float:
    """How many times as fast as life. Raises DemoError."""
    try:
        speed = float(written)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 3600:
        raise DemoError(f"SPEED must be a number above 0 and up to 3600, not {written!r}")
    return speed


def free_port(wanted: int) -> int:
    """The wanted port, or, where somebody has it, any that is free."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise DemoError("no port is free on this machine")


def _begins(calendar: Calendar, now: datetime, *, keep: bool) -> datetime:
    """A kept town goes on where its time stood, since its cases are dated by it."""
    begins = first_moment(calendar, now)
    if not keep:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    stood = FOLDER / CLOCK_FILE
    if keep and not stood.exists():
        raise DemoError("there is nothing to go on with: start once without --keep")
    if keep:
        return max(begins, datetime.fromisoformat(stood.read_text(encoding="utf-8")))
    return begins
