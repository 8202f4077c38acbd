"""Imports the product once and forks a real process for every command it is asked to run.

Starting Python with all its imports takes seconds, a fork takes milliseconds, and what is killed
is a process of its own all the same. Orders come as lines of JSON on standard input; each birth
and each end is told as a line of JSON on standard output.
"""

import asyncio
import gc
import json
import os
import random
import selectors
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import delete

import run
import wiring.serving
import wiring.stage  # noqa: F401  so that no fork has to
from handlers.terminal.demo_town import PEOPLE, load_town
from handlers.terminal.settings import Settings
from storage.rows.outgoing import outbox
from tests.faults.board import Board
from tests.faults.lives import account
from wiring.city import open_city
from workflows.notices import Address
from workflows.people import SYSTEM


def main() -> int | None:
    """Serve orders until standard input ends. In a fork: the exit code of its command."""
    gc.freeze()  # what all share need not be looked at, and so not copied, in each
    bell, rope = os.pipe()
    os.set_blocking(rope, False)
    os.set_blocking(bell, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(rope)
    watch = selectors.DefaultSelector()
    watch.register(0, selectors.EVENT_READ)
    watch.register(bell, selectors.EVENT_READ)
    rest = b""
    while True:
        ready = {key.fd for key, _ in watch.select()}
        if bell in ready:
            os.read(bell, 4096)
            for end in ended():
                tell(end)
        if 0 in ready:
            read = os.read(0, 65536)
            if not read:
                return 0
            *orders, rest = (rest + read).split(b"\n")
            for order in orders:
                if (code := obey(json.loads(order))) is not None:
                    return code


def obey(order: dict[str, Any]) -> int | None:
    """Fork; the parent gets None and tells of the birth."""
    pid = os.fork()
    if pid:
        tell({"born": pid})
        return None
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    quiet = os.open(os.devnull, os.O_RDONLY)
    for own, other in ((0, quiet), (1, log), (2, log)):
        os.dup2(other, own)
    os.environ.update(order["env"])
    random.seed()
    return live(order["arguments"], Board(Path(order["board"])))


def live(arguments: list[str], board: Board) -> int:
    if arguments == ["settle"]:
        asyncio.run(settle(board))
        return 0
    return run.main(arguments, now=board.now, ticks=hasty, reach=board.reach)


def hasty() -> float:
    """Lets a minute's budget of messages come back in two seconds; it has tests of its own."""
    return time.monotonic() * 30


async def settle(board: Board) -> None:
    """The demo's town on an empty database, everybody bound to the account of their place."""
    async with open_city(Settings.read(os.environ), now=board.now) as city:
        await load_town(city.storage.loading, city.now())
        for place, man in enumerate(PEOPLE):
            token = await city.flows.invite(SYSTEM, man.name, man.posts, man.language)
            home = Address("telegram", str(account(place)))
            await city.flows.accept_invite(home, token, private=True, cause=None)
        async with city.storage.database.begin() as connection:
            await connection.execute(delete(outbox))  # what they were told then is old news


def ended() -> Iterator[dict[str, int]]:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        yield {"ended": pid, "code": os.waitstatus_to_exitcode(status)}


def tell(what: dict[str, int]) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
