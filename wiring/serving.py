"""Answer people until told to stop, then finish what is begun."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from typing import Any

from bot.telegram.hook import hang_hook, take_down_hook
from handlers.http.intake import Intake
from handlers.telegram.polling import Line, Poller, poll, report
from handlers.terminal.settings import Settings
from storage.failpoints import Reach
from wiring.carriage import warn_of_borders
from wiring.city import HOOKED, City, open_city
from wiring.doors import open_doors, webhook
from wiring.policy import offer_policy
from workflows.ports import Clock

log = logging.getLogger("paidan")


async def serve(city: City, stop: asyncio.Event) -> None:
    """Answer until told to stop, then drain: nothing new is begun, what is begun is finished."""
    await city.vault.sweep()
    city.writers.sweep()
    await offer_policy(city)
    await _look_at_photos(city)
    intake = webhook(city)
    async with open_doors(city, stop, intake):
        services = []
        if city.bot is not None:
            services.append(_hanging(city, intake) if intake else polling(city))
        await city.flows.reckon_again()
        city.loop.stop = stop
        await city.loop.run(*services)


async def _look_at_photos(city: City) -> None:
    """Words flow without the store of photos, so its absence is only told, at the start."""
    try:
        await city.vault.look()
    except OSError as no:
        log.error("photos cannot be kept now, and will be tried again: %s", no)  # noqa: TRY400


def _hanging(city: City, intake: Intake) -> Callable[[asyncio.Event], Coroutine[Any, Any, None]]:
    """The service that has updates brought here; it is over when the messenger has agreed."""
    bot, dispatcher = city.bot, city.dispatcher
    assert bot is not None
    assert dispatcher is not None

    async def hang_our_hook(_: asyncio.Event) -> None:
        allowed = dispatcher.resolve_used_update_types()
        await hang_hook(bot, city.settings.webhook_url, intake.secrets[0], allowed)
        city.line = HOOKED

    return hang_our_hook


def polling(city: City) -> Callable[[asyncio.Event], Coroutine[Any, Any, None]]:
    """The service that fetches updates, for as long as this process holds the lease."""
    bot = city.bot
    assert bot is not None
    assert city.dispatcher is not None

    def tell(line: Line, why: str) -> None:
        city.line = line
        report(line, why)

    poller = Poller(
        bot=bot,
        inbox=city.storage.inbox,
        leases=city.storage.leases,
        clock=city.now,
        owner=city.owner,
        allowed=city.dispatcher.resolve_used_update_types(),
        wake=lambda: city.loop.wake("pump"),
        tell=tell,
        seconds=city.settings.poll_seconds,
        figures=city.figures,
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
        warn_of_borders(city.couriers, city.room.loads)
        log.info("serving on %s:%s", settings.host, settings.port)
        await serve(city, stop)
    return 0
