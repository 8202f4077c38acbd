"""A process killed at a named place leaves either everything or nothing, and others go on."""

import asyncio
import multiprocessing
import signal

import pytest

from storage.assembly import Storage
from tests.storage.city import City, HandClock
from tests.storage.victim import live
from workflows.notices import Address, NoticeKind
from workflows.ports import Timer

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.storage.victim"])


async def end_of(url: str, place: str) -> int | None:
    """How another process ends that works on this database until it comes to the place."""
    process = PROCESSES.Process(target=live, args=(url, place))
    process.start()
    await asyncio.to_thread(process.join)
    code = process.exitcode
    process.close()
    return code


async def die_at(url: str, place: str) -> None:
    assert await end_of(url, place) == -signal.SIGKILL


@pytest.fixture
async def laid_out(storage: Storage, city: City, clock: HandClock) -> Storage:
    """A due timer and a message owed, for the victim to take."""
    case = await city.case()
    async with storage.begin() as work:
        await work.arm(Timer(case.id, "disposal", 0, 0, clock()))
    await city.owe(Address("telegram", "7"), kind=NoticeKind.SAID, sure=True)
    return storage


@pytest.mark.parametrize(
    ("place", "stored"), [("inbox.before_commit", 0), ("inbox.after_commit", 1)]
)
async def test_an_update_is_stored_whole_or_not_at_all(
    laid_out: Storage, url: str, place: str, stored: int
) -> None:
    await die_at(url, place)
    assert await laid_out.inbox.waiting() == stored


@pytest.mark.parametrize(("place", "moves"), [("work.before_commit", 0), ("work.after_commit", 1)])
async def test_a_case_moves_with_its_journal_or_not_at_all(
    laid_out: Storage, url: str, clock: HandClock, place: str, moves: int
) -> None:
    await die_at(url, place)
    async with laid_out.begin() as work:
        [number] = (await work.cases.by_source_numbers(["victim"])).values()
    view = await laid_out.views.case(number)
    assert (view.case.version, len(view.journal)) == (moves, moves)
    rules = {finding.rule for finding in await laid_out.doctor.examine(clock())}
    assert "chain_broken" not in rules


async def test_a_claimed_timer_comes_back_when_its_lease_runs_out(
    laid_out: Storage, url: str, clock: HandClock
) -> None:
    await die_at(url, "timer.after_claim")
    assert await laid_out.timers.claim(1, clock.advance(29)) == ()
    assert len(await laid_out.timers.claim(1, clock.advance(1))) == 1


@pytest.mark.parametrize("place", ["outbox.after_claim", "outbox.before_result"])
async def test_a_message_in_flight_is_marked_as_a_repeat(
    laid_out: Storage, url: str, clock: HandClock, place: str
) -> None:
    await die_at(url, place)
    assert await laid_out.outbox.claim(1, clock()) == ()
    assert await laid_out.outbox.sweep_stuck(clock.advance(30)) == 1
    [owed] = await laid_out.outbox.claim(1, clock.advance(30))
    assert owed.unknowns == 1


async def test_a_killed_migration_is_done_again_by_the_next_start(bare_url: str) -> None:
    await die_at(bare_url, "migration.middle")
    assert await end_of(bare_url, "nowhere") == 0
