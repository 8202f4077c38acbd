"""The journal's end told to the outside every hour, so that nobody can rewrite what lies before.

A head is one line of JSON: kind, number and hash of the last line, the time, and our signature
over the line without it. Whoever keeps such lines where the database's owner cannot write needs
nothing else to prove that the journal before them is as it was: `run.py audit verify --heads`.
"""

import asyncio
import json
import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol

import aiohttp

from handlers.auditor.channel import UndeliveredError
from handlers.auditor.signature import SIGNATURE, TIMESTAMP, is_ours, signed
from workflows.auditing.chain import Harm, Head, Wrong
from workflows.auditing.kept import Chain
from workflows.ports import Clock

log = logging.getLogger(__name__)

KIND: Final = "paidan.head"
LIMITS: Final = aiohttp.ClientTimeout(total=10)


class Way(Protocol):
    """Somewhere outside where heads are kept. `name` is what it is called in the log."""

    @property
    def name(self) -> str: ...

    async def put(self, head: Head, at: datetime) -> None:
        """One attempt. Raises UndeliveredError."""


@dataclass(frozen=True, slots=True)
class HeadsFile:
    """One line each, added and never changed; the file may be one that can only be added to."""

    path: Path
    secret: str = field(default="", repr=False)
    name: str = "file"

    async def put(self, head: Head, at: datetime) -> None:
        await asyncio.to_thread(self._add, line_of(head, at, self.secret))

    def _add(self, line: str) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            try:
                os.write(file, f"{line}\n".encode())
                os.fsync(file)
            finally:
                os.close(file)
        except OSError as no:
            raise UndeliveredError(type(no).__name__) from no


@dataclass(frozen=True, slots=True)
class HeadsUrl:
    """A POST signed like the auditor's calls; any 2xx is a receipt, redirects are not followed."""

    url: str = field(repr=False)
    secret: str = field(repr=False)
    name: str = "url"

    async def put(self, head: Head, at: datetime) -> None:
        body = line_of(head, at, self.secret).encode()
        proof = signed(self.secret, body, int(at.timestamp()))
        headers = {"Content-Type": "application/json", **proof}
        try:
            async with (
                aiohttp.ClientSession(timeout=LIMITS) as session,
                session.post(
                    self.url, data=body, headers=headers, allow_redirects=False
                ) as answer,
            ):
                status = answer.status
        except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as no:
            raise UndeliveredError(type(no).__name__) from None
        if not 200 <= status < 300:
            raise UndeliveredError(f"status {status}")


@dataclass(slots=True)
class PublishHeads:
    """Once an hour each way; a way that fails is tried again by the next round."""

    chain: Chain
    ways: Sequence[Way]
    now: Clock
    _told: dict[str, str] = field(default_factory=dict)

    async def round(self) -> int:
        """Returns 0: nothing more waits behind what is told."""
        at = self.now()
        hour = at.astimezone(UTC).strftime("%Y-%m-%dT%H")
        owed = [way for way in self.ways if self._told.get(way.name) != hour]
        if not owed:
            return 0
        head = await self.chain.head()
        for way in owed:
            try:
                await way.put(head, at)
            except UndeliveredError as no:
                log.warning("the journal's head could not be published by %s: %s", way.name, no)
            else:
                self._told[way.name] = hour
        return 0


def line_of(head: Head, at: datetime, secret: str) -> str:
    """What is published; signed where there is a secret."""
    told: Mapping[str, Any] = _plain(head.seq, head.hash, at)
    if not secret:
        return json.dumps(told)
    proof = signed(secret, _body(told), int(at.timestamp()))
    return json.dumps({**told, "signature": proof[SIGNATURE]})


def read_heads(lines: Iterable[str], secret: str) -> tuple[list[Head], list[Wrong]]:
    """The heads of a file, and those of its lines that are not ours or cannot be read."""
    heads, wrong = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        head = _head(line, secret)
        if head is None:
            wrong.append(Wrong(Harm.FORGED_HEAD, number, number))
        else:
            heads.append(head)
    return heads, wrong


def _head(line: str, secret: str) -> Head | None:
    try:
        told = json.loads(line)
        at = datetime.fromisoformat(told["at"])
        plain = _plain(int(told["seq"]), str(told["hash"]), at)
        seconds = int(at.timestamp())
        given = {TIMESTAMP: str(seconds), SIGNATURE: str(told.get("signature", ""))}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    if secret and not is_ours(secret, given, _body(plain), seconds):
        return None
    return Head(plain["seq"], plain["hash"], at)


def _plain(seq: int, hash_: str, at: datetime) -> Mapping[str, Any]:
    return {"kind": KIND, "seq": seq, "hash": hash_, "at": at.astimezone(UTC).isoformat()}


def _body(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
