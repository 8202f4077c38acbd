"""A photo counts from the moment it was sent, once on a case, and its bytes follow."""

from dataclasses import replace
from datetime import timedelta

from storage.assembly import Storage
from tests.storage.city import City, HandClock
from workflows.cases.case import Case, Photo, PhotoRef, PhotoState, Picture, Stage
from workflows.people import SYSTEM
from workflows.rails import SealedPhoto

PICTURE = Picture(PhotoRef("telegram", {"file_id": "f", "n": 1}), "unique-1", 5 * 1024**3)


async def sent(
    storage: Storage, case: Case, picture: Picture = PICTURE, stage: Stage = Stage.AFTER
) -> Photo | None:
    async with storage.begin() as work:
        return await work.photos.add(case.id, stage, SYSTEM, case.reported_at, picture)


async def test_the_same_picture_counts_once_on_a_case(storage: Storage, city: City) -> None:
    case = await city.case()
    photo = await sent(storage, case)
    assert (photo.ref, photo.stage, photo.state) == (PICTURE.ref, Stage.AFTER, PhotoState.PENDING)
    assert await sent(storage, case) is None
    async with storage.begin() as work:
        assert await work.photos.of(case.id) == (photo,)
        assert await work.photos.get(photo.id) == photo
    assert (await storage.views.case(case.id)).photos == (photo,)


async def test_pictures_without_an_identity_all_count(storage: Storage, city: City) -> None:
    case = await city.case()
    nameless = replace(PICTURE, unique="")
    assert await sent(storage, case, nameless)
    assert await sent(storage, case, nameless)


async def test_a_picture_of_another_case_is_flagged(storage: Storage, city: City) -> None:
    first, second = await city.case(), await city.case()
    await sent(storage, first)
    assert (await sent(storage, second)).reused_from == first.id


async def test_a_photo_taken_back_counts_no_longer_and_may_be_sent_again(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    photo = await sent(storage, case)
    async with storage.begin() as work:
        await work.photos.take_back(photo.id)
        assert await work.photos.of(case.id) == ()
    assert await storage.fetching.claim(1, clock()) == ()
    assert (await sent(storage, case)).id != photo.id


async def test_a_fetched_photo_is_sealed_by_whoever_still_holds_it(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    await sent(storage, case)
    [(photo, fence)] = await storage.fetching.claim(5, clock())
    assert await neighbour.fetching.claim(5, clock.advance(29)) == ()
    [(_, later)] = await neighbour.fetching.claim(5, clock.advance(1))
    kept = replace(photo, state=PhotoState.KEPT, sha256="a" * 64, stored="aa/a")
    async with storage.begin() as work:
        assert await work.photos.seal(kept, fence) is False
        assert await work.photos.seal(kept, later) is True
        assert await work.photos.get(photo.id) == kept
    assert await neighbour.fetching.claim(5, clock.advance(60)) == ()
    found = [each async for each in storage.doctor.sealed_photos()]
    assert found == [SealedPhoto(photo.id, "a" * 64, on_record="")]


async def test_the_same_bytes_on_another_case_are_flagged(
    storage: Storage, city: City, clock: HandClock
) -> None:
    first, second = await city.case(), await city.case()
    await sent(storage, first)
    await sent(storage, second, replace(PICTURE, unique="unique-2"))
    for photo, fence in await storage.fetching.claim(5, clock()):
        kept = replace(photo, state=PhotoState.KEPT, sha256="b" * 64)
        async with storage.begin() as work:
            assert await work.photos.seal(kept, fence)
    async with storage.begin() as work:
        [photo] = await work.photos.of(second.id)
    assert photo.reused_from == first.id


async def test_a_photo_that_could_not_be_fetched_is_tried_again_later(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    await sent(storage, case)
    [(photo, fence)] = await storage.fetching.claim(5, clock())
    await storage.fetching.release(photo, fence, clock() + timedelta(seconds=5))
    assert await storage.fetching.claim(5, clock()) == ()
    assert len(await storage.fetching.claim(5, clock.advance(5))) == 1
