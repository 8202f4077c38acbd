"""Whatever a case can hold comes back from JSON as it went in."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from storage.columns import canonical, storable
from storage.encoding import (
    clock_from,
    clock_json,
    filing_from,
    filing_json,
    order_from,
    order_json,
    place_from,
    place_json,
    ref_from,
    ref_json,
)
from workflows.cases.case import (
    ContactResult,
    Filing,
    Order,
    PhotoRef,
    Place,
    Point,
    RunningClock,
)
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Pause, Unit
from workflows.people import AreaCode

WORDS = st.text(max_size=20)
YEAR_2000 = datetime(2000, 1, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=36_500)).map(lambda age: YEAR_2000 + age)
LIMITS = st.one_of(
    st.builds(
        Limit,
        st.decimals(Decimal("0.01"), 10_000, places=2),
        st.sampled_from([unit for unit in Unit if unit is not Unit.ORDER_DAY]),
    ),
    st.builds(Limit, st.integers(1, 90), st.just(Unit.ORDER_DAY)),
)
PAUSES = st.builds(
    lambda begin, length: Pause(begin, None if length is None else begin + length),
    INSTANTS,
    st.none() | st.timedeltas(timedelta(0), timedelta(days=9)),
)
CLOCKS = st.builds(
    RunningClock,
    kind=st.sampled_from(ClockKind),
    round=st.integers(0, 9),
    started_at=INSTANTS,
    limit=LIMITS,
    due_at=st.none() | INSTANTS,
    provisional=st.booleans(),
    pauses=st.lists(PAUSES, max_size=3).map(tuple),
    ended_at=st.none() | INSTANTS,
    rungs_told=st.integers(0, 6),
    next_rung_at=st.none() | INSTANTS,
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
FILINGS = st.builds(
    Filing,
    condition_id=WORDS,
    limit=LIMITS,
    ladder=st.dictionaries(WORDS, JSON, max_size=3),
    photo_min=st.integers(0, 9),
    night_push=st.booleans(),
    policy_version=WORDS,
    closing_zh=WORDS,
    closing_en=WORDS,
    photo_zh=WORDS,
    photo_en=WORDS,
)
ORDERS = st.builds(
    Order,
    caller=WORDS,
    phone_hint=WORDS,
    contact=st.none() | st.sampled_from(ContactResult),
    contacted_at=st.none() | INSTANTS,
    contact_note=WORDS,
    reply=WORDS,
)
PLACES = st.builds(
    Place,
    words=WORDS,
    point=st.none() | st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)),
    area=st.none() | WORDS.map(AreaCode),
    area_name=WORDS,
)


def stored(value: object) -> object:
    """The value as a database gives it back."""
    return json.loads(canonical(value))


@given(CLOCKS)
def test_a_clock_comes_back(clock: RunningClock) -> None:
    assert clock_from(stored(clock_json(clock))) == clock


@given(FILINGS)
def test_a_filing_comes_back(filing: Filing) -> None:
    assert filing_from(stored(filing_json(filing))) == filing


@given(ORDERS)
def test_an_order_comes_back(order: Order) -> None:
    assert order_from(stored(order_json(order))) == order


@given(PLACES)
def test_a_place_comes_back(place: Place) -> None:
    assert place_from(stored(place_json(place))) == place


@given(st.none() | st.builds(PhotoRef, WORDS, st.dictionaries(WORDS, JSON, max_size=3)))
def test_a_reference_to_a_photo_comes_back(ref: PhotoRef | None) -> None:
    assert ref_from(stored(ref_json(ref))) == ref


@given(JSON)
def test_canonical_json_is_a_fixed_point(value: object) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.text(st.characters()))
def test_storable_text_has_only_characters_a_database_can_hold(text: str) -> None:
    assert "\0" not in storable(text)
    assert storable(storable(text)) == storable(text)
    storable(text).encode("utf-8")
