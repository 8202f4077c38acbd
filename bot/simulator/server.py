"""The application: the Bot API for bots, /sim for people, and one page that shows the phones.

Lenient on purpose, and nowhere else: webhooks may be plain `http` on the loopback address.
"""

import asyncio
import contextlib
import inspect
import json
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web

from bot.simulator import (
    methods_messages,
    methods_updates,
    people_http,
    sim_http,
)
from bot.simulator.clock import SimClock
from bot.simulator.calls import Call
from bot.simulator.errors import Refusal, fail
from bot.simulator.files import FileStore
from bot.simulator.keys import OBSERVERS, WORLD
from bot.simulator.methods_updates import Told, refuse_logged_out
from bot.simulator.outgoing import Turn
from bot.simulator.rates import RateMode, Rates
from bot.simulator.signatures import NAMES, complaints
from bot.simulator.state import JSON
from bot.simulator.wire import BODY_BYTES, Arguments, decode
from bot.simulator.world import World

__all__ = ["OBSERVERS", "WORLD", "build_simulator", "start"]

METHODS = methods_messages.METHODS | methods_updates.METHODS
_PAGE = Path(__file__).with_name("page.html")


def build_simulator(
    *, token: str | None = None, rates: str = "off", clock: SimClock | None = None
) -> web.Application:
    """A simulator with nobody in it.

    `token` names the only bot that is let in; without it any well-formed token is its own bot.
    `rates` is off, documented or strict.
    """
    clock = clock or SimClock()
    world = World(token, clock, Rates(RateMode(rates), clock), FileStore(clock))
    if token:
        world.open_bot(int(token.partition(":")[0]), token)
    app = web.Application(client_max_size=BODY_BYTES, middlewares=[people_http.in_words])
    app[WORLD] = world
    app[OBSERVERS] = world.observers
    app.add_routes(people_http.routes())
    app.add_routes(sim_http.routes())
    app.add_routes(
        [
            web.get("/", show_page),
            web.get("/file/bot{token:[^/]+}/{path:.+}", download),
            web.route("*", "/bot{token:[^/]+}/{rest:.*}", answer),
            web.route("*", "/{anything:.*}", nothing_here),
        ]
    )
    app.cleanup_ctx.append(_background)
    app.on_shutdown.append(_hang_up)
    return app


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
    tasks = [asyncio.create_task(_keep_time(app[WORLD]))]
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
    return web.json_response(fail(Refusal(404)), status=404)


async def download(request: web.Request) -> web.Response:
    """A file by the path that getFile gave, for an hour (messaging.md 1.7)."""
    world = request.app[WORLD]
    try:
        world.bot_of(request.match_info["token"])
    except Refusal as refusal:
        return refused(refusal)
    stored = world.files.open(request.match_info["path"])
    if stored is None:
        return refused(Refusal(404))
    return web.Response(body=stored.data, content_type=stored.mime or "application/octet-stream")


def refused(refusal: Refusal) -> web.Response:
    headers = {}
    if "retry_after" in refusal.parameters:
        headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return web.json_response(fail(refusal), status=refusal.code, headers=headers)


async def answer(request: web.Request) -> web.StreamResponse:
    """One Bot API call, from whichever wire form to its logged answer."""
    world = request.app[WORLD]
    try:
        bot = world.bot_of(request.match_info["token"])
        args = await decode(request)
        method = _method(request.match_info["rest"], args)
    except Refusal as refusal:
        return refused(refusal)
    parameters: JSON = args.values | {
        name: f"<{len(each.data)} bytes>" for name, each in args.uploads.items()
    }
    call = world.calls.open(world.clock.now(), bot.id, method, parameters)
    call.warnings.extend(complaints(method, args))
    turn = Turn(world, bot, args, call.warnings)
    world.tell("call", method, {"parameters": parameters, "warnings": call.warnings})
    try:
        refuse_logged_out(turn)
        result = METHODS[method](turn)
        if inspect.isawaitable(result):
            result = await result
    except Refusal as refusal:
        call.status, call.answer = refusal.code, fail(refusal)
        return refused(refusal)
    return _succeeded(world, call, result)


def _method(rest: str, args: Arguments) -> str:
    name = rest.removeprefix("test/").strip("/") or args.text("method")
    if name.lower() not in NAMES:
        raise Refusal(404, "method not found")
    return NAMES[name.lower()]


def _succeeded(world: World, call: Call, result: object) -> web.Response:
    body: JSON = {"ok": True, "result": True if isinstance(result, Told) else result}
    if isinstance(result, Told):
        body["description"] = str(result)
    world.tell("reply", call.method, body["result"])
    call.status, call.answer = 200, body
    return web.json_response(body, dumps=_dumps)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
