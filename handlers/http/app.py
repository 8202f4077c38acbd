"""The HTTP application: the webhook, two questions about health, and whatever else is routed."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from handlers.http.intake import RETRY_AFTER, Intake

Readiness = Callable[[], Mapping[str, bool]]
"""Each thing we depend on, by name, and whether it is well."""

READINESS: Final[web.AppKey[Readiness]] = web.AppKey("readiness")
DRAINING: Final = web.AppKey("draining", asyncio.Event)


def build_app(
    *,
    readiness: Readiness,
    draining: asyncio.Event,
    intake: Intake | None = None,
    routes: Iterable[web.AbstractRouteDef] = (),
) -> web.Application:
    """An application that turns everybody but the life check away once `draining` is set."""
    app = web.Application(middlewares=[_turn_away])
    app[READINESS] = readiness
    app[DRAINING] = draining
    app.add_routes([web.get("/healthz", is_alive), web.get("/readyz", is_ready)])
    if intake is not None:
        app.add_routes(intake.routes())
    app.add_routes(routes)
    return app


async def is_alive(_: web.Request) -> web.Response:
    return web.Response(text="ok\n")


async def is_ready(request: web.Request) -> web.Response:
    """503 unless everything is well; names what is not."""
    state = dict(request.app[READINESS]())
    return web.json_response(state, status=200 if all(state.values()) else 503)


@web.middleware
async def _turn_away(request: web.Request, handler: Handler) -> web.StreamResponse:
    """While draining nothing new is begun; Telegram comes again when told when."""
    if request.app[DRAINING].is_set() and request.path != "/healthz":
        return web.Response(status=503, headers=RETRY_AFTER)
    return await handler(request)
