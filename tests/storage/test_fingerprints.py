"""Photos that look alike are found by a few bits' difference, and masses of them cost nothing."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from storage.assembly import Storage
from storage.fingerprints import MOST_NEAR
from tests.storage.city import City, HandClock
from tests.storage.test_photos import PICTURE, sent
from workflows.cases.case import Case, Photo, PhotoState, Stage
from workflows.evidence.kept import FARTHEST, Near

A_YEAR = timedelta(days=366)


async def printed(  # noqa: PLR0917  who, where, when and what
    storage: Storage,
    city: City,
    clock: HandClock,
    fingerprint: int,
    case: Case | None = None,
    alike: tuple[Near, ...] = (),
) -> Photo:
    """A photo whose bytes are here, with this fingerprint."""
    picture = replace(PICTURE, unique=f"unique-{next(city.numbers)}")
    assert await sent(storage, case or await city.case(), picture, Stage.AFTER)
    [(photo, fence)] = await storage.fetching.claim(1, clock())
    async with storage.begin() as work:
        assert await work.photos.seal(replace(photo, state=PhotoState.KEPT), fence)
        await work.prints.keep(photo.id, fingerprint, alike)
    return photo


async def near(storage: Storage, clock: HandClock, fingerprint: int, bits: int = 7) -> list[int]:
    async with storage.begin() as work:
        found = await work.prints.near(fingerprint, bits, clock() - A_YEAR)
    return [each.photo for each in found]


async def test_every_copy_within_seven_bits_is_found_wherever_they_lie(
    storage: Storage, city: City, clock: HandClock
) -> None:
    dice = Random(6)
    for _ in range(40):
        original = dice.getrandbits(64)
        photo = await printed(storage, city, clock, original)
        copy = original
        for bit in dice.sample(range(64), FARTHEST):
            copy ^= 1 << bit
        assert photo.id in await near(storage, clock, copy)
        assert photo.id not in await near(storage, clock, copy, FARTHEST - 1)


async def test_the_ends_of_the_numbers_are_numbers_like_others(
    storage: Storage, city: City, clock: HandClock
) -> None:
    for fingerprint in (0, (1 << 64) - 1, 1 << 63):
        photo = await printed(storage, city, clock, fingerprint)
        assert photo.id in await near(storage, clock, fingerprint, 0)


async def test_the_nearest_comes_first_with_its_case_and_sender(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    far = await printed(storage, city, clock, 0b111, case)
    same = await printed(storage, city, clock, 0, case)
    async with storage.begin() as work:
        first, second = await work.prints.near(0, 7, clock() - A_YEAR)
    assert (first.photo, first.bits) == (same.id, 0)
    assert (second.photo, second.bits, second.case) == (far.id, 3, case.id)
    assert (second.sent_by, second.said_at) == (far.sent_by, far.said_at)


async def test_what_was_taken_back_or_is_older_than_a_year_is_not_compared(
    storage: Storage, city: City, clock: HandClock
) -> None:
    photo = await printed(storage, city, clock, 42)
    old = await printed(storage, city, clock, 43)
    async with storage.begin() as work:
        await work.photos.take_back(photo.id)
    assert await near(storage, clock, 42) == [old.id]
    clock.advance(A_YEAR.total_seconds() + 1)
    assert await near(storage, clock, 42) == []


async def test_a_photo_sealed_twice_has_one_fingerprint(
    storage: Storage, city: City, clock: HandClock
) -> None:
    first = await printed(storage, city, clock, 5)
    async with storage.begin() as work:
        [like] = await work.prints.near(5, 0, clock() - A_YEAR)
    second = await printed(storage, city, clock, 5, alike=(like,))
    async with storage.begin() as work:
        await work.prints.keep(second.id, 5, (like,))
    [likeness] = (await storage.views.case(second.case_id)).alike
    assert (likeness.photo, likeness.earlier.photo) == (second.id, first.id)
    assert likeness.earlier.case == first.case_id


async def test_farther_than_the_index_can_promise_is_not_asked(
    storage: Storage, clock: HandClock
) -> None:
    with pytest.raises(ValueError, match="at most 7"):
        await near(storage, clock, 0, FARTHEST + 1)


async def test_of_many_that_look_the_same_a_few_are_named_the_newest_among_them(
    storage: Storage, city: City, clock: HandClock
) -> None:
    """The same grey wall again and again: the work is bounded, whoever sends it."""
    case = await city.case()
    many = [await printed(storage, city, clock, 0, case) for _ in range(60)]
    found = await near(storage, clock, 0)
    assert len(found) == MOST_NEAR
    assert many[-1].id in found
