"""The wire from the people to the simulator: JSON and forms over HTTP, and its event stream."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

Json = dict[str, Any]


class TownError(RuntimeError):
    """The simulator refused what a person tried; the message is its `error`."""


class Line:
    """One session to one simulator; `close` it when done."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))

    async def asks(self, verb: str, path: str, **request: Any) -> Any:
        """Make one request of the /sim side. Raises TownError with the simulator's own words."""
        async with self._session.request(verb, self._base + path, **request) as response:
            body = await response.text()
            if response.status >= 400:
                raise TownError(_complaint(response.status, body))
            return json.loads(body) if body else None

    @asynccontextmanager
    async def happenings(self) -> AsyncIterator[aiohttp.StreamReader]:
        """Open the stream of events: lines whenever something changed on some phone."""
        async with self._session.get(self._base + "/sim/events") as response:
            response.raise_for_status()
            yield response.content

    async def close(self) -> None:
        await self._session.close()


async def next_event(stream: aiohttp.StreamReader, seconds: float) -> None:
    """Return when something happens, or when the time is up, whichever is first."""
    try:
        await asyncio.wait_for(stream.readline(), seconds)
    except TimeoutError:
        return


def present(**given: Any) -> Json:
    """Only the fields that have a value: an absent one and a null one are not the same."""
    return {name: value for name, value in given.items() if value is not None}


def form(files: Iterable[tuple[str, bytes, str, str]], **fields: Any) -> aiohttp.FormData:
    """Fill a form with fields and files; a file is its part name, bytes, file name and type."""
    filled = aiohttp.FormData(quote_fields=False)
    for name, value in present(**fields).items():
        filled.add_field(name, str(value))
    for part, data, file_name, kind in files:
        filled.add_field(part, io.BytesIO(data), filename=file_name, content_type=kind)
    return filled


def _complaint(status: int, body: str) -> str:
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {status}: {body[:300]}"
