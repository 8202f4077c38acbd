"""Who tried what is not theirs stands in the log that nobody can edit, without what they wrote."""

import json

from tests.cast import MARIA, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import reported
from tests.e2e.test_buttons import data_of
from workflows.cases.case import Action
from workflows.people import Actor
from workflows.privacy.access import LONGEST, Access

LINES = "SELECT person_id, case_id, details, version FROM journal WHERE action LIKE 'access.%'"


async def test_a_press_on_somebody_elses_button_is_kept_with_name_and_reason(
    city: LiveCity,
) -> None:
    await reported(city)
    card = await city[ZHOU].sees("新工单")
    await city[MARIA].forges(data_of(card, "签收"), await city[MARIA].newest())
    [(person, _, details, version)] = city.asks(LINES)
    assert person == (await city[MARIA].person()).id
    assert json.loads(details) == {"reason": "button_not_yours"}
    assert version is None
    await city.check()


async def test_a_refusal_of_the_moment_is_no_trespass(city: LiveCity) -> None:
    await reported(city)
    card = await city[ZHOU].sees("新工单")
    old = data_of(card, "签收")
    await city[ZHOU].presses("签收")
    assert (await city[ZHOU].forges(old, card)).show_alert
    assert city.asks(LINES) == []


async def test_whoever_is_dismissed_is_kept_when_they_try_again(city: LiveCity) -> None:
    await reported(city)
    card = await city[ZHOU].sees("新工单")
    await city.dismiss(ZHOU)
    await city[ZHOU].forges(data_of(card, "签收"), card)
    [(_, _, details, _)] = city.asks(LINES)
    assert json.loads(details) == {"reason": "dismissed"}


async def test_a_look_is_a_line_of_the_case_but_no_part_of_its_history(city: LiveCity) -> None:
    await reported(city)
    auditor = Actor(await city[ZHENG].person())
    await city.play(
        city.product.flows.note_access(
            auditor, Access.PAGE, (await city.case(1)).id, page="x" * 999
        )
    )
    assert Action.REPORT in await city.deeds(1)
    [(_, case, details, version)] = city.asks(LINES)
    assert (case, version) == (1, None)
    assert json.loads(details) == {"page": "x" * LONGEST}
    await city.check()
