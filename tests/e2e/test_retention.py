"""What was told to us goes when its time is over: first the caller, then pictures and words."""

import json
import sqlite3
from pathlib import Path

from tests.cast import HE, LIN
from tests.city import LiveCity
from tests.e2e.given import PHONE, approves, called_back, done_for_caller, reported
from wiring.keeping import retaining
from workflows.cases.case import CaseId, PhotoState, State
from workflows.privacy.kept import Hold


async def closed(city: LiveCity) -> None:
    city.excused = {"holiday data"}
    await done_for_caller(city)
    await approves(city[HE])
    await called_back(city[LIN])
    assert (await city.case(1)).state is State.CLOSED


async def forgets(city: LiveCity) -> int:
    product = city.product
    retain = retaining(product.storage, product.vault, product.book, product.now)
    return await city.play(retain.once())


def tables_with(city: LiveCity, words: str) -> set[str]:
    """Every table in whose rows these words stand, read past everything of ours."""
    found = set()
    with sqlite3.connect(city.settings.database.partition("///")[2]) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in names.fetchall():
            rows = connection.execute(f"SELECT * FROM {name}").fetchall()
            found |= {name for row in rows if words in str(row)}
    return found


def callers(city: LiveCity) -> int:
    """How many are kept; what is known of them is sealed."""
    return len(city.asks("SELECT case_id FROM caller WHERE phone <> ''"))


def pictures(city: LiveCity) -> list[Path]:
    return sorted(path for path in city.settings.photos.rglob("*.*") if path.is_file())


async def test_after_ninety_days_the_callers_number_stands_nowhere(city: LiveCity) -> None:
    await closed(city)
    city.passes(days=89)
    await forgets(city)
    assert callers(city) == 1
    city.passes(days=2)
    assert await forgets(city) > 0
    assert callers(city) == 0
    assert tables_with(city, PHONE) == set()
    order = (await city.case(1)).order
    assert order is not None
    assert (order.caller, order.phone_hint) == ("", "")
    assert order.reply != ""
    await city.check()


async def test_after_two_years_pictures_and_words_go_and_figures_stay(city: LiveCity) -> None:
    await closed(city)
    assert pictures(city)
    city.passes(days=731)
    await forgets(city)
    assert pictures(city) == []
    view = await city.view(1)
    assert {photo.state for photo in view.photos} == {PhotoState.EXPIRED}
    assert all(photo.sha256 for photo in view.photos)
    assert (view.case.words, view.case.note) == ("", "")
    assert view.case.timeliness is not None
    assert view.case.order is not None
    assert (view.case.order.reply, view.case.order.resolved) == ("", True)
    await city[HE].says("/case 1")
    await city[HE].sees("#1", "已结案")
    assert await forgets(city) == 0, "nothing is left to do"
    await city.check()


async def test_what_is_still_open_is_kept_however_old_it_is(city: LiveCity) -> None:
    await reported(city, phone=PHONE)
    city.excused = {"holiday data"}
    city.passes(days=800)
    await forgets(city)
    assert callers(city) == 1
    assert (await city.case(1)).words != ""


async def test_a_legal_hold_keeps_a_case_until_it_is_lifted(city: LiveCity) -> None:
    await closed(city)
    holds = city.product.storage.holds
    await holds.hold(Hold(CaseId(1), "法院调取", "沈", city.now()))
    city.passes(days=800)
    await forgets(city)
    assert callers(city) == 1
    assert pictures(city)
    await holds.lift(Hold(CaseId(1), "案件审结", "沈", city.now()))
    await forgets(city)
    assert callers(city) == 0
    assert tables_with(city, PHONE) == set()
    assert pictures(city) == []
    lines = city.asks("SELECT action, details FROM journal WHERE action = 'retention.held'")
    assert (
        "retention.held",
        json.dumps({"by": "沈"}, ensure_ascii=False).replace(" ", ""),
    ) in lines
    await city.check()


async def test_the_ledger_says_how_much_went_and_not_whose_it_was(city: LiveCity) -> None:
    await closed(city)
    city.passes(days=91)
    await forgets(city)
    ledger = city.asks('SELECT kind, does, "rows" FROM deletion ORDER BY id')
    assert ("callers", "delete", 1) in ledger
    assert tables_with(city, "139****0021") & {"deletion", "journal"} == set()
    lines = city.asks("SELECT details FROM journal WHERE action = 'retention.forgotten'")
    told = [json.loads(line) for (line,) in lines]
    assert [(one["kind"], one["rows"]) for one in told] == [(k, n) for k, _, n in ledger]
    assert set(told[0]) == {"kind", "does", "rows", "cutoff", "days"}


async def test_at_night_it_happens_by_itself(city: LiveCity) -> None:
    await closed(city)
    city.passes(days=91)
    await city.at("01:15")
    await city.fast_forward(seconds=30)
    assert city.asks("SELECT * FROM caller") == []
