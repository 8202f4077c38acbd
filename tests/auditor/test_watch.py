"""The auditor's minute: who is told what, whether the heart beats, and what it remembers."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handlers.auditor.channel import UndeliveredError
from handlers.auditor.heartbeat import Heartbeat
from handlers.auditor.notebook import Notebook, Notes
from handlers.auditor.watch import Watch
from tests.auditor.servers import Listener, listener
from workflows.auditing.faults import Fault, Look, Progress, Rule
from workflows.auditing.horizon import Arrivals, MuteError
from workflows.auditing.telling import News
from workflows.ports import StorageDownError

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
LATE = Fault(Rule.LATE_TIMER, 3)
HOOK = "https://city.test/hook"


@dataclass
class City:
    """What there is to see; `faults` may be replaced between two minutes."""

    faults: tuple[Fault, ...] = ()
    fails: Exception | None = None
    looked: list[Progress] = field(default_factory=list)
    each: Callable[[int], None] = lambda _: None

    async def look(self, _: datetime, progress: Progress) -> Look:
        self.looked.append(progress)
        self.each(len(self.looked))
        if self.fails is not None:
            raise self.fails
        return Look(self.faults, replace(progress, timed=progress.timed + 1))


@dataclass
class Messenger:
    told: Arrivals = field(default_factory=lambda: Arrivals(HOOK, 0))
    mute: MuteError | None = None

    async def arrivals(self) -> Arrivals:
        if self.mute is not None:
            raise self.mute
        return self.told


@dataclass
class Ear:
    name: str
    deaf: bool = False
    heard: list[News] = field(default_factory=list)

    async def tell(self, news: News) -> None:
        if self.deaf:
            raise UndeliveredError("550")
        self.heard.append(news)


@dataclass
class Duty:
    """An auditor with its surroundings, one minute after the other."""

    watch: Watch
    city: City
    messenger: Messenger
    mail: Ear
    hook: Ear
    heart: Listener
    at: datetime = NINE

    async def minute(self, *faults: Fault) -> tuple[int, int]:
        """How many letters and calls went out."""
        self.city.faults = faults
        before = len(self.mail.heard), len(self.hook.heard)
        await self.watch.minute(self.watch.notebook.read())
        self.at += timedelta(minutes=1)
        return len(self.mail.heard) - before[0], len(self.hook.heard) - before[1]

    def rules(self) -> list[Rule]:
        return [fault.rule for fault in self.mail.heard[-1].fresh]


@pytest.fixture
async def duty(tmp_path: Path) -> AsyncIterator[Duty]:
    async with listener() as heart:
        city, messenger, mail, hook = City(), Messenger(), Ear("mail"), Ear("webhook")
        notebook = Notebook(tmp_path / "audit.json")
        watch = Watch(
            city,
            messenger,
            HOOK,
            (mail, hook),
            Heartbeat(heart.url),
            notebook,
            lambda: duty.at,
            timedelta(minutes=60),
        )
        duty = Duty(watch, city, messenger, mail, hook, heart)
        yield duty


async def test_while_all_is_well_the_heart_beats_and_nobody_is_told(duty: Duty) -> None:
    assert [await duty.minute() for _ in range(3)] == [(0, 0)] * 3
    assert len(duty.heart.calls) == 3
    assert [progress.timed for progress in duty.city.looked] == [0, 1, 2]


async def test_a_fault_stops_the_heart_and_is_told_by_both_ways(duty: Duty) -> None:
    assert await duty.minute(LATE) == (1, 1)
    assert await duty.minute(LATE) == (0, 0)
    assert duty.heart.calls == []
    assert [await duty.minute() for _ in range(3)] == [(0, 0), (0, 0), (1, 1)]
    assert duty.mail.heard[-1].is_all_well
    assert len(duty.heart.calls) == 3


async def test_one_deaf_channel_does_not_keep_the_other_from_hearing(
    duty: Duty, caplog: pytest.LogCaptureFixture
) -> None:
    duty.mail.deaf = True
    assert await duty.minute(LATE) == (0, 1)
    assert "mail could not be told: 550" in caplog.text
    duty.mail.deaf = False
    assert await duty.minute(LATE) == (1, 0)
    assert await duty.minute(LATE) == (0, 0)


async def test_what_was_told_is_remembered_over_a_restart(duty: Duty) -> None:
    await duty.minute(LATE)
    duty.watch = replace(duty.watch, notebook=Notebook(duty.watch.notebook.path))
    assert await duty.minute(LATE) == (0, 0)


@pytest.mark.parametrize("error", [StorageDownError("gone"), TimeoutError()])
async def test_a_database_that_does_not_answer_is_a_fault_and_no_place_is_lost(
    duty: Duty, error: Exception
) -> None:
    await duty.minute()
    duty.city.fails = error
    assert await duty.minute() == (1, 1)
    assert duty.rules() == [Rule.DATABASE]
    duty.city.fails = None
    await duty.minute()
    assert duty.city.looked[-1].timed == 1


async def test_a_webhook_that_was_removed_is_told_in_the_next_minute(duty: Duty) -> None:
    await duty.minute()
    duty.messenger.told = Arrivals("", 0)
    assert await duty.minute() == (1, 1)
    assert duty.rules() == [Rule.MESSENGER]


async def test_one_lost_answer_of_the_messenger_is_no_fault_two_are(duty: Duty) -> None:
    duty.messenger.mute = MuteError("no answer")
    assert await duty.minute() == (0, 0)
    assert await duty.minute() == (1, 1)
    duty.messenger.mute = None
    await duty.minute()
    duty.messenger.mute = MuteError("no answer")
    assert await duty.minute() == (0, 0)


async def test_a_messenger_that_refuses_us_is_told_at_once(duty: Duty) -> None:
    duty.messenger.mute = MuteError("refused", lasting=True)
    assert await duty.minute() == (1, 1)


async def test_a_notebook_that_cannot_be_kept_is_told(duty: Duty, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    duty.watch.notebook = Notebook(tmp_path / "file" / "audit.json")
    await duty.minute()
    await duty.minute()
    assert duty.rules() == [Rule.NOTEBOOK]


async def test_a_minute_that_fails_gives_no_heartbeat_and_is_not_the_last(
    duty: Duty, caplog: pytest.LogCaptureFixture
) -> None:
    stop = asyncio.Event()

    def each(look: int) -> None:
        if look == 3:
            duty.city.fails = None
        if look == 5:
            stop.set()

    duty.city.fails, duty.city.each, duty.watch.every = KeyError("unheard of"), each, 0.01
    await duty.watch.run(stop)
    assert "this minute's look failed" in caplog.text
    assert (len(duty.city.looked), len(duty.heart.calls)) == (5, 3)


async def test_the_notebook_holds_no_personal_data(duty: Duty) -> None:
    await duty.minute(LATE)
    kept = json.loads(duty.watch.notebook.path.read_text())
    assert set(kept) == {"progress", "memories", "mute_since"}
    assert Notes.from_json(kept).memories["mail"][Rule.LATE_TIMER].told == NINE
