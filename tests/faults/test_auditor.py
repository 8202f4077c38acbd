"""The auditor as a process of its own beside the engine: it sees the death of the other."""

import json
import os
import signal
from pathlib import Path

import pytest
from aiohttp import ClientSession

from handlers.auditor.signature import is_ours
from tests.auditor.servers import Listener, listener
from tests.faults.house import House
from tests.faults.story import Story
from workflows.auditing.telling import CALM

MOST_RUNGS = 9
"""A jump of the clock makes the next rung late for a moment, until there is none."""

SECRET = "a-shared-secret-of-more-than-32-characters"


def settings(folder: Path, calls: Listener, heart: Listener) -> dict[str, str]:
    return {
        "PAIDAN_AUDIT_NOTEBOOK": str(folder / "audit.json"),
        "PAIDAN_AUDIT_SECONDS": "1",
        "PAIDAN_ALARM_URL": calls.url,
        "PAIDAN_ALARM_SECRET": SECRET,
        "PAIDAN_HEARTBEAT_URL": heart.url,
    }


def told(calls: Listener, kind: str) -> set[str]:
    """The rules that were ever told as `new` or as `over`."""
    bodies = [json.loads(body) for _, _, body in calls.calls]
    return {one["rule"] for body in bodies for one in body[kind]}


async def test_the_auditor_tells_of_an_engine_that_was_killed_and_of_the_next_ones_birth(
    house: House, story: Story, tmp_path: Path
) -> None:
    async with listener() as calls, listener() as heart:
        engine = await house.serve()
        await story.before("the signature")
        auditor = house.born("audit", "--watch", **settings(tmp_path, calls, heart))
        await house.until(lambda: len(heart.calls) >= 2, "the heart beats")
        assert calls.calls == []

        os.kill(engine.pid, signal.SIGKILL)
        await engine.dies()
        await house.later(91)
        await house.until(lambda: "nobody_serves" in told(calls, "new"), "the death is told")
        beats = len(heart.calls)
        await house.later(7 * 24 * 3600)
        await house.until(lambda: "late_timer" in told(calls, "new"), "late timers are told")
        assert len(heart.calls) == beats
        for _, headers, body in calls.calls:
            seconds = int(headers["Paidan-Timestamp"])
            assert is_ours(SECRET, headers, body, seconds)

        await house.serve()
        for _ in range(MOST_RUNGS):
            beats = len(heart.calls)
            await house.until(lambda was=beats: len(heart.calls) > was, "the heart beats again")
            if told(calls, "over") >= {"late_timer", "nobody_serves"}:
                break
            await house.later(CALM.total_seconds())
        assert told(calls, "over") >= {"late_timer", "nobody_serves"}
        await auditor.stops()


async def test_a_webhook_that_somebody_hung_is_seen_by_the_auditors_process(
    house: House, tmp_path: Path
) -> None:
    """Row 33 of durability.md 3: we fetch updates, and a stranger has them brought elsewhere."""
    async with listener() as calls, listener() as heart:
        await house.serve()
        auditor = house.born("audit", "--watch", **settings(tmp_path, calls, heart))
        await house.until(lambda: len(heart.calls) >= 1, "the heart beats")
        url = f"{house.base}/bot{house.token}/setWebhook"
        elsewhere = {"url": "https://evil.test/x"}
        async with ClientSession() as stranger, stranger.post(url, json=elsewhere) as said:
            assert said.status == 200
        await house.until(lambda: "messenger" in told(calls, "new"), "the stranger is told of")
        assert "evil.test" in json.loads(calls.calls[-1][2])["new"][0]["detail"]
        auditor.kill()


@pytest.mark.parametrize("signals", [signal.SIGTERM, signal.SIGINT])
async def test_the_auditor_stops_when_it_is_told_to(
    house: House, tmp_path: Path, signals: signal.Signals
) -> None:
    async with listener() as calls, listener() as heart:
        await house.serve()
        auditor = house.born("audit", "--watch", **settings(tmp_path, calls, heart))
        await house.until(lambda: len(heart.calls) >= 1, "the heart beats")
        os.kill(auditor.pid, signals)
        assert await auditor.end() == 0, auditor.told()
        assert SECRET not in auditor.log.read_text()


async def test_the_same_on_postgresql(house_on_postgresql: House, tmp_path: Path) -> None:
    house = house_on_postgresql
    async with listener() as calls, listener() as heart:
        engine = await house.serve()
        await Story(house).before("the signature")
        auditor = house.born("audit", "--watch", **settings(tmp_path, calls, heart))
        await house.until(lambda: len(heart.calls) >= 1, "the heart beats")
        os.kill(engine.pid, signal.SIGKILL)
        await engine.dies()
        await house.later(7 * 24 * 3600)
        await house.until(lambda: told(calls, "new") >= {"nobody_serves", "late_timer"}, "told")
        await auditor.stops()
