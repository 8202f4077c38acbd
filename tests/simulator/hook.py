"""A webhook for tests: it notes what it gets, and answers as it is told."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.simulator.clock import Bell


class Hook:
    """A webhook that notes what it gets and answers as a test tells it."""

    def __init__(self) -> None:
        self.url = ""
        self.bell = Bell()
        self.got: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]
        self.answer = self.fine

    async def fine(self, _: web.Request, __: dict[str, Any]) -> web.StreamResponse:
        return web.Response()

    async def takes(self, request: web.Request) -> web.StreamResponse:
        update = await request.json()
        self.got.append(update)
        self.headers.append(dict(request.headers))
        self.bell.ring()
        return await self.answer(request, update)

    async def has(self, count: int) -> list[dict[str, Any]]:
        for _ in range(200):
            if len(self.got) >= count:
                return self.got
            await self.bell.wait(0.05)
        raise AssertionError(f"only {len(self.got)} of {count} deliveries")

    def texts(self) -> list[str]:
        return [each["message"]["text"] for each in self.got]


@asynccontextmanager
async def listening() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.takes)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()
