"""A link is used up by one browser, however many reach for it, and only hashes are kept."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from storage.assembly import Storage
from storage.rows.pages import page_links
from tests.storage.city import City, HandClock
from workflows.people import Person

HOUR = timedelta(hours=1)


async def owing(storage: Storage, city: City, clock: HandClock) -> tuple[int, Person]:
    """The number of a message, and whom it is owed."""
    reader, _ = await city.bound()
    await city.owe(reader)
    return (await storage.outbox.claim(1, clock()))[0].id, reader


async def test_a_link_is_opened_once_and_looked_at_until_its_page_closes(
    storage: Storage, city: City, clock: HandClock
) -> None:
    (message, reader), links = await owing(storage, city, clock), storage.page_links
    token = await links.issue(message, reader.id, clock() + HOUR)
    assert len(token) >= 22
    assert await links.waits(token, clock())
    assert await links.shown(token, "mine", clock()) is None
    assert await links.open(token, "mine", clock(), clock() + HOUR)
    assert not await links.waits(token, clock())
    assert await links.open(token, "mine", clock(), clock() + 9 * HOUR)
    assert not await links.open(token, "theirs", clock(), clock() + HOUR)
    opened = await links.shown(token, "mine", clock())
    assert opened is not None
    assert opened.until == clock() + HOUR
    assert (opened.owed.id, opened.owed.reader) == (message, reader)
    assert await links.shown(token, "theirs", clock()) is None
    assert await links.shown(token, "mine", clock.advance(3600)) is None
    assert not await links.open(token, "mine", clock(), clock() + HOUR)


async def test_a_link_that_nobody_used_in_time_or_ever_made_opens_nothing(
    storage: Storage, city: City, clock: HandClock
) -> None:
    (message, reader), links = await owing(storage, city, clock), storage.page_links
    token = await links.issue(message, reader.id, clock() + HOUR)
    for unknown in ("", "x" * 32, "\udc80", token[:-1], token + "x"):
        assert not await links.waits(unknown, clock())
        assert not await links.open(unknown, "mine", clock(), clock() + HOUR)
    clock.advance(3600)
    assert not await links.waits(token, clock())
    assert not await links.open(token, "mine", clock(), clock() + HOUR)


async def test_of_many_who_open_at_once_one_gets_it(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    message, reader = await owing(storage, city, clock)
    token = await storage.page_links.issue(message, reader.id, clock() + HOUR)
    opening = [
        door.page_links.open(token, f"browser {number}", clock(), clock() + HOUR)
        for number, door in enumerate((storage, neighbour) * 4)
    ]
    assert sum(await asyncio.gather(*opening)) == 1


async def test_neither_token_nor_visitor_stands_in_the_database(
    storage: Storage, city: City, clock: HandClock
) -> None:
    message, reader = await owing(storage, city, clock)
    token = await storage.page_links.issue(message, reader.id, clock() + HOUR)
    await storage.page_links.open(token, "visitor", clock(), clock() + HOUR)
    async with storage.database.reading() as connection:
        row = (await connection.execute(select(page_links))).one()
    assert {len(row.token_hash), len(row.visitor_hash)} == {64}
    assert not {token, "visitor"} & {str(column) for column in row}
