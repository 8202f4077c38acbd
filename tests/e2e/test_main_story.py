"""A complaint becomes a task, photos and a closed case, and the operator gets the answer."""

from tests.cast import HE, LIN, WANG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import (
    BARRIER,
    CLEAN,
    COVER,
    LITTER,
    PHONE,
    REPAIRED,
    approves,
    called_back,
    reported,
    signed,
)
from workflows.cases.case import State, Timeliness


async def test_a_worker_does_it_all_by_buttons(city: LiveCity) -> None:
    lin, wang, he = city[LIN], city[WANG], city[HE]
    await reported(city, COVER, PHONE)
    order = await wang.sees("新工单", "#1")
    assert any(shown.is_location for shown in await wang.looks())
    assert "签收" in (await wang.presses("签收", on=order)).text
    await wang.presses("来电号码")
    await wang.presses("要联系来电人")
    await wang.sees(f"📞 #1 {PHONE}")
    await wang.presses("☎️ 已联系")
    await wang.presses("联系上了")
    await wang.shows(BARRIER)
    await wang.presses("到达")
    await wang.shows_album(REPAIRED)
    await wang.says("已换上新井盖，周边已清理")
    await wang.sees("您的说明：已换上新井盖")
    await wang.presses("处置完成")
    await he.sees("处置结果已提交", "答复口径：已换上新井盖")
    await approves(he)
    await lin.sees("请回访来电人", "已换上新井盖，周边已清理”")
    await called_back(lin)
    closed = await lin.sees("#1", "已结案", "已换上新井盖，周边已清理”")
    assert closed.labels == ["🔓 重新打开"]
    case = await city.case(1)
    assert case.state is State.CLOSED
    assert case.timeliness is Timeliness.ON_TIME
    deeds = [deed for deed in await city.deeds(1) if not deed.startswith("photo_")]
    assert deeds == [
        "report", "accept", "file", "dispatch", "sign_for", "reveal_caller", "first_contact",
        "attach_photo", "arrive", "attach_photo", "attach_photo", "add_note", "submit",
        "confirm", "approve", "callback_ok",
    ]  # fmt: skip


async def test_a_worker_does_it_all_by_words_and_photos(city: LiveCity) -> None:
    zhou, he = city[ZHOU], city[HE]
    await reported(city, phone=PHONE)
    await zhou.says("签收")
    await zhou.says("已联系，下午过去")
    for picture in CLEAN:
        await zhou.shows(picture)
    await zhou.says("垃圾已清运，桶身擦洗干净")
    await zhou.says("完成")
    await he.says("通过 1")
    for answer in ("属实", "合理合法", "实际解决", "☑️", "就这样答复"):
        await he.presses(answer)
    await city[LIN].sees("请回访来电人", "垃圾已清运")
    await called_back(city[LIN])
    assert (await city.case(1)).state is State.CLOSED


async def test_the_reviewer_sees_before_and_after_above_the_card(city: LiveCity) -> None:
    lin, zhou, he = city[LIN], city[ZHOU], city[HE]
    await lin.shows(LITTER, "茶山卫生院门口垃圾箱满溢")
    await lin.presses("匿名")
    await lin.presses("登记")
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 已清运")
    *_, first, second, third, card = await he.looks()
    assert [shown.photo_count for shown in (first, second, third)] == [1, 1, 1]
    assert all(shown.silent for shown in (first, second, third))
    assert [shown.text for shown in (first, second, third)] == ["处置前", "处置后", "处置后"]
    assert "✅ 结案" in card.labels
    assert not card.silent


async def test_one_photo_before_signing_signs_for_it(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await reported(city)
    await zhou.shows(CLEAN[0])
    case = await city.case(1)
    assert case.state is State.HANDLING
    assert await city.deeds(1) == [
        "report", "accept", "file", "dispatch", "sign_for", "attach_photo", "photo_kept",
    ]  # fmt: skip
    await zhou.sees("已收 1/2 张")


async def test_who_looked_at_the_number_stands_in_the_journal(city: LiveCity) -> None:
    await signed(city, phone=PHONE)
    await city[ZHOU].presses("来电号码")
    await city[ZHOU].presses("核实地点")
    view = await city.view(1)
    looks = [line for line in view.journal if line.action == "reveal_caller"]
    assert [line.person_name for line in looks] == [ZHOU]
    for name in (LIN, HE):
        await city[name].sees_nothing_of(PHONE)
