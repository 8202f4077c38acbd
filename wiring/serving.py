"""Answer people until told to stop, then finish what is begun."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.telegram.hook import hang_hook, take_down_hook
from bot.telegram.redaction import SafeFormatter, TokenFilter
from handlers.http.app import build_app
from handlers.http.intake import Intake
from handlers.telegram.polling import Poller, poll
from handlers.terminal.settings import Settings, SettingsError
from storage.failpoints import Reach
from wiring.city import City, open_city
from workflows.ports import Clock

log = logging.getLogger("paidan")

STALE_AFTER: Final = 60.0


async def serve(city: City, stop: asyncio.Event) -> None:
    """Answer until told to stop, then drain: nothing new is begun, what is begun is finished."""
    await city.vault.sweep()
    intake = _webhook(city)
    app = build_app(readiness=lambda: _readiness(city), draining=stop, intake=intake)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    await web.TCPSite(runner, city.settings.host, city.settings.port).start()
    services = [] if city.bot is None else [_hanging(city, intake) if intake else polling(city)]
    await city.flows.reckon_again()
    city.loop.stop = stop
    try:
        await city.loop.run(*services)
    finally:
        await runner.cleanup()


def _readiness(city: City) -> dict[str, bool]:
    return {"loop": city.loop.oldest_run() < STALE_AFTER}


def _webhook(city: City) -> Intake | None:
    if not city.settings.webhook_url:
        return None
    try:
        return Intake(
            path=urlsplit(city.settings.webhook_url).path,
            secrets=city.settings.webhook_secrets,
            inbox=city.storage.inbox,
            clock=city.now,
            wake=lambda: city.loop.wake("pump"),
        )
    except ValueError as no:
        raise SettingsError(f"PAIDAN_WEBHOOK_URL or its secret cannot be used: {no}") from no


def _hanging(city: City, intake: Intake) -> Callable[[asyncio.Event], Coroutine[Any, Any, None]]:
    """The service that has updates brought here; it is over when the messenger has agreed."""
    bot, dispatcher = city.bot, city.dispatcher
    assert bot is not None
    assert dispatcher is not None

    async def hang_our_hook(_: asyncio.Event) -> None:
        allowed = dispatcher.resolve_used_update_types()
        await hang_hook(bot, city.settings.webhook_url, intake.secrets[0], allowed)

    return hang_our_hook


def polling(city: City) -> Callable[[asyncio.Event], Coroutine[Any, Any, None]]:
    """The service that fetches updates, for as long as this process holds the lease."""
    bot = city.bot
    assert bot is not None
    assert city.dispatcher is not None
    poller = Poller(
        bot=bot,
        inbox=city.storage.inbox,
        leases=city.storage.leases,
        clock=city.now,
        owner=city.owner,
        allowed=city.dispatcher.resolve_used_update_types(),
        wake=lambda: city.loop.wake("pump"),
        seconds=city.settings.poll_seconds,
    )

    async def keep_polling(stop: asyncio.Event) -> None:
        await take_down_hook(bot)
        await poll(poller, stop)

    return keep_polling


async def serve_command(
    settings: Settings, now: Clock, reach: Reach, ticks: Callable[[], float]
) -> int:
    """Serve until SIGTERM or Ctrl-C, then finish what is begun.

    Whoever is told to stop while still starting just ends: nothing is begun yet.
    """
    stop = asyncio.Event()
    async with open_city(settings, now=now, reach=reach) as city:
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        city.ticks = ticks
        log.info("serving on %s:%s", settings.host, settings.port)
        await serve(city, stop)
    return 0


def listen_to_logs(*, loud: bool) -> None:
    """One line an event on standard error, no token in any of them."""
    handler = logging.StreamHandler()
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(TokenFilter())
    level = logging.INFO if loud else logging.WARNING
    logging.basicConfig(level=level, handlers=[handler])
    logging.getLogger("aiogram.event").setLevel(logging.WARNING)
