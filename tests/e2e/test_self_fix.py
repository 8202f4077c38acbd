"""Found on patrol and fixed on the spot: two taps, two sides of photos, some of it audited."""

from dataclasses import replace

import pytest

from handlers.terminal.demo_photos import View, photo
from handlers.terminal.demo_town import DISTRICT
from tests.cast import HE, LIN, SHEN
from tests.city import LiveCity, Resident
from tests.e2e.given import BIN, CLEAN, COVER, LITTER, reported
from workflows.cases.case import Case, CaseId, Stage, State
from workflows.cases.conditions import is_drawn
from workflows.people import Post, Role

TANG = "唐静"
"""A collector on patrol in the whole district."""


@pytest.fixture
async def tang(city: LiveCity) -> Resident:
    return await city.joins(TANG, Post(Role.COLLECTOR, DISTRICT))


async def fixes(tang: Resident) -> None:
    """Photographs it, puts it right, photographs it again, and closes it."""
    await tang.shows(LITTER, BIN)
    await tang.presses("🧹 我已处置")
    await tang.shows_album(CLEAN)
    await tang.presses("✅ 自处置结案")


async def drawn(city: LiveCity, tang: Resident) -> int:
    """Cases come in until the lot falls on the next one, which is fixed then."""
    await fixes(tang)
    numbered = await city.case(1)
    number = next(n for n in range(2, 100) if is_drawn(_as(numbered, n)))
    await city.counts_on_from(number)
    await fixes(tang)
    return number


def _as(case: Case, number: int) -> Case:
    return replace(case, id=CaseId(number))


async def test_what_is_fixed_on_the_spot_is_closed_at_once(city: LiveCity, tang: Resident) -> None:
    await fixes(tang)
    await tang.sees("#1", "自处置已结案")
    case = await city.case(1)
    assert (case.state, case.self_fixed) == (State.CLOSED, True)
    assert (case.photo_counts[Stage.BEFORE], case.photo_counts[Stage.AFTER]) == (1, 2)
    assert (await city.deeds(1))[:3] == ["report", "self_fix", "skip_audit"]
    await city[HE].sees_nothing_of("#1")


async def test_without_photos_of_it_now_there_is_nothing_to_close(tang: Resident) -> None:
    await tang.shows(LITTER, BIN)
    await tang.presses("🧹 我已处置")
    await tang.shows(CLEAN[0])
    form = await tang.sees("还差 1 张")
    assert "✅ 自处置结案" not in form.labels
    await tang.shows(CLEAN[1])
    assert "✅ 自处置结案" in await tang.labels("新来件")


async def test_what_is_dangerous_is_refused_and_reported_as_usual(
    city: LiveCity, tang: Resident
) -> None:
    await tang.shows(photo(View.OPEN_MANHOLE), COVER)
    answer = await tang.presses("🧹 我已处置")
    assert "这类问题有危险，不能自行处置结案" in answer.text
    await tang.presses("📨 登记")
    case = await city.case(1)
    assert (case.state, case.self_fixed) == (State.PENDING_SIGN, False)


async def test_a_drawn_one_waits_for_an_acceptor_who_approves_it(
    city: LiveCity, tang: Resident
) -> None:
    number = await drawn(city, tang)
    assert (await city.case(number)).state is State.FEEDBACK_REVIEW
    card = await city[HE].sees("发现人已自处置", f"#{number}")
    assert "↩️ 转正常办理" in card.labels
    await city[HE].presses("结案")
    case = await city.case(number)
    assert (case.state, case.self_fixed) == (State.CLOSED, True)


async def test_a_drawn_one_that_was_not_fixed_becomes_an_ordinary_case(
    city: LiveCity, tang: Resident
) -> None:
    number = await drawn(city, tang)
    await city[HE].presses("↩️ 转正常办理")
    await city[HE].presses("未处置好")
    case = await city.case(number)
    assert (case.state, case.self_fixed) == (State.PENDING_SIGN, False)
    assert case.photo_counts[Stage.AFTER] == 0
    await tang.sees("抽查未通过", f"#{number}")


async def test_the_summary_counts_them_apart(city: LiveCity, tang: Resident) -> None:
    await fixes(tang)
    await reported(city)
    await city.at("18:00")
    await city[SHEN].sees("其中自处置 1 件")


async def test_an_operator_has_nothing_to_fix(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.shows(LITTER, BIN)
    assert "🧹 我已处置" not in await lin.labels("新来件")


async def test_a_worker_cannot_be_asked_to_do_a_self_fix_again(
    city: LiveCity, tang: Resident
) -> None:
    number = await drawn(city, tang)
    await city[HE].says(f"退回 {number} 没有清干净")
    await city[HE].sees("本件由发现人自处置", "转正常办理")
