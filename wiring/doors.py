"""What stands open over HTTP: webhook, health, and figures where somebody chose to show them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web

from handlers.http.app import build_app, build_metrics_app, hang_metrics
from handlers.http.intake import Intake
from handlers.http.metrics import PrometheusFigures, Scrape
from handlers.terminal.settings import METRICS_HERE, METRICS_OFF, Settings, SettingsError
from wiring.city import City
from wiring.health import Health
from wiring.standing import standing

SHUTDOWN_SECONDS = 5.0


@asynccontextmanager
async def open_doors(
    city: City, stop: asyncio.Event, intake: Intake | None
) -> AsyncIterator[None]:
    """Listen on the settings' addresses until the block ends."""
    host, _, port = city.settings.metrics.rpartition(":")
    async with AsyncExitStack() as open_ones:
        app = main_app(city, stop, intake)
        where = (city.settings.host, city.settings.port)
        await open_ones.enter_async_context(_listening(app, *where))
        if port.isdecimal() and (scrape := scrape_of(city)) is not None:
            beside = build_metrics_app(scrape)
            await open_ones.enter_async_context(_listening(beside, host, int(port)))
        yield


def main_app(city: City, stop: asyncio.Event, intake: Intake | None) -> web.Application:
    app = build_app(
        readiness=Health(city),
        draining=stop,
        intake=intake,
        routes=city.pages.routes() if city.pages else (),
        figures=city.figures,
    )
    scrape = scrape_of(city)
    if scrape is not None and _shows_figures_beside(city.settings):
        everybody = city.settings.metrics == METRICS_HERE
        hang_metrics(app, scrape, for_everybody=everybody)
    return app


def _shows_figures_beside(settings: Settings) -> bool:
    """What is reached from outside shows them only if somebody said so."""
    if settings.metrics:
        return settings.metrics == METRICS_HERE
    return not settings.webhook_url


def scrape_of(city: City) -> Scrape | None:
    figures = city.figures
    if not isinstance(figures, PrometheusFigures) or city.settings.metrics == METRICS_OFF:
        return None
    return Scrape(figures, lambda: standing(city))


def webhook(city: City) -> Intake | None:
    """The door for updates, if they are brought. Raises SettingsError."""
    if not city.settings.webhook_url:
        return None
    try:
        return Intake(
            path=urlsplit(city.settings.webhook_url).path,
            secrets=city.settings.webhook_secrets,
            inbox=city.storage.inbox,
            clock=city.now,
            wake=lambda: city.loop.wake("pump"),
            figures=city.figures,
        )
    except ValueError as no:
        raise SettingsError(f"PAIDAN_WEBHOOK_URL or its secret cannot be used: {no}") from no


@asynccontextmanager
async def _listening(app: web.Application, host: str, port: int) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host.strip("[]"), port).start()
        yield
    finally:
        await runner.cleanup()
