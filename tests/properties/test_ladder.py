"""Whatever people and the clock do to a case: it is never silent, and no alert is lost or doubled.

The pure part goes up one ladder with acknowledgements in between; the other part lets people act,
ask, rest and acknowledge in a city of its own while the clock jumps, and reads the journal.
"""

import json
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from sqlalchemy import select, update

from storage.rows.journal import journal
from storage.rows.outgoing import outbox
from storage.rows.people import contacts, roster_shifts
from storage.rows.rails import timers
from tests.lawbook import GAO, HE, LIN, MORNING, PAN, act, case_in
from tests.properties.test_verbs import DiedError, House
from workflows.cases.case import Action, Case, Given, State
from workflows.cases.clockwork import timers_of
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.quiet import night_at
from workflows.people import SYSTEM, PersonId
from workflows.refusals import Refused

A, K = Action, ClockKind
LATE = MORNING + timedelta(hours=3)
TOLD = (LIN.id, GAO.id)


def third_rung(case: Case) -> Case:
    """Told, after the first three."""
    rung = Given(rung="L3", clock=K.DISPOSAL, rungs_told=4, told_to=TOLD)
    return act(case, SYSTEM, Action.ESCALATE, rung, LATE)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["the clock", "somebody knows"]), max_size=12))
def test_an_alert_is_repeated_so_often_and_no_timer_is_armed_twice(what: list[str]) -> None:
    case, at = third_rung(case_in(State.HANDLING)), LATE
    seen: set[tuple[int, int]] = set()
    repeats = 0
    for each in what:
        again = [t for t in timers_of(case) if t.kind == "disposal.again"]
        assert len(again) <= 1
        if each == "the clock":
            if not again:
                assert repeats == 4, "four times, unless somebody has known meanwhile"
                continue
            (timer,) = again
            assert timer.due_at > at
            assert (timer.step, timer.loop) not in seen
            seen.add((timer.step, timer.loop))
            at = timer.due_at
            told = Given(rung="L3", clock=K.DISPOSAL, again=True, told_to=TOLD)
            case = act(case, SYSTEM, Action.ESCALATE, told, at)
            repeats += 1
        elif case.alarm.known_at is None:
            case = act(case, GAO, Action.ACKNOWLEDGE, at=at)
            repeats = 0
            (timer,) = (t for t in timers_of(case) if t.kind == "disposal.again")
            assert timer.due_at == at + timedelta(hours=1)


@settings(deadline=None)
@given(st.integers(0, 6), st.integers(0, 119))
def test_more_time_lets_only_those_rungs_be_told_again_that_lie_ahead_once_more(
    told: int, minutes: int
) -> None:
    """Two hours become four: what was told before its new time is told anew, in a new round."""
    case, at = case_in(State.PENDING_SIGN), MORNING + timedelta(minutes=minutes)
    rung = Given(rung="L", clock=K.DISPOSAL, rungs_told=told)
    case = act(case, SYSTEM, A.ESCALATE, rung, at) if told else case
    before = case.clock(K.DISPOSAL)
    case = act(case, LIN, A.ASK_EXTENSION, Given(reason="等材料"), at)
    for actor, action in ((HE, A.ENDORSE), (PAN, A.GRANT), (SYSTEM, A.EXTEND)):
        case = act(case, actor, action, at=at)
    after = case.clock(K.DISPOSAL)
    assert before is not None
    assert after is not None
    past = 1 if minutes >= 123 else 0
    assert after.rungs_told == min(told, past)
    assert after.round == before.round + (after.rungs_told < told)
    assert [clock.kind for clock in case.clocks].count(K.DISPOSAL) == 1
    (timer,) = (timer for timer in timers_of(case) if timer.kind == "disposal")
    assert timer.due_at > at


jumps = st.sampled_from([1, 16, 60, 130, 600, 3000, 15000]).map(lambda m: timedelta(minutes=m))


PLACES = ("timer.after_claim", "work.before_commit", "work.after_commit")
"""Where the process may die while it fires; between any two of its steps something of these."""


class Alarms(House):
    """The small city of the verbs, where people acknowledge, block us, ask and do little else."""

    @initialize(lean=st.booleans(), steps=st.integers(3, 8), data=st.data())
    def a_day_begins(self, data: st.DataObject, lean: bool, steps: int) -> None:
        self.seen = 0
        super().a_day_begins(data, lean, steps)

    @rule(wait=jumps)
    def the_clock_jumps(self, wait: timedelta) -> None:
        self.clock.now += wait
        self.sweep()

    @rule()
    def the_clock_is_set_back_and_goes_on(self) -> None:
        """Nothing is fired twice by that."""
        self.sweep()
        before, now = self._lines(), self.clock.now
        self.clock.now = now - timedelta(minutes=30)
        self.sweep()
        self.clock.now = now
        self.sweep()
        assert self._lines() == before

    @rule(data=st.data())
    def somebody_acknowledges(self, data: st.DataObject) -> None:
        case = self._some_case(data)
        able = self._offered(case).get(A.ACKNOWLEDGE, []) if case else []
        if case and able:
            person = data.draw(st.sampled_from(able), label="who knows")
            self._try(self.flows.move_case(self._as(person), case.id, A.ACKNOWLEDGE), case)

    @rule(data=st.data(), ask=st.sampled_from([A.ASK_EXTENSION, A.ASK_VOID, A.ASK_SUSPENSION]))
    def somebody_asks(self, data: st.DataObject, ask: Action) -> None:
        case = self._some_case(data)
        able = self._offered(case).get(ask, []) if case else []
        if case and able:
            self._try(
                self.flows.move_case(self._as(able[0]), case.id, ask, Given(reason="等材料")), case
            )

    @rule(data=st.data(), answer=st.sampled_from([A.ENDORSE, A.GRANT, A.REFUSE, A.WITHDRAW]))
    def somebody_answers(self, data: st.DataObject, answer: Action) -> None:
        case = self._some_case(data)
        able = self._offered(case).get(answer, []) if case else []
        if case and able:
            said = Given(reason="按期办结")
            self._try(self.flows.move_case(self._as(able[0]), case.id, answer, said), case)

    @rule(data=st.data(), comes_back=st.booleans())
    def somebody_goes_out_of_reach(self, data: st.DataObject, comes_back: bool) -> None:
        person = data.draw(st.sampled_from(self.people), label="out of reach")

        async def change() -> None:
            async with self.storage.database.begin() as connection:
                at = {"person_id": person.id, "transport": "telegram", "bound_at": MORNING}
                known = select(contacts.c.person_id).where(contacts.c.person_id == person.id)
                if (await connection.execute(known)).first() is None:
                    row = {**at, "chat": str(person.id), "reachable": True}
                    await connection.execute(contacts.insert().values(row))
                reach = update(contacts).where(contacts.c.person_id == person.id)
                await connection.execute(reach.values(reachable=comes_back))

        self.run(change())

    @rule(place=st.sampled_from(PLACES), wait=jumps)
    def the_process_dies_while_the_clock_strikes(self, place: str, wait: timedelta) -> None:
        """Whoever starts next finds either all of it or nothing."""
        self.clock.now += wait
        self.dies_at = place
        with suppress(DiedError):
            self.sweep()
        self._starts_again()

    @rule(data=st.data(), place=st.sampled_from(PLACES[1:]))
    def the_process_dies_while_somebody_acts(self, data: st.DataObject, place: str) -> None:
        case = self._some_case(data)
        able = self._offered(case).get(A.ACKNOWLEDGE, []) if case else []
        if case and able:
            self.dies_at = place
            with suppress(DiedError, Refused):
                self.run(self.flows.move_case(self._as(able[0]), case.id, A.ACKNOWLEDGE))
        self._starts_again()

    def _starts_again(self) -> None:
        """What was held is free when its lease has run out."""
        self.dies_at = ""
        self.clock.now += timedelta(seconds=31)
        self.known = {number: self._read(number) for number in self.known}
        self.sweep()

    @rule(data=st.data(), begins=st.integers(-12, 12), hours=st.sampled_from([8, 12]))
    def the_roster_changes(self, data: st.DataObject, begins: int, hours: int) -> None:
        """One shift instead of whatever somebody had."""
        person = data.draw(st.sampled_from(self.people), label="on the roster")
        start = self.clock.now + timedelta(hours=begins)
        shift = {"person_id": person.id, "planned_for": person.id, "starts_at": start}

        async def change() -> None:
            async with self.storage.database.begin() as connection:
                had = roster_shifts.c.person_id == person.id
                await connection.execute(roster_shifts.delete().where(had))
                ends = start + timedelta(hours=hours)
                await connection.execute(roster_shifts.insert().values(**shift, ends_at=ends))

        self.run(change())

    @precondition(lambda self: hasattr(self, "storage"))
    @invariant()
    def nobody_off_shift_is_woken(self) -> None:
        """What rings at night about a case is for somebody who works then."""
        book = self.flows.book
        columns = outbox.c.id, outbox.c.person_id, outbox.c.owed_at, outbox.c.key
        asked = select(*columns).where(
            outbox.c.id > self.seen,
            outbox.c.loud,
            outbox.c.held.is_(False),
            outbox.c.kind == "case",
        )
        for row in self.rows(asked.order_by(outbox.c.id)):
            self.seen = row.id
            if night_at(row.owed_at, book.policy.ladders.quiet_hours, book.calendar.zone):
                assert self.run(self._works(row.person_id, row.owed_at)), row.key

    async def _works(self, person: PersonId, at: datetime) -> bool:
        async with self.storage.begin() as work:
            return await work.people.is_on_shift(person, at)

    @precondition(lambda self: hasattr(self, "storage"))
    @invariant()
    def no_open_case_is_silent(self) -> None:
        """It has an armed timer, or everybody has been told and somebody was told of that."""
        armed = select(timers.c.case_id).where(timers.c.state == "armed")
        watched = {row.case_id for row in self.rows(armed)}
        silent = [
            case.id
            for case in self._open_cases()
            if case.id not in watched and case.alarm.exhausted_at is None
        ]
        assert silent == []

    @precondition(lambda self: hasattr(self, "storage"))
    @invariant()
    def no_rung_is_told_twice_in_a_round_and_none_is_missing(self) -> None:
        told: Counter[tuple[int, str, int, str]] = Counter()
        passed: dict[tuple[int, str], set[str]] = defaultdict(set)
        for case_id, line in self._lines():
            if "rung" not in line or "repeat" in line:
                continue
            told[case_id, line["clock"], line["round"], line["rung"]] += 1
            passed[case_id, line["clock"]].add(line["rung"])
        resting = {key for key in told if key[1] == K.SUSPENSION}
        assert [key for key, times in told.items() if times > 1 and key not in resting] == []
        for case in self.known.values():
            for clock in case.clocks:
                ladder = self.flows.book.ladder_of(case, clock).rungs
                levels = {r.level.value for r in ladder if r.active}
                expected = set(sorted(levels)[: clock.rungs_told])
                assert expected <= passed[case.id, clock.kind.value], (case.id, clock)

    @precondition(lambda self: hasattr(self, "storage"))
    @invariant()
    def what_was_not_told_says_why(self) -> None:
        for _, line in self._lines():
            if "rung" in line:
                assert line["told"] is not ("why" in line)
                assert line["told"] is ("people" in line)

    def _lines(self) -> list[tuple[int, dict[str, object]]]:
        asked = select(journal.c.case_id, journal.c.details).where(journal.c.action == "escalate")
        rows = self.rows(asked.order_by(journal.c.seq))
        return [(row.case_id, json.loads(row.details)) for row in rows]


Alarms.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=16,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.timeout(600)
class TestAlarms(Alarms.TestCase):
    """Runs the machine."""
