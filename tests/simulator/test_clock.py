"""The one clock: dates may run fast, ages never do, and both can be moved."""

from bot.simulator.clock import SimClock
from tests.simulator.conftest import Sim


class Ticks:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_dates_run_fast_and_ages_do_not() -> None:
    ticks = Ticks()
    clock = SimClock(wall=lambda: 1_700_000_000.0, ticks=ticks)
    clock.run_at(60)
    ticks.at += 10
    assert clock.date() == 1_700_000_600
    assert clock.steady() == 10
    clock.run_at(1)
    ticks.at += 10
    assert clock.date() == 1_700_000_610


def test_moving_the_clock_moves_dates_and_ages() -> None:
    clock = SimClock(wall=lambda: 1_700_000_000.0, ticks=Ticks())
    clock.advance(150)
    assert (clock.date(), clock.steady()) == (1_700_000_150, 150)


def test_setting_the_date_makes_nothing_older() -> None:
    clock = SimClock(wall=lambda: 1_700_000_000.0, ticks=Ticks())
    clock.set_to(1_800_000_000)
    assert (clock.date(), clock.steady()) == (1_800_000_000, 0)


async def test_the_clock_is_moved_over_http(sim: Sim) -> None:
    before = int((await sim.sim("GET", "/clock"))["now"])
    moved = await sim.sim("POST", "/clock", advance=3600, speed=2)
    assert moved["now"] >= before + 3600
    assert moved["speed"] == 2
    person = await sim.user()
    sent = await sim.done("sendMessage", chat_id=person, text="x")
    assert sent["date"] >= before + 3600
