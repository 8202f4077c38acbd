"""Buttons pressed twice, by two, too late, by the wrong person, or made up."""

from tests.cast import HE, MARIA, WANG, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import COVER, handed_in, reported
from workflows.cases.case import State
from workflows.people import AgencyCode, AreaCode, Post, Role


def data_of(shown: object, label: str) -> str:
    """What a button carries."""
    rows = shown.raw["reply_markup"]["inline_keyboard"]  # type: ignore[attr-defined]
    return next(b["callback_data"] for row in rows for b in row if label in b["text"])


async def test_two_presses_within_a_moment_count_once(city: LiveCity) -> None:
    await reported(city)
    answer = await city[ZHOU].presses("签收", times=2)
    assert "周强" in answer.text
    assert "签收" in answer.text
    assert answer.show_alert
    assert (await city.deeds(1)).count("sign_for") == 1


async def test_of_two_reviewers_at_once_one_wins_and_the_other_hears_who(city: LiveCity) -> None:
    await city.joins("钱英", Post(Role.ACCEPTOR, AreaCode("319900")))
    await handed_in(city)
    first, second = await city.together(
        city[HE].phone.presses("结案"), city["钱英"].phone.presses("结案")
    )
    loser = second if second.show_alert else first
    winner = first if loser is second else second
    assert "已结案" in winner.text
    assert loser.show_alert
    assert HE in loser.text or "钱英" in loser.text
    assert (await city.deeds(1)).count("close") == 1


async def test_a_button_on_an_old_card_says_who_was_first_and_when(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await reported(city)
    card = await zhou.sees("新工单")
    old = data_of(card, "签收")
    await zhou.presses("签收")
    await city.fast_forward(minutes=5)
    answer = await zhou.forges(old, card)
    assert "周强于 09:00 签收" in answer.text
    assert answer.show_alert


async def test_somebody_else_cannot_press_it(city: LiveCity) -> None:
    await reported(city)
    card = await city[ZHOU].sees("新工单")
    theirs = await city[MARIA].newest()
    answer = await city[MARIA].forges(data_of(card, "签收"), theirs)
    assert "made for somebody else" in answer.text
    assert (await city.case(1)).state is State.PENDING_SIGN


async def test_made_up_data_tells_nothing(city: LiveCity) -> None:
    await reported(city)
    theirs = await city[MARIA].newest()
    for data in ("x", "case:1:sign_for", "A" * 22 + ".0", "签收" * 5, "1' OR '1'='1"):
        answer = await city[MARIA].forges(data, theirs)
        assert "too old" in answer.text
    assert (await city.case(1)).state is State.PENDING_SIGN


async def test_a_card_that_was_passed_on_does_nothing_in_another_hand(city: LiveCity) -> None:
    """The same data from the same words in somebody else's chat, and altered to another place."""
    await reported(city)
    card = await city[ZHOU].sees("新工单")
    data = data_of(card, "签收")
    await city[MARIA].forwards(card.text, ZHOU)
    theirs = await city[MARIA].newest()
    token, _, place = data.rpartition(".")
    for forged in (data, f"{token}.{int(place) + 1}", f"{token}.99", f"{token}.-1", f"{token}x.0"):
        answer = await city[MARIA].forges(forged, theirs)
        assert answer.show_alert
        for words in ("垃圾", ZHOU, "Zhou"):
            assert words not in answer.text
    assert (await city.case(1)).state is State.PENDING_SIGN
    seen = "SELECT count(*) FROM journal WHERE action = 'access.refused' AND case_id IS NULL"
    assert city.asks(seen)[0][0] >= 1


async def test_a_button_expires_after_thirty_days(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await reported(city)
    card = await zhou.sees("新工单")
    old = data_of(card, "签收")
    await city.fast_forward(days=31)
    answer = await zhou.forges(old, card)
    assert "这个按钮过期了。发 /tasks" in answer.text
    city.excused.add("holiday data")  # by then next year's days off should be known


async def test_the_buttons_of_a_dismissed_worker_do_nothing(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await reported(city)
    card = await zhou.sees("新工单")
    await city.dismiss(ZHOU)
    answer = await zhou.forges(data_of(card, "签收"), card)
    assert "您的权限已停用" in answer.text
    assert (await city.case(1)).state is State.PENDING_SIGN


async def test_after_reassignment_the_old_card_has_no_buttons(city: LiveCity) -> None:
    await reported(city, COVER)
    await city.joins("李安", Post(Role.WORKER, AreaCode("319900001"), AgencyCode("DRN-01")))
    wang = city[WANG]
    old = data_of(await wang.sees("新工单"), "签收")
    await city.fast_forward(minutes=151)
    await city[ZHENG].presses("改派")
    await city[ZHENG].presses("李安")
    card = await wang.sees("这一件已转给别的同事")
    assert card.labels == []
    answer = await wang.forges(old, card)
    assert answer.show_alert
    await city["李安"].sees("新工单", "#1")
