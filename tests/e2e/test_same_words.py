"""The same words twice: proposed with the reason, compared side by side, merged by a person."""

from dataclasses import replace

from handlers.terminal.demo_town import CELLS, DISTRICT, GRIDS, HIGH, SOUTH, WEST, WIDE
from tests.cast import FENG, HE, LIN
from tests.city import LiveCity, Resident
from workflows.cases.alike import Sameness
from workflows.cases.case import State
from workflows.people import AreaCode, Post, Role

PILE = "夜里有人把一车装修垃圾倒在绿化带里，臭味很大，物业一直不来清理"
TURNED = "物业一直不来清理！装修垃圾夜里有人一车倒在绿化带里……臭味很大"
LONGER = f"{TURNED}，昨天又多了两个旧沙发"
LAMP = "路灯坏了"
WASTE = "市容环境类"
LITTER, HEAP, FULL = "暴露垃圾", "积存垃圾渣土", "垃圾站（箱）满溢"
HERE = (SOUTH + 0.55 * HIGH, WEST + 2.90 * WIDE)
"""In the grid of Chashan, some hundred metres from its eastern border."""
ACROSS_THE_ROAD = (HERE[0] + 0.0009, HERE[1])
"""About 100 metres to the north."""
OVER_THE_BORDER = (HERE[0], HERE[1] + 0.20 * WIDE)
"""About 210 metres to the east, in the next grid."""
FAR = (HERE[0] + HIGH, HERE[1])
"""About a kilometre away."""


async def sends(lin: Resident, words: str, at: tuple[float, float], name: str) -> None:
    """A forwarded message with a place on the map and a class that is chosen by browsing."""
    await lin.forwards(words, "市民热线")
    await lin.presses("匿名")
    await lin.points(*at)
    await lin.presses("类别")
    await lin.presses(WASTE)
    while name not in await lin.labels("新来件"):
        await lin.presses("›")
    await lin.presses(name)
    await lin.presses("登记")


async def proposed(city: LiveCity, number: int) -> list[tuple[int, Sameness]]:
    return [(each.case_id, each.by) for each in (await city.case(number)).alike]


async def test_the_same_text_under_two_classes_is_merged_in_two_taps(full_city: LiveCity) -> None:
    lin = full_city[LIN]
    await sends(lin, PILE, HERE, LITTER)
    await sends(lin, PILE, ACROSS_THE_ROAD, HEAP)
    await lin.sees("#2", "可能与 #1（文字相似 100%）重复")
    await lin.presses("并案")
    question = await lin.sees("并入哪一件", "#2（本案）", HEAP, "#1（文字相似 100%）", LITTER)
    assert question.text.count("夜里有人把一车装修垃圾") == 2
    assert question.text.count(LIN) == 2
    await lin.presses("#1 · 文字相似")
    case = await full_city.case(2)
    assert (case.state, case.merged_into) == (State.MERGED, 1)


async def test_nothing_is_merged_until_somebody_presses(full_city: LiveCity) -> None:
    lin = full_city[LIN]
    await sends(lin, PILE, HERE, LITTER)
    await sends(lin, PILE, HERE, HEAP)
    await full_city.fast_forward(hours=1)
    assert (await full_city.case(2)).state is State.REPORTED


async def test_another_order_and_other_signs_are_the_same_words(full_city: LiveCity) -> None:
    lin = full_city[LIN]
    await sends(lin, PILE, HERE, LITTER)
    await sends(lin, TURNED, ACROSS_THE_ROAD, HEAP)
    await sends(lin, LONGER, ACROSS_THE_ROAD, FULL)
    [turned], longer = (await full_city.case(2)).alike, (await full_city.case(3)).alike
    assert 80 < turned.score <= 100
    assert [each.case_id for each in longer] == [2, 1]
    assert 40 < longer[1].score <= longer[0].score < 100
    await lin.sees("#3", f"#2（文字相似 {longer[0].score:.0f}%）")


async def test_the_same_words_far_away_are_another_matter(full_city: LiveCity) -> None:
    lin = full_city[LIN]
    await sends(lin, PILE, HERE, LITTER)
    await sends(lin, PILE, FAR, HEAP)
    assert await proposed(full_city, 2) == []
    await lin.sees_nothing_of("可能与")


async def test_the_same_words_over_the_border_of_the_district_are_not_proposed(
    full_city: LiveCity,
) -> None:
    """The neighbouring grid belongs to another district, however near it is."""
    next_door = next(n for n, cell in enumerate(CELLS) if cell.name == "站前网格")
    grids = list(GRIDS)
    moved = replace(grids[next_door].grid, code=AreaCode("319901001-01"))
    grids[next_door] = replace(grids[next_door], grid=moved)
    await full_city.product.storage.loading.replace_grids(grids)
    lin = full_city[LIN]
    await sends(lin, PILE, OVER_THE_BORDER, LITTER)
    assert (await full_city.case(1)).place.area == "319901001-01"
    await sends(lin, PILE, HERE, HEAP)
    assert await proposed(full_city, 2) == []


async def test_over_the_border_of_a_grid_they_are(full_city: LiveCity) -> None:
    lin = full_city[LIN]
    await sends(lin, PILE, OVER_THE_BORDER, LITTER)
    await sends(lin, PILE, HERE, HEAP)
    assert await proposed(full_city, 2) == [(1, Sameness.WORDS)]


async def test_what_has_ended_is_not_proposed(full_city: LiveCity) -> None:
    lin = full_city[LIN]
    await sends(lin, PILE, HERE, LITTER)
    await full_city[FENG].says("作废 1 误报")
    await sends(lin, PILE, HERE, HEAP)
    assert await proposed(full_city, 2) == []


async def test_what_ends_meanwhile_is_shown_and_cannot_be_chosen(full_city: LiveCity) -> None:
    lin = full_city[LIN]
    await sends(lin, PILE, HERE, LITTER)
    await sends(lin, PILE, HERE, HEAP)
    await full_city[FENG].says("作废 1 误报")
    await lin.presses("并案")
    question = await lin.sees("并入哪一件", "#1（文字相似 100%）", "作废")
    assert not any("#1" in label for label in question.labels)


async def test_a_short_complaint_needs_the_very_place(full_city: LiveCity) -> None:
    """That a street light is out is said in every street; at one spot it is one light."""
    lin = full_city[LIN]
    await sends(lin, LAMP, HERE, LITTER)
    await sends(lin, LAMP, ACROSS_THE_ROAD, HEAP)
    await sends(lin, LAMP, HERE, FULL)
    assert await proposed(full_city, 2) == []
    assert await proposed(full_city, 3) == [(1, Sameness.WORDS)]


async def test_what_another_operator_took_down_is_left_to_acceptance(full_city: LiveCity) -> None:
    """The number is named with its reason; what was said there is not theirs to read."""
    qiu = await full_city.joins("邱月", Post(Role.OPERATOR, DISTRICT))
    await sends(full_city[LIN], PILE, HERE, LITTER)
    await sends(qiu, TURNED, HERE, HEAP)
    await qiu.presses("并案")
    question = await qiu.sees("并入哪一件", "#1（文字相似", "非您登记")
    assert PILE[:8] not in question.text
    assert not any("#1" in label for label in question.labels)
    he = full_city[HE]
    await he.says("并案 2")
    await he.sees("并入哪一件", LIN, "邱月", PILE[:8])
    await he.presses("#1 · 文字相似")
    assert (await full_city.case(2)).merged_into == 1


async def test_it_reads_the_same_way_in_english(full_city: LiveCity) -> None:
    emma = await full_city.joins("Emma", Post(Role.OPERATOR, DISTRICT), language="en")
    for name in ("Exposed rubbish", "Accumulated rubbish"):
        await emma.forwards(PILE, "Hotline")
        await emma.presses("Anonymous")
        await emma.points(*HERE)
        await emma.presses("Class")
        await emma.presses("City appearance")
        while not any(name in label for label in await emma.labels("New report")):
            await emma.presses("›")
        await emma.presses(name)
        await emma.presses("Send")
    await emma.sees("#2", "May be the same as #1 (words 100% alike)")
    await emma.presses("Merge")
    await emma.sees("#2 (this one)", "#1 (words 100% alike) Exposed rubbish", "Emma")
    await emma.presses("#1 · words 100% alike")
    assert (await full_city.case(2)).merged_into == 1
