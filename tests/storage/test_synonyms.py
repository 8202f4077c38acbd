"""What was taught is in force until one person, and only one, has undone it."""

import pytest

from tests.storage.city import City
from workflows.hotline.taught import SynonymId
from workflows.hotline.understand import Meaning
from workflows.people import Role
from workflows.refusals import Reason, Refused

NOISE = Meaning("06028", ("直播", "音箱"))


async def test_a_lesson_is_kept_with_who_when_and_from_which_case(city: City) -> None:
    teacher, case = await city.person(Role.OPERATOR, name="林"), await city.case()
    async with city.storage.begin() as work:
        taught = await work.synonyms.teach(NOISE, case.id, teacher.id, city.clock())
    async with city.storage.begin() as work:
        assert await work.synonyms.in_force() == (taught,)
    assert (taught.class_code, taught.words) == (NOISE.class_code, NOISE.words)
    assert (taught.case_id, taught.taught_by, taught.taught_at) == (
        case.id,
        teacher.id,
        city.clock(),
    )


async def test_an_undone_lesson_is_read_but_no_longer_in_force(city: City) -> None:
    teacher, other = await city.person(name="林"), await city.person(name="冯")
    case = await city.case()
    async with city.storage.begin() as work:
        taught = await work.synonyms.teach(NOISE, case.id, teacher.id, city.clock())
        await work.synonyms.undo(taught, other.id, city.clock.advance(60))
    async with city.storage.begin() as work:
        assert await work.synonyms.in_force() == ()
    lessons = await city.storage.views.taught(5, 0)
    assert lessons.total == 1
    assert lessons.taught[0].undone_by == other.id
    assert lessons.names == {teacher.id: "林", other.id: "冯"}


async def test_only_the_first_undoes_it(city: City) -> None:
    teacher, case = await city.person(), await city.case()
    async with city.storage.begin() as work:
        taught = await work.synonyms.teach(NOISE, case.id, teacher.id, city.clock())
        await work.synonyms.undo(taught, teacher.id, city.clock())
        with pytest.raises(Refused) as no:
            await work.synonyms.undo(taught, teacher.id, city.clock())
    assert no.value.reason is Reason.CHANGED_MEANWHILE


async def test_a_page_holds_the_newest_first(city: City) -> None:
    teacher, case = await city.person(), await city.case()
    async with city.storage.begin() as work:
        for _ in range(5):
            await work.synonyms.teach(NOISE, case.id, teacher.id, city.clock())
    first, second = [await city.storage.views.taught(3, skip) for skip in (0, 3)]
    assert [each.id for each in (*first.taught, *second.taught)] == [5, 4, 3, 2, 1]
    assert first.total == second.total == 5


async def test_a_lesson_that_never_was_is_said_not_to_be(city: City) -> None:
    async with city.storage.begin() as work:
        with pytest.raises(Refused) as no:
            await work.synonyms.get(SynonymId(77))
    assert no.value.reason is Reason.NO_SUCH_SYNONYM
