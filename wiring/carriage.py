"""What each transport of this deployment may carry, and where the rest can be read."""

import logging
from collections.abc import Mapping

from bot.chat import Courier, OpenCopy
from bot.painter import Painter
from bot.veil import Loads
from handlers.http.pages import PageDoor
from handlers.terminal.settings import Settings, SettingsError
from storage.assembly import Storage
from workflows import Workflows
from workflows.book import Book
from workflows.privacy.carriage import NOTHING, WHOLE, Region

log = logging.getLogger("paidan")


def loads_of(settings: Settings, book: Book, couriers: Mapping[str, Courier]) -> Loads:
    """By transport, from its region and the policy; nothing by one that nobody knows.

    Raises SettingsError where something is left out of messages and no page could show it.
    """
    carriage = book.policy.privacy
    loads = {
        name: carriage.load(name, courier.capabilities.data_region, settings.data)
        for name, courier in couriers.items()
    }
    sparing = sorted(name for name, load in loads.items() if not load >= WHOLE)
    if sparing and not settings.pages_url:
        raise SettingsError(
            f"messages by {', '.join(sparing)} link to pages of ours: set PAIDAN_PAGES_URL to the "
            "address at which people reach this service, such as https://paidan.example"
        )
    return lambda transport: loads.get(transport, NOTHING)


def page_door(
    settings: Settings, storage: Storage, flows: Workflows, painter: Painter, copies: OpenCopy
) -> PageDoor | None:
    """Where the rest is read; none for a deployment whose messages carry everything."""
    if not settings.pages_url:
        return None
    return PageDoor(
        storage.page_links,
        painter,
        flows.note_access,
        copies,
        painter.speech,
        painter.book,
        flows.now,
        settings.pages_url,
    )


def warn_of_borders(couriers: Mapping[str, Courier], loads: Loads) -> None:
    """For whoever serves people: what crosses the border whole is said once, at the start."""
    for name, courier in couriers.items():
        if courier.capabilities.data_region != Region.MAINLAND and loads(name) >= WHOLE:
            log.warning(
                "messages by %s carry everything abroad; with data about real people set "
                "PAIDAN_DATA=real",
                name,
            )
