"""A phone cuts what is longer than a message; what belongs together becomes one case."""

from tests.cast import LIN
from tests.city import LiveCity
from tests.e2e.given import BIN, COVER

LONG = BIN + "。" + "".join(f"第{n}次来电仍然没有人来收，气味很大；" for n in range(1, 290))


async def test_five_thousand_characters_become_one_case_with_every_word(city: LiveCity) -> None:
    assert 5000 <= len(LONG) <= 6000
    lin = city[LIN]
    await lin.says(LONG)
    mine = [shown for shown in await lin.looks() if not shown.from_bot and "来电" in shown.text]
    assert len(mine) == 2
    assert await lin.count("新来件") == 1
    await lin.presses("匿名")
    await lin.presses("登记")
    assert await city.cases() == 1
    assert (await city.case(1)).words.replace("\n", "") == LONG


async def test_two_long_complaints_a_minute_apart_stay_two(city: LiveCity) -> None:
    lin = city[LIN]
    first, second = (BIN + "。" + "气" * 4060, COVER + "。" + "险" * 200)
    await lin.says(first)
    await city.fast_forward(minutes=1)
    await lin.says(second)
    forms = [shown for shown in await lin.looks() if "新来件" in shown.text]
    assert len(forms) == 2
    for form in forms:
        await lin.presses("匿名", on=form)
        await lin.presses("登记", on=form)
    assert [(await city.case(n)).words for n in (1, 2)] == [first, second]
