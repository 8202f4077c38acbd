"""The demo begins in a district at work: cases in every state, requests, a joint action."""

import asyncio
import io
import json
import os
import re
import signal
import sqlite3
import sys
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from bot.simulator.phones import Phone, Town
from handlers.terminal.demo_seed import STORIES, seed
from handlers.terminal.demo_town import LEAD, RESIDENTS, REVIEWER, SUPERVISOR
from handlers.terminal.doctor import Practice, doctor_command
from handlers.terminal.settings import Settings
from wiring.now import read_book
from wiring.past import PastCity, open_past
from workflows.cases.case import State
from workflows.joint.call_out import Reply
from workflows.requests.lifecycle import REQUEST_LAW
from workflows.requests.request import WAITING, RequestState

RUN: Final = Path(__file__).resolve().parents[2] / "run.py"
ZONE: Final = ZoneInfo("Asia/Shanghai")
AFTER_A_WEEKEND: Final = datetime(2026, 11, 30, 9, 0, tzinfo=ZONE)
"""The hardest start: whatever was done before is a weekend away."""

ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+")
LOOSE_COVER: Final = "SELECT id FROM cases WHERE words LIKE '雨水井盖翘起%'"
COUNT: Final = "SELECT count(*) FROM cases"
MOST_ON_A_PHONE: Final = 12


@asynccontextmanager
async def past_of(folder: Path) -> AsyncIterator[PastCity]:
    """The district with everything that was done in it until the demo begins."""
    calendar = read_book(Settings(), lambda: AFTER_A_WEEKEND).calendar
    async with open_past(folder, AFTER_A_WEEKEND) as past:
        await seed(past, AFTER_A_WEEKEND, calendar)
        yield past


Rows = Callable[[str], list[Any]]


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeded once for all the questions below."""
    folder = tmp_path_factory.mktemp("district")

    async def seeded() -> None:
        async with past_of(folder):
            pass

    asyncio.run(seeded())
    return folder


@pytest.fixture
def rows(district: Path) -> Iterator[Rows]:
    with closing(sqlite3.connect(district / "paidan.db")) as database:
        yield lambda question: database.execute(question).fetchall()


def requests_in(rows: Rows) -> list[dict[str, Any]]:
    stored = (json.loads(row[0]) for row in rows("SELECT requests FROM cases"))
    return [request for case in stored for request in case]


def test_every_state_of_the_law_has_a_case(rows: Rows) -> None:
    stored = {State(row[0]) for row in rows("SELECT DISTINCT state FROM cases")}
    assert set(State) - {State.DRAFT} - stored == set(), "tell a story of it in demo_open.py"


def test_a_request_waits_at_every_step_that_somebody_decides(rows: Rows) -> None:
    steps = {(row.kind.value, row.when.value) for row in REQUEST_LAW}
    decided = {
        (row.kind.value, row.when.value)
        for row in REQUEST_LAW
        if row.becomes is not RequestState.WITHDRAWN
    }
    waiting = {
        (request["kind"], request["state"])
        for request in requests_in(rows)
        if request["state"] in WAITING
    }
    assert waiting <= steps
    assert decided - waiting == set(), "tell a story of it in demo_requests.py"


def test_other_agencies_are_whistled_for_and_still_at_it(rows: Rows) -> None:
    parts = [part for row in rows("SELECT parts FROM cases") for part in json.loads(row[0])]
    assert parts
    assert all(part["responded_at"] and not part["ended_at"] for part in parts)


def test_a_call_out_is_under_way_and_some_have_answered(rows: Rows) -> None:
    assert rows("SELECT closed_at FROM call_out") == [(None,)]
    replies = {row[0] for row in rows("SELECT reply FROM call_out_person")}
    assert replies == {*(reply.value for reply in Reply), None}


def test_one_open_case_is_overdue_and_somebody_has_heard_of_it(rows: Rows) -> None:
    late = [
        number
        for number, clocks in rows("SELECT id, clocks FROM cases WHERE closed_at IS NULL")
        for clock in json.loads(clocks)
        if clock["kind"] == "disposal" and clock["ended_at"] is None
        if clock["due_at"] and datetime.fromisoformat(clock["due_at"]) < AFTER_A_WEEKEND
    ]
    assert len(late) == 1
    alerts = rows(f"SELECT 1 FROM journal WHERE action = 'escalate' AND case_id = {late[0]}")
    assert len(alerts) >= 3


def test_people_act_by_day_and_nothing_happens_after_the_beginning(rows: Rows) -> None:
    lines = rows("SELECT at, role FROM journal")
    moments = [(datetime.fromisoformat(at).astimezone(ZONE), role) for at, role in lines]
    assert max(at for at, _ in moments) <= AFTER_A_WEEKEND
    assert {at.hour for at, role in moments if role != "system"} <= set(range(7, 18))


def test_every_photo_is_sealed_and_no_two_are_the_same(rows: Rows) -> None:
    photos = rows("SELECT state, sha256, reused_from FROM photo")
    assert {(state, reused) for state, _, reused in photos} == {("kept", None)}
    assert len({sha256 for _, sha256, _ in photos}) == len(photos) > 20


def test_nothing_old_is_left_to_be_sent(rows: Rows) -> None:
    assert rows("SELECT DISTINCT state FROM outbox") == [("superseded",)]


async def test_the_doctor_finds_nothing_and_a_second_seed_changes_nothing(
    district: Path, rows: Rows
) -> None:
    lines = rows("SELECT count(*) FROM journal")
    said = io.StringIO()
    async with past_of(district) as past:
        await past.until(AFTER_A_WEEKEND)
        storage = past.city.storage
        practice = Practice(storage.doctor, past.city.vault, 2027, past.city.now)
        asked = Namespace(json=False, photos=True)
        assert await doctor_command(asked, practice, said) == 0, said.getvalue()
    assert rows("SELECT count(*) FROM journal") == lines


class Demo:
    """`run.py demo` as a person starts it, in a folder of its own."""

    def __init__(self, process: asyncio.subprocess.Process, town: Town, folder: Path) -> None:
        self.process = process
        self.town = town
        self.folder = folder

    async def phone(self, name: str) -> Phone:
        return next(phone for phone in await self.town.people() if phone.name == name)

    def asks(self, question: str) -> int:
        with closing(sqlite3.connect(self.folder / "demo-data" / "paidan.db")) as database:
            return int(database.execute(question).fetchone()[0])


@asynccontextmanager
async def started(folder: Path, *words: str) -> AsyncIterator[Demo]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(RUN),
        "demo",
        "--port",
        "0",
        *words,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "SPEED": "1"},
    )
    assert process.stdout is not None
    try:
        address = None
        while address is None:
            line = (await process.stdout.readline()).decode()
            assert line, "the demo ended before it began"
            address = ADDRESS.search(line)
        async with Town(address.group()) as town:
            yield Demo(process, town, folder)
            assert await town.warnings() == []
    finally:
        process.send_signal(signal.SIGTERM)
        code = await process.wait()
    assert code == 0


@pytest.mark.timeout(240)
async def test_who_starts_the_demo_sees_lists_and_few_cards_and_a_second_start_seeds_no_more(
    tmp_path: Path,
) -> None:
    async with started(tmp_path) as demo:
        for townsman in RESIDENTS:
            phone = await demo.phone(townsman.name)
            assert 2 <= len(await phone.messages()) <= MOST_ON_A_PHONE, await phone.drawn()
        board = await (await demo.phone(SUPERVISOR.name)).waits_for("在办")
        assert "超时 1 件" in board.text
        lead = await demo.phone(LEAD.name)
        await lead.waits_for("待办")
        reviewer = await demo.phone(REVIEWER.name)
        await reviewer.says(f"/case {demo.asks(LOOSE_COVER)}")
        card = await reviewer.waits_for("井盖已调平固定")
        before = [shown for shown in await reviewer.messages() if shown.id < card.id]
        assert before[-1].photo_count or card.photo_count
        assert demo.asks(COUNT) == len(STORIES) + 2
    async with started(tmp_path, "--keep") as demo:
        assert len(await demo.town.people()) == len(RESIDENTS)
        assert demo.asks(COUNT) == len(STORIES) + 2
