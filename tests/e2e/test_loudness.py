"""A phone makes a sound when its owner has to act, and never because of their own act."""

from tests.cast import HE, LIN, WANG
from tests.city import LiveCity
from tests.e2e.given import BARRIER, COVER, PHONE, REPAIRED, approves, reported


async def test_a_worker_is_disturbed_no_more_often_than_they_must_act(city: LiveCity) -> None:
    lin, wang, he = city[LIN], city[WANG], city[HE]
    quiet = {name: await city[name].loud() for name in (LIN, WANG, HE)}
    await reported(city, COVER, PHONE)
    await wang.presses("签收")
    await wang.presses("已联系")
    await wang.presses("联系上了")
    await wang.shows(BARRIER, "到达")
    await wang.shows_album(REPAIRED)
    await wang.says("完成 已换新井盖")
    assert await wang.loud() == quiet[WANG] + 1  # the order
    await he.presses("退回")
    await he.says("远景拍不清楚")
    await wang.shows_album([BARRIER, *REPAIRED])
    await wang.says("完成 已补拍")
    await approves(he)
    assert await wang.loud() == quiet[WANG] + 2  # the order, and that it came back
    assert await he.loud() == quiet[HE] + 2  # handed in twice
    assert await lin.loud() == quiet[LIN] + 1  # the answer for the caller


async def test_one_live_card_a_case_has_buttons(city: LiveCity) -> None:
    wang = city[WANG]
    await reported(city, COVER)
    await wang.presses("签收")
    await city.fast_forward(minutes=130)
    await wang.says("/case 1")
    with_buttons = [shown for shown in await wang.looks() if shown.labels and "#1" in shown.text]
    assert len(with_buttons) == 1
