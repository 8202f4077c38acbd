"""The operator writes a complaint down with as few taps as the law allows."""

from handlers.terminal.demo_photos import View, photo
from tests.cast import LIN, WANG
from tests.city import LiveCity
from tests.e2e.given import COVER
from workflows.cases.case import State


async def test_a_complaint_that_names_everything_needs_one_tap(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says(f"{COVER}，王女士13812345678")
    form = await lin.sees("新来件", "雨水井盖异常", "柳岸新村3号楼", "138****5678")
    assert "13812345678" not in form.text
    await lin.presses("登记")
    await lin.sees("#1", "已登记")
    order = await city[WANG].sees("新工单", "雨水井盖异常", "柳岸新村3号楼")
    assert "✅ 签收" in order.labels
    assert (await city.case(1)).words.startswith("柳岸新村3号楼门口")


async def test_an_empty_form_is_filled_with_at_most_six_taps(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says("/new")
    await lin.sees("还缺来电内容")
    await lin.says("路上乱糟糟的，来看看吧")
    taps = 0
    for button, words in (
        ("类别", "垃圾箱满溢"),
        ("地点", "茶山卫生院"),
        ("来电人", "陈先生 13912345678"),
    ):
        await lin.presses(button)
        await lin.says(words)
        taps += 1
    await lin.sees("请核对后登记", "垃圾站（箱）满溢", "茶山网格", "陈先生")
    await lin.presses("登记")
    assert taps + 1 <= 6
    case = await city.case(1)
    assert case.state is State.PENDING_SIGN
    assert case.class_code == "06042"
    assert case.order is not None
    assert case.order.phone_hint == "139****5678"


async def test_the_class_is_corrected_by_browsing_the_catalogue(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says("老街菜场后门垃圾箱满溢，没人收")
    await lin.sees("垃圾站（箱）满溢")
    await lin.presses("📂 类别")
    await lin.presses("市容环境类")
    while "暴露垃圾" not in await lin.labels("新来件"):
        await lin.presses("›")
    await lin.presses("暴露垃圾")
    form = await lin.sees("新来件", "📂 暴露垃圾")
    assert "📂 垃圾站" not in form.text
    await lin.presses("匿名")
    await lin.presses("登记")
    assert (await city.case(1)).class_code == "06010"


async def test_another_condition_brings_another_limit(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says(COVER)
    await lin.presses("立案条件")
    await lin.sees("3. 车辆碾压异响")
    await lin.presses("第3条")
    await lin.sees("车辆碾压异响", "2 个工作日")
    await lin.presses("匿名")
    await lin.presses("登记")
    case = await city.case(1)
    assert case.condition_id == "01003-3"
    assert case.urgency == "P3"


async def test_a_half_filled_form_cannot_be_sent_and_says_what_is_missing(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says("垃圾箱满溢，没人收")
    form = await lin.sees("还缺地点、来电人")
    assert "📨 登记" not in form.labels


async def test_a_dropped_form_is_gone_for_good(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says(COVER)
    await lin.presses("放弃")
    await lin.sees("没有登记")
    assert await city.cases() == 0
    kept = city.asks("SELECT * FROM draft")
    assert "井盖" not in str(kept)


async def test_a_draft_survives_a_restart(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says(COVER)
    await city.restart()
    await lin.presses("匿名")
    await lin.presses("登记")
    await city[WANG].sees("新工单", "#1")


async def test_a_photo_of_the_caller_comes_along_with_the_report(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.shows(photo(View.OPEN_MANHOLE), f"{COVER}，王女士13812345678")
    await lin.sees("照片 1 张", "雨水井盖异常")
    await lin.presses("登记")
    pictures = [shown for shown in await city[WANG].looks() if shown.photo_count]
    assert len(pictures) == 1
    assert pictures[0].silent
