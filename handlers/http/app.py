"""The HTTP application: webhook, questions about health, figures, and whatever else is routed."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from ipaddress import ip_address
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from handlers.http.intake import RETRY_AFTER, Intake
from handlers.http.metrics import CONTENT_TYPE, Metrics
from workflows.figures import SILENCE, Count, Figures
from workflows.privacy.pages import PATH

Readiness = Callable[[], Awaitable[Mapping[str, bool | str]]]
"""Each thing we depend on, by name: True, or in words what is not well."""

READINESS: Final[web.AppKey[Readiness]] = web.AppKey("readiness")
DRAINING: Final = web.AppKey("draining", asyncio.Event)
FIGURES: Final[web.AppKey[Figures]] = web.AppKey("figures")
METRICS: Final[web.AppKey[Metrics]] = web.AppKey("metrics")

ALWAYS_ANSWERED: Final = {"/healthz", "/metrics"}
PASSED_ON: Final = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
"""Whoever sends one of these speaks for somebody else."""


def build_app(
    *,
    readiness: Readiness,
    draining: asyncio.Event,
    intake: Intake | None = None,
    routes: Iterable[web.AbstractRouteDef] = (),
    figures: Figures = SILENCE,
) -> web.Application:
    """An application that turns new work away once `draining` is set."""
    app = web.Application(middlewares=[_counted, _turn_away])
    app[READINESS] = readiness
    app[DRAINING] = draining
    app[FIGURES] = figures
    app.add_routes([web.get("/healthz", is_alive), web.get("/readyz", is_ready)])
    if intake is not None:
        app.add_routes(intake.routes())
    app.add_routes(routes)
    return app


def hang_metrics(app: web.Application, metrics: Metrics, *, for_everybody: bool) -> None:
    """Answer scrapes at /metrics: of anybody who gets here, or of this very machine only."""
    app[METRICS] = metrics
    app.add_routes([web.get("/metrics", scraped if for_everybody else scraped_from_here)])


def build_metrics_app(metrics: Metrics) -> web.Application:
    """The figures behind an address of their own, and nothing else."""
    app = web.Application()
    hang_metrics(app, metrics, for_everybody=True)
    return app


async def is_alive(_: web.Request) -> web.Response:
    """The process answers; whether it can work is another question."""
    return web.Response(text="ok\n")


async def is_ready(request: web.Request) -> web.Response:
    """503 unless everything is well; names what is not."""
    state = dict(await request.app[READINESS]())
    well = all(each is True for each in state.values())
    return web.json_response(state, status=200 if well else 503)


async def scraped(request: web.Request) -> web.Response:
    page = await request.app[METRICS].page()
    return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE})


async def scraped_from_here(request: web.Request) -> web.Response:
    """404 for others: a proxy of the webhook must not show what nobody chose to show."""
    return await scraped(request) if _is_from_here(request) else web.Response(status=404)


def _is_from_here(request: web.Request) -> bool:
    if any(name in request.headers for name in PASSED_ON):
        return False
    try:
        return ip_address(request.remote or "").is_loopback
    except ValueError:
        return False


@web.middleware
async def _counted(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Counts answers by what was asked; the webhook's own path is nobody's business."""
    status = 500
    try:
        answer = await handler(request)
        status = answer.status
    except web.HTTPException as no:
        status = no.status
        raise
    finally:
        request.app[FIGURES].count(Count.REQUESTS, _asked(request), str(status))
    return answer


def _asked(request: web.Request) -> str:
    if request.match_info.http_exception is not None:
        return "unknown"
    path = request.path
    if path.startswith(PATH):
        return "page"
    return path[1:] if path in {"/healthz", "/readyz", "/metrics"} else "webhook"


@web.middleware
async def _turn_away(request: web.Request, handler: Handler) -> web.StreamResponse:
    """While draining nothing new is begun; Telegram comes again when told when."""
    if request.app[DRAINING].is_set() and request.path not in ALWAYS_ANSWERED:
        return web.Response(status=503, headers=RETRY_AFTER)
    return await handler(request)
