"""The `due` command as somebody at a terminal, or another system, meets it."""

import argparse
import io
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.terminal.due import add_arguments, due_command
from workflows.deadlines.calendar import Calendar, NationalDays

CITY = Calendar(
    ZoneInfo("Asia/Shanghai"),
    national=NationalDays(
        known=frozenset({2026}),
        off={date(2026, 10, day): "National Day" for day in range(1, 8)},
        made_up=frozenset({date(2026, 10, 10)}),
    ),
)
START = ["--start", "2026-09-30T16:00+08:00"]
ONE_DAY = [*START, "--limit", "1", "--unit", "work_day"]


def answer(*words: str) -> tuple[int, str]:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    out = io.StringIO()
    code = due_command(parser.parse_args(words), CITY, out)
    return code, out.getvalue()


def answers_for(*lines: Any, folder: Path) -> tuple[int, list[Any]]:
    asked = folder / "asked.jsonl"
    texts = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    asked.write_bytes(b"\n".join(texts))
    code, out = answer("--each", str(asked))
    return code, [json.loads(line) for line in out.splitlines()]


def test_the_due_time_is_told_in_the_districts_zone() -> None:
    assert answer(*ONE_DAY) == (0, "2026-10-08T16:00:00+08:00\n")


def test_a_start_in_another_zone_is_the_same_instant() -> None:
    words = ["--start", "2026-09-30T08:00Z", "--limit", "1", "--unit", "work_day"]
    assert answer(*words) == (0, "2026-10-08T16:00:00+08:00\n")


def test_another_zone_has_other_working_hours() -> None:
    assert answer(*ONE_DAY, "--zone", "UTC") == (0, "2026-09-30T18:00:00+00:00\n")


def test_pauses_move_the_due_time() -> None:
    first = "2026-10-08T08:00+08:00/2026-10-08T09:00+08:00"
    second = "2026-10-08T10:00+08:00/2026-10-08T11:00+08:00"
    assert answer(*ONE_DAY, "--pause", first, "--pause", second)[1].startswith("2026-10-08T18:00")


@pytest.mark.parametrize("end", ["", "/"])
def test_an_open_pause_has_no_due_time(end: str) -> None:
    code, out = answer(*ONE_DAY, "--pause", "2026-10-08T08:00+08:00" + (end or "/"))
    assert (code, out) == (0, "none: a pause stands open\n")


def test_the_explanation_leads_to_the_due_time() -> None:
    pause = "2026-10-08T08:00+08:00/2026-10-08T09:00+08:00"
    lines = answer(*ONE_DAY, "--explain", "--pause", pause)[1].splitlines()
    assert lines[0] == "1 work_day from 2026-09-30 Wed 16:00 (Asia/Shanghai)"
    assert "runs 2 h, 6 h left (working day)" in lines[1]
    assert "2026-10-01 Thu to 2026-10-07 Wed: holiday, National Day" in lines[2]
    assert "08:00 to 09:00: paused" in lines[3]
    assert lines[-1] == "Due 2026-10-08 Thu 17:00 = 2026-10-08T17:00:00+08:00"


def test_the_explanation_of_an_order_counts_its_days() -> None:
    pause = "2026-10-10T08:00+08:00/2026-10-10T08:30+08:00"
    words = [*START, "--limit", "3", "--unit", "order_day", "--explain", "--pause", pause]
    out = answer(*words)[1]
    assert "the day of receipt does not count" in out
    assert "2026-10-10 Sat: day 3, closes 18:00 (made-up working day)" in out
    assert "the pauses covered 30 min of work" in out
    assert out.endswith("= 2026-10-12T08:30:00+08:00\n")


def test_the_explanation_says_what_is_not_announced_yet() -> None:
    words = ["--start", "2026-12-31T17:30+08:00", "--limit", "1", "--unit", "work_hour"]
    out = answer(*words, "--explain")[1]
    assert "[not announced yet]" in out
    assert "may still move" in out


def test_the_explanation_says_that_a_pause_stands_open() -> None:
    words = [*START, "--limit", "3", "--unit", "urgent_hour", "--explain"]
    out = answer(*words, "--pause", "2026-09-30T17:00+08:00/")[1]
    assert "17:00 on: paused" in out
    assert out.endswith("Not due: a pause stands open.\n")


def test_json_carries_question_answer_and_steps() -> None:
    pause = "2026-10-08T08:00+08:00/2026-10-08T09:00+08:00"
    told = json.loads(answer(*ONE_DAY, "--json", "--explain", "--pause", pause)[1])
    assert told["due"] == "2026-10-08T17:00:00+08:00"
    assert told["pauses"] == [["2026-10-08T08:00:00+08:00", "2026-10-08T09:00:00+08:00"]]
    assert told["provisional"] is False
    assert told["calendar"] == CITY.version
    assert sum(step["used_minutes"] for step in told["steps"]) == 480
    assert told["steps"][1] == {
        "kind": "day_off",
        "from": "2026-10-01T00:00:00+08:00",
        "to": "2026-10-08T00:00:00+08:00",
        "used_minutes": 0,
        "left_minutes": 360,
        "day": "holiday",
        "provisional": False,
        "name": "National Day",
    }


def test_json_steps_of_an_order_are_numbered() -> None:
    words = [*START, "--limit", "1", "--unit", "order_day", "--json", "--explain"]
    assert json.loads(answer(*words)[1])["steps"][-1]["number"] == 1


def test_json_without_explaining_has_no_steps() -> None:
    assert "steps" not in json.loads(answer(*ONE_DAY, "--json")[1])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param([], "--start is missing", id="nothing asked"),
        pytest.param([*START, "--limit", "1"], "--unit is missing", id="no unit"),
        pytest.param([*START, "--limit", "-1", "--unit", "work_day"], "above 0", id="negative"),
        pytest.param([*START, "--limit", "x", "--unit", "work_day"], "a number, not 'x'", id="x"),
        pytest.param([*START, "--limit", "1", "--unit", "day"], "urgent_hour, natural", id="unit"),
        pytest.param(
            ["--start", "2026-09-30T16:00", "--limit", "1", "--unit", "work_day"],
            "write 2026-09-30T16:00:00+08:00",
            id="no offset",
        ),
        pytest.param(
            ["--start", "30.9.2026", "--limit", "1", "--unit", "work_day"],
            "is not a time: write such as",
            id="no ISO time",
        ),
        pytest.param([*ONE_DAY, "--pause", "2026-10-08"], "write FROM/TO", id="half a pause"),
        pytest.param(
            [*ONE_DAY, "--pause", "2026-10-08T09:00+08:00/2026-10-08T08:00+08:00"],
            "cannot end before it begins",
            id="backward pause",
        ),
        pytest.param([*ONE_DAY, "--zone", "Mars/Base"], "no zone is called", id="unknown zone"),
        pytest.param([*ONE_DAY, "--each", "x"], "leave them out", id="file and question"),
        pytest.param(["--each", "nowhere.jsonl"], "not a file that can be read", id="no file"),
        pytest.param(
            ["--start", "9999-12-31T16:00Z", "--limit", "99", "--unit", "work_day"],
            "beyond the years",
            id="end of time",
        ),
    ],
)
def test_a_wrong_question_is_answered_by_one_sentence(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(*words) == (2, "")
    complaint = capsys.readouterr().err
    assert told in complaint
    assert len(complaint.splitlines()) == 1


def test_many_questions_are_answered_in_order(tmp_path: Path) -> None:
    asked = {"start": "2026-09-30T16:00+08:00", "limit": 1, "unit": "work_day", "id": "七"}
    paused = asked | {"pauses": [["2026-10-08T08:00+08:00", "2026-10-08T09:00+08:00"]]}
    still = asked | {"limit": 0.5, "pauses": [["2026-10-08T08:00+08:00", None]]}
    code, answers = answers_for(asked, paused, still, folder=tmp_path)
    assert code == 0
    assert answers == [
        asked | {"due": "2026-10-08T16:00:00+08:00"},
        paused | {"due": "2026-10-08T17:00:00+08:00"},
        still | {"due": None},
    ]


def test_an_answer_that_may_move_says_so(tmp_path: Path) -> None:
    asked = {"start": "2026-12-31T16:00+08:00", "limit": "1", "unit": "work_day"}
    (told,) = answers_for(asked, folder=tmp_path)[1]
    assert told["provisional"] is True


def test_a_bad_line_spoils_only_itself(tmp_path: Path) -> None:
    good = {"start": "2026-09-30T16:00+08:00", "limit": 1, "unit": "work_day"}
    bad: list[Any] = [
        b"not json",
        b"",
        b"[1]",
        b"\xff\xfe",
        b"[" * 100_000,
        good | {"limit": -1},
        good | {"limit": True},
        good | {"limit": None},
        good | {"unit": "week"},
        good | {"unit": ["work_day"]},
        good | {"start": 5},
        good | {"pauses": 5},
        good | {"pauses": ["2026-10-08T08:00+08:00"]},
        good | {"pauses": [["2026-10-08T09:00+08:00", "2026-10-08T08:00+08:00"]]},
        b'{"start": "2026-09-30T16:00+08:00", "limit": NaN, "unit": "work_day"}',
        {"limit": 1, "unit": "work_day"},
        good | {"start": "0001-01-01T00:00+08:00"},
    ]
    code, answers = answers_for(*bad, good, folder=tmp_path)
    assert code == 1
    assert [told["line"] for told in answers[:-1]] == list(range(1, len(bad) + 1))
    assert all(told["error"] for told in answers[:-1])
    assert answers[5]["limit"] == -1
    assert answers[-1]["due"] == "2026-10-08T16:00:00+08:00"


def test_questions_may_be_piped_in(monkeypatch: pytest.MonkeyPatch) -> None:
    line = b'\xef\xbb\xbf{"start":"2026-09-30T16:00+08:00","limit":1,"unit":"order_day"}\r\n'
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(line)))
    code, out = answer("--each", "-", "--explain")
    assert code == 0
    assert json.loads(out)["due"] == "2026-10-08T18:00:00+08:00"
    assert json.loads(out)["steps"][0]["kind"] == "received"
