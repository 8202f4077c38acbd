"""The application: the Bot API for bots, /sim for people, and one page that shows the phones.

Lenient on purpose, and nowhere else: webhooks may be plain `http` on the loopback address.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web

from bot.simulator import groups, people_http, sim_http
from bot.simulator.calling import refused, true_name
from bot.simulator.clock import SimClock
from bot.simulator.errors import Refusal
from bot.simulator.files import FileStore
from bot.simulator.keys import OBSERVERS, WORLD
from bot.simulator.mischief import answered, on_the_wire
from bot.simulator.rates import RateMode, Rates
from bot.simulator.webhook import Postman
from bot.simulator.wire import BODY_BYTES, decode
from bot.simulator.world import World

__all__ = ["OBSERVERS", "WORLD", "build_simulator", "start"]

_PAGE = Path(__file__).with_name("page.html")
_POSTMAN = web.AppKey("postman", Postman)


def build_simulator(
    *,
    token: str | None = None,
    rates: str = "off",
    clock: SimClock | None = None,
    hook_timeout: float = 10.0,
) -> web.Application:
    """A simulator with nobody in it.

    `token` names the only bot that is let in; without it any well-formed token is its own bot.
    `rates` is off, documented or strict. `hook_timeout`: real seconds a webhook may take.
    """
    clock = clock or SimClock()
    world = World(token, clock, Rates(RateMode(rates), clock), FileStore(clock))
    if token:
        world.open_bot(int(token.partition(":")[0]), token)
    app = web.Application(client_max_size=BODY_BYTES, middlewares=[people_http.in_words])
    app[WORLD] = world
    app[OBSERVERS] = world.observers
    app[_POSTMAN] = Postman(world, hook_timeout)
    app.add_routes(_routes())
    app.cleanup_ctx.append(_background)
    app.on_shutdown.append(_hang_up)
    return app


def _routes() -> list[web.RouteDef]:
    return [
        *people_http.routes(),
        *groups.routes(),
        *sim_http.routes(),
        web.get("/", show_page),
        web.get("/file/bot{token:[^/]+}/{path:.+}", download),
        web.route("*", "/bot{token:[^/]+}/{rest:.*}", answer),
        web.route("*", "/{anything:.*}", nothing_here),
    ]


async def start(app: web.Application, host: str, port: int) -> tuple[web.AppRunner, str]:
    """Serve an application; port 0 takes a free one. Returns its runner and its address."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    address = runner.addresses[0]
    return runner, f"http://{host}:{address[1]}"


async def _background(app: web.Application) -> AsyncIterator[None]:
    """What goes on by itself: things put off until later, and webhooks."""
    tasks = [
        asyncio.create_task(_keep_time(app[WORLD])),
        asyncio.create_task(app[_POSTMAN].run()),
    ]
    yield
    for task in tasks:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _hang_up(app: web.Application) -> None:
    """Let everybody who waits go home, so that stopping takes no time."""
    app[WORLD].closing = True
    app[WORLD].changed("closing")


async def _keep_time(world: World) -> None:
    while True:
        await world.bell.wait(world.catch_up())


async def show_page(_: web.Request) -> web.StreamResponse:
    if _PAGE.exists():
        return web.FileResponse(_PAGE)
    return web.Response(text="The simulator runs; its page is not here.")


async def nothing_here(_: web.Request) -> web.Response:
    return on_the_wire(refused(Refusal(404)))


async def download(request: web.Request) -> web.Response:
    """A file by the path that getFile gave, for an hour (messaging.md 1.7)."""
    world = request.app[WORLD]
    try:
        world.bot_of(request.match_info["token"])
    except Refusal as refusal:
        return on_the_wire(refused(refusal))
    stored = world.files.open(request.match_info["path"])
    if stored is None:
        return on_the_wire(refused(Refusal(404)))
    return web.Response(body=stored.data, content_type=stored.mime or "application/octet-stream")


async def answer(request: web.Request) -> web.StreamResponse:
    """One Bot API call, from whichever wire form to its logged answer."""
    world = request.app[WORLD]
    try:
        bot = world.bot_of(request.match_info["token"])
        args = await decode(request)
        name = request.match_info["rest"].removeprefix("test/").strip("/")
        method = true_name(name or args.text("method"))
    except Refusal as refusal:
        return on_the_wire(refused(refusal))
    return await answered(request, world, bot, method, args)
