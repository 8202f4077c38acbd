"""What a channel hears: the new at once, what stands now and then, and the end."""

from datetime import UTC, datetime, timedelta

from workflows.auditing.faults import Fault, Rule, of_cases
from workflows.auditing.telling import CALM, Memory, News, after_telling, news_of, noted

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
LATE, DEAD = Fault(Rule.LATE_TIMER, 3), Fault(Rule.DEAD_LETTER, 1)


class Ear:
    """A channel that may be deaf for a while."""

    def __init__(self) -> None:
        self.memory: Memory = {}
        self.at = NINE
        self.deaf = False

    def hears(self, *faults: Fault, after: timedelta = MINUTE) -> News | None:
        self.at += after
        self.memory = noted(self.memory, faults, self.at)
        news = news_of(self.memory, faults, self.at, HOUR)
        if news is None or self.deaf:
            return None
        self.memory = after_telling(self.memory, news)
        return news


def rules(faults: tuple[Fault, ...]) -> list[Rule]:
    return [fault.rule for fault in faults]


def test_while_all_is_well_nothing_is_said() -> None:
    ear = Ear()
    assert [ear.hears() for _ in range(3)] == [None] * 3


def test_a_new_fault_is_told_at_once_and_then_once_an_hour() -> None:
    ear = Ear()
    news = ear.hears(LATE)
    assert news is not None
    assert (rules(news.fresh), news.standing, news.over) == ([Rule.LATE_TIMER], (), ())
    assert [ear.hears(LATE) for _ in range(59)] == [None] * 59
    again = ear.hears(LATE)
    assert again is not None
    assert (again.fresh, rules(again.standing)) == ((), [Rule.LATE_TIMER])
    assert again.since[Rule.LATE_TIMER] == NINE + MINUTE
    assert ear.hears(LATE) is None


def test_a_second_fault_is_told_at_once_with_the_first_beside_it() -> None:
    ear = Ear()
    ear.hears(LATE)
    news = ear.hears(LATE, DEAD)
    assert news is not None
    assert (rules(news.fresh), rules(news.standing)) == ([Rule.DEAD_LETTER], [Rule.LATE_TIMER])
    assert [ear.hears(LATE, DEAD) for _ in range(59)] == [None] * 59


def test_the_end_is_told_once_when_it_has_been_calm() -> None:
    ear = Ear()
    ear.hears(LATE)
    assert [ear.hears(), ear.hears()] == [None, None]
    news = ear.hears()
    assert news is not None
    assert news.is_all_well
    [over] = news.over
    assert (over.rule, over.since, over.seen) == (Rule.LATE_TIMER, NINE + MINUTE, NINE + MINUTE)
    assert ear.hears() is None
    assert ear.memory == {}


def test_the_end_of_one_fault_is_no_all_clear_while_another_stands() -> None:
    ear = Ear()
    ear.hears(LATE, DEAD)
    news = ear.hears(DEAD, after=CALM)
    assert news is not None
    assert [over.rule for over in news.over] == [Rule.LATE_TIMER]
    assert not news.is_all_well


def test_what_comes_and_goes_every_minute_is_one_fault() -> None:
    ear = Ear()
    ear.hears(LATE)
    told = [ear.hears(*faults) for faults in ((), (LATE,)) * 20]
    assert [news for news in told if news is not None] == []


def test_what_could_not_be_told_is_told_the_next_minute() -> None:
    ear = Ear()
    ear.deaf = True
    assert ear.hears(LATE) is None
    ear.deaf = False
    news = ear.hears(LATE)
    assert news is not None
    assert rules(news.fresh) == [Rule.LATE_TIMER]
    assert news.since[Rule.LATE_TIMER] == NINE + MINUTE


def test_what_ended_before_it_could_be_told_is_told_as_over() -> None:
    ear = Ear()
    ear.deaf = True
    ear.hears(LATE)
    ear.hears()
    ear.deaf = False
    news = ear.hears()
    assert news is not None
    assert [over.rule for over in news.over] == [Rule.LATE_TIMER]
    assert news.is_all_well


def test_a_fault_that_returns_after_its_end_is_new() -> None:
    ear = Ear()
    ear.hears(LATE)
    ear.hears(after=CALM)
    news = ear.hears(LATE)
    assert news is not None
    assert rules(news.fresh) == [Rule.LATE_TIMER]


def test_many_cases_are_one_fault_with_the_first_few_named() -> None:
    assert of_cases(Rule.NO_TIMER, []) == ()
    [fault] = of_cases(Rule.NO_TIMER, [9, 3, 3, 5, 7, 1, 2, 4])
    assert (fault.count, fault.cases, fault.more) == (7, (1, 2, 3, 4, 5), False)
