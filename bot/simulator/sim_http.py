"""The rest of /sim: clock, events, calls, rates, faults, groups, files for the page."""

import asyncio
import json

from aiohttp import web

from bot.simulator.keys import WORLD
from bot.simulator.people_http import body
from bot.simulator.rates import RateMode
from bot.simulator.state import JSON
from bot.simulator.world import NotThereError, World


def _clock_json(world: World) -> JSON:
    return {"now": world.clock.now(), "speed": world.clock.speed}


async def show_clock(request: web.Request) -> web.Response:
    return web.json_response(_clock_json(request.app[WORLD]))


async def move_clock(request: web.Request) -> web.Response:
    """`advance` seconds; `speed` of dates; `now` to set them (Unix seconds)."""
    world, given = request.app[WORLD], await body(request)
    if "now" in given:
        world.clock.set_to(float(given["now"]))
    if "speed" in given:
        world.clock.run_at(float(given["speed"]))
    world.advance(float(given.get("advance", 0)))
    return web.json_response(_clock_json(world))


async def stream_events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: one JSON object per change, so that a page knows when to look."""
    world = request.app[WORLD]
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
    )
    await response.prepare(request)
    queue: asyncio.Queue[JSON] = asyncio.Queue()
    world.listeners.add(queue)
    try:
        await response.write(b": listening\n\n")
        while not world.closing:
            event = await queue.get()
            await response.write(f"data: {json.dumps(event)}\n\n".encode())
    except ConnectionResetError:
        pass  # the page was closed: nobody listens any more
    finally:
        world.listeners.discard(queue)
    return response


async def show_calls(request: web.Request) -> web.Response:
    since = int(request.query.get("since", 0))
    return web.json_response(request.app[WORLD].calls.since(since))


async def set_rates(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    world.rates.set_mode(RateMode((await body(request))["mode"]))
    return web.json_response({"mode": world.rates.mode.value})


async def plan_fault(request: web.Request) -> web.Response:
    return web.json_response(request.app[WORLD].faults.plan(await body(request)).shown())


async def list_faults(request: web.Request) -> web.Response:
    return web.json_response([each.shown() for each in request.app[WORLD].faults.rules])


async def drop_faults(request: web.Request) -> web.Response:
    request.app[WORLD].faults.rules.clear()
    return web.json_response([])


async def show_file(request: web.Request) -> web.Response:
    """Any file by its unique id, for the page."""
    stored = request.app[WORLD].files.by_unique.get(request.match_info["unique"])
    if stored is None:
        raise NotThereError("there is no such file")
    return web.Response(body=stored.data, content_type=stored.mime or "application/octet-stream")


async def list_bots(request: web.Request) -> web.Response:
    bots = request.app[WORLD].bots.values()
    return web.json_response([each.profile for each in bots if each.id])


def routes() -> list[web.RouteDef]:
    return [
        web.get("/sim/clock", show_clock),
        web.post("/sim/clock", move_clock),
        web.get("/sim/events", stream_events),
        web.get("/sim/calls", show_calls),
        web.post("/sim/rates", set_rates),
        web.get("/sim/faults", list_faults),
        web.post("/sim/faults", plan_fault),
        web.delete("/sim/faults", drop_faults),
        web.get("/sim/files/{unique}", show_file),
        web.get("/sim/bots", list_bots),
    ]
