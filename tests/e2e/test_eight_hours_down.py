"""The service is away for a working day while everything runs over (durability.md 3, row 60)."""

from collections import Counter
from datetime import timedelta

import pytest

from handlers.terminal.demo_town import DRAINAGE, LAKESIDE
from tests.cast import SHEN, SUN, WANG, ZHENG
from tests.city import LiveCity
from workflows.cases.case import Place, Source
from workflows.cases.report_case import Report
from workflows.people import SYSTEM, Post, Role

COVER = "01003"
"""Storm-water covers: dangerous (P1), two hours."""

BOT_A_SECOND = 25
"""Messages that the whole bot may send in a second (durability.md 2.2)."""


async def many_cases(city: LiveCity, cases: int, workers: int) -> list[str]:
    """So many dangerous cases, shared among workers who all sign for nothing; their names."""
    names = [f"养护工{number:02}" for number in range(workers)]
    for name in names:
        await city.joins(name, Post(Role.WORKER, LAKESIDE, DRAINAGE))
    place = Place("柳岸新村3号楼")
    for number in range(cases):
        words = f"柳岸新村第{number}处雨水井盖不见了"
        await city.product.flows.report_case(
            SYSTEM, Report(COVER, place, words, Source.IMPORT), quiet=True
        )
    return [*names, WANG]


def journal(city: LiveCity, question: str) -> list[tuple[object, ...]]:
    return city.asks(f"SELECT {question} FROM journal WHERE action = 'escalate'")


async def eight_hours_away(city: LiveCity, cases: int, workers: int) -> None:
    names = [*await many_cases(city, cases, workers), SUN, ZHENG, SHEN]
    before = {name: await city[name].loud() for name in names}
    await city.restart(down=timedelta(hours=8))

    rungs = Counter(journal(city, "case_id, details ->> 'rung', details ->> 'clock'"))
    assert set(rungs.values()) == {1}, "no rung twice"
    for number in range(1, cases + 1):
        climbed = {
            str(rung) for case, rung, clock in rungs if (case, clock) == (number, "disposal")
        }
        assert climbed == {"L0", "L1", "L2", "L3", "L4"}, f"no rung of #{number} is missing"
    told = Counter(journal(city, "case_id, details ->> 'told'"))
    assert all(told[number, 1] == 1 for number in range(1, cases + 1)), "the latest rung alone"
    [(soonest,)] = journal(city, "min(CAST(details ->> 'late_s' AS REAL))")
    assert isinstance(soonest, float)
    assert soonest >= timedelta(hours=4).total_seconds(), "each says how late it came"

    heard = {name: await city[name].loud() - before[name] for name in names}
    assert set(heard.values()) == {1}, f"one message a chat: {heard}"
    for name in (SUN, ZHENG, SHEN):
        await city[name].sees(f"🔔 {cases} 件等您处理，超时最久的排在前面")
    sent = city.asks("SELECT count(*) FROM outbox WHERE kind = 'digest' AND state = 'sent'")
    assert sent == [(len(names),)]
    assert len(names) / BOT_A_SECOND < timedelta(minutes=1).total_seconds()


async def test_after_eight_hours_each_chat_gets_one_digest(city: LiveCity) -> None:
    await eight_hours_away(city, cases=48, workers=7)


@pytest.mark.soak
@pytest.mark.timeout(1800)
async def test_a_thousand_cases_across_sixty_chats(city: LiveCity) -> None:
    await eight_hours_away(city, cases=1000, workers=56)
