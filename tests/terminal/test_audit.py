"""`run.py audit` and `run.py continue` at the terminal, on a district with planted faults."""

import json
import shutil
from pathlib import Path

import pytest

from tests.operator import Said, Terminal
from tests.terminal.test_doctor import district  # noqa: F401  the same town with one open case


@pytest.fixture
def terminal(district: Path, tmp_path: Path) -> Terminal:  # noqa: F811
    return Terminal(Path(shutil.copytree(district, tmp_path / "here")))


def audit(terminal: Terminal, *words: str, **settings: str) -> Said:
    notebook = str(terminal.folder / "audit.json")
    return terminal.types("audit", *words, **{"AUDIT_NOTEBOOK": notebook, **settings})


def named(terminal: Terminal) -> list[str]:
    """The rules named; both ways of asking must agree, and so must the exit code."""
    plain, for_programs = audit(terminal), audit(terminal, "--json")
    found = json.loads(for_programs.out)
    assert plain.code == for_programs.code == (1 if found else 0)
    assert all(f"✗ {one['rule']}: " in plain.out for one in found)
    return [one["rule"] for one in found]


def test_where_all_is_well_the_auditor_says_so_and_keeps_nothing(terminal: Terminal) -> None:
    said = audit(terminal)
    assert (said.code, said.out) == (0, "All is well.\n")
    assert not (terminal.folder / "audit.json").exists()


def test_a_case_without_a_timer_is_named_with_its_page(terminal: Terminal) -> None:
    terminal.breaks("DELETE FROM timer")
    assert named(terminal) == ["no_timer"]
    said = audit(terminal, RUNBOOK_URL="https://wiki.test/run")
    assert "✗ no_timer: Open cases wait without a timer · How many: 1 or more" in said.out
    assert "Cases: #1" in said.out
    assert "https://wiki.test/run/no_timer.md" in said.out


def test_a_timer_that_nobody_fires_is_named_and_so_is_that_nobody_serves(
    terminal: Terminal,
) -> None:
    terminal.later(days=3)
    terminal.breaks(
        "INSERT INTO lease VALUES ('sender', 'gone', '2026-11-23T00:00:00.000000+00:00')"
    )
    assert named(terminal)[:2] == ["nobody_serves", "late_timer"]


def test_a_database_that_is_not_there_is_named_and_not_made(terminal: Terminal) -> None:
    (terminal.folder / "city.db").unlink()
    assert named(terminal) == ["database"]
    assert not (terminal.folder / "city.db").exists()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"MAIL": "mail.test"}, "PAIDAN_MAIL must look like starttls://"),
        ({"MAIL": "tls://bot:open-sesame@mail.test"}, "PAIDAN_MAIL_PASSWORD_FILE"),
        ({"MAIL": "tls://mail.test"}, "PAIDAN_MAIL needs PAIDAN_MAIL_FROM and PAIDAN_MAIL_TO"),
        (
            {"MAIL": "tls://m.test", "MAIL_FROM": "a@b", "MAIL_TO": "c@d", "MAIL_CA_FILE": "/no"},
            "PAIDAN_MAIL_CA_FILE cannot be read",
        ),
        ({"ALARM_URL": "ftp://open-sesame"}, "PAIDAN_ALARM_URL must begin with https://"),
        ({"ALARM_URL": "https://a.test"}, "PAIDAN_ALARM_SECRET_FILE with 32 or more"),
        ({"HEARTBEAT_URL": "open-sesame"}, "PAIDAN_HEARTBEAT_URL must begin with https://"),
        ({"HEARTBEAT_METHOD": "PUT"}, "must be one of GET, POST, not 'PUT'"),
        ({"ALARM_LANGUAGE": "de"}, "must be one of zh, en, not 'de'"),
        ({"AUDIT_SECONDS": "0"}, "PAIDAN_AUDIT_SECONDS must be 1 or more"),
        ({"DATABASE": "mysql://x"}, "PAIDAN_DATABASE: write sqlite:///city.db"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_setting_that_cannot_be_meant_is_told_without_its_secret(
    terminal: Terminal, settings: dict[str, str], told: str
) -> None:
    said = audit(terminal, **settings)
    assert said.code == 2
    assert told in said.err
    assert "open-sesame" not in said.err + said.out


def test_continue_prints_what_it_would_do_and_does_nothing(terminal: Terminal) -> None:
    assert terminal.types("continue").out == "Nothing stands still.\n"
    terminal.breaks("DELETE FROM timer")
    said = terminal.types("continue")
    assert (said.code, said.out) == (1, "✗ 1 open cases without a timer\n  #1\n")
    assert terminal.asks("SELECT * FROM timer") == []


def test_continue_arms_what_is_missing_and_the_journal_says_who_did(terminal: Terminal) -> None:
    before = terminal.asks("SELECT kind, step, loop, due_at FROM timer WHERE state = 'armed'")
    terminal.breaks("DELETE FROM timer WHERE state = 'armed'")
    said = terminal.types("continue", "--yes", "--by", "王磊")
    assert said.code == 0
    assert "case 1: its timers are armed again" in said.out
    after = terminal.asks("SELECT kind, step, loop, due_at FROM timer WHERE state = 'armed'")
    assert after == before
    [(action, details)] = terminal.asks(
        "SELECT action, details FROM journal ORDER BY seq DESC LIMIT 1"
    )
    assert action == "reckon"
    assert json.loads(details)["continued_by"].startswith("王磊 (")
    assert terminal.types("doctor").code == 0
    assert audit(terminal).code == 0
    assert "case 1" not in terminal.types("continue", "--yes").out


def test_a_case_without_a_clock_is_left_to_a_person(terminal: Terminal) -> None:
    terminal.breaks("DELETE FROM timer", "UPDATE cases SET clocks = '[]'")
    said = terminal.types("continue", "--yes")
    assert said.code == 1
    assert "case 1: has no clock that runs" in said.out


def test_what_was_given_up_is_only_touched_when_it_is_named_and_with_a_reason(
    terminal: Terminal,
) -> None:
    terminal.breaks("UPDATE outbox SET state = 'failed', why = '400', secret = 0")
    numbers = [str(row[0]) for row in terminal.asks("SELECT id FROM outbox ORDER BY id")]
    assert numbers
    dry = terminal.types("continue", "--letters", "all")
    assert f"{len(numbers)} messages were given up (--letters)" in dry.out
    assert f"  {numbers[0]}: case of case #1" in dry.out
    failed = "SELECT count(*) FROM outbox WHERE state = 'failed'"
    assert terminal.types("continue", "--yes").code == 1
    assert terminal.types("continue", "--letters", "all", "--yes").code == 2
    assert terminal.types("continue", "--letters", "x", "--yes", "--why", "y").code == 2
    assert terminal.asks(failed) == [(len(numbers),)]
    again = terminal.types("continue", "--letters", numbers[0], "9999", "--yes", "--why", "mended")
    assert "1 letters to be tried again" in again.out
    assert "9999 is not there" in again.out
    terminal.breaks("UPDATE outbox SET state = 'failed', why = '400', secret = 0")
    assert "dead_letter" in named(terminal)
    terminal.types("continue", "--letters", "all", "--aside", "--yes", "--why", "of no use")
    assert terminal.asks(failed) == [(0,)]
    whys = terminal.asks("SELECT details FROM journal WHERE action LIKE '%letters' ORDER BY seq")
    given = [json.loads(row[0])["why"] for row in whys]
    assert given == ["mended"] + ["of no use"] * len(numbers)
    assert terminal.types("doctor").code == 0
    assert named(terminal) == []
