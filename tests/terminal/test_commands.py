"""Inviting, asking when something is due, and settings that cannot be meant."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from storage.keyring import PRACTICE_KEYS
from tests.operator import Terminal

ROOT = Path(__file__).parents[2]
A_DAY = ("due", "--start", "2026-09-30T16:00+08:00", "--limit", "1", "--unit", "work_day")
HEAVY = ("aiogram", "aiohttp", "sqlalchemy", "bot.simulator", "shapely", "apscheduler")


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return Terminal(tmp_path_factory.mktemp("city"))


def test_a_newcomer_gets_a_link_that_is_kept_as_a_hash_only(terminal: Terminal) -> None:
    said = terminal.types("invite", "Ann", "acceptor", "310112")
    token = said.out.splitlines()[-1].removeprefix("/start ")
    assert (said.code, len(token)) == (0, 22)
    assert [token] not in [list(row) for row in terminal.asks("SELECT * FROM invitation")]
    assert token.encode() not in (terminal.folder / "city.db").read_bytes()


def test_a_second_link_takes_the_first_ones_place(terminal: Terminal) -> None:
    first = terminal.types("invite", "Ben", "supervisor")
    [(number,)] = terminal.asks("SELECT id FROM person WHERE name = 'Ben'")
    second = terminal.types("invite", "--again", str(number))
    assert (second.code, second.out == first.out) == (0, False)
    links = "SELECT count(*) FROM invitation WHERE person_id = ? AND NOT cancelled"
    assert terminal.asks(links, number) == [(1,)]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, 'run.py invite "'),
        (("Ann",), 2, 'run.py invite "'),
        (("--again", "999"), 1, "No such person"),
    ],
    ids=["nobody", "no role", "unknown person"],
)
def test_an_invitation_that_cannot_be_made_is_told(
    terminal: Terminal, words: tuple[str, ...], code: int, told: str
) -> None:
    said = terminal.types("invite", *words)
    assert said.code == code
    assert told in said.out


def test_a_due_time_is_answered_from_the_shipped_policy(terminal: Terminal) -> None:
    said = terminal.types(*A_DAY)
    assert (said.code, said.out) == (0, "2026-10-08T16:00:00+08:00\n")


def test_due_answers_without_loading_what_it_does_not_need() -> None:
    """Other systems ask thousands of times; the messenger's client alone takes seconds to load."""
    asking = (
        f"import sys, run; run.main({list(A_DAY)!r}); "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = subprocess.run(
        [sys.executable, "-c", asking], cwd=ROOT, capture_output=True, text=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert said.stdout.splitlines() == ["2026-10-08T16:00:00+08:00", "[]"]
    assert after.ru_utime - before.ru_utime < 3.0  # 0.6 s on an idle machine


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"PORT": "http"}, "PAIDAN_PORT must be a whole number, not 'http'"),
        ({"TOKEN_FILE": "/nowhere/token"}, "PAIDAN_TOKEN_FILE cannot be read"),
        ({"PROFILE": "huge"}, "PAIDAN_PROFILE"),
        ({"DATABASE": "sqlite://"}, "PAIDAN_DATABASE"),
        ({"DATABASE": "oracle://somewhere/city"}, "PAIDAN_DATABASE"),
        ({"DATABASE": "not a url"}, "PAIDAN_DATABASE"),
        ({"POLICY": "/nowhere"}, "/nowhere"),
    ],
    ids=["port", "token file", "profile", "memory", "other database", "no URL", "policy"],
)
def test_a_setting_that_cannot_be_meant_is_told_and_nothing_begins(
    terminal: Terminal, settings: dict[str, str], told: str
) -> None:
    said = terminal.types("doctor", **settings)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert "Traceback" not in said.err


def test_keys_are_made_once_counted_and_rotated(terminal: Terminal) -> None:
    file = terminal.folder / "keys.toml"
    assert terminal.types("keys", "new", file).code == 0
    assert file.stat().st_mode & 0o077 == 0
    again = terminal.types("keys", "new", file)
    assert (again.code, "is there already" in again.err) == (2, True)
    file = terminal.write("practice.toml", PRACTICE_KEYS)
    own = {"KEYS_FILE": str(file)}
    assert terminal.types("migrate", **own).code == 0
    terminal.later(minutes=1)
    assert terminal.types("keys", "rotate", **own).code == 0
    assert file.read_text(encoding="utf-8").count("[[seal]]") == 2
    assert terminal.types("keys", "status", **own).code == 0


def test_another_citys_keys_and_no_keys_are_refused_in_a_sentence(terminal: Terminal) -> None:
    assert terminal.types("migrate").code == 0
    file = terminal.folder / "keys.toml"
    terminal.types("keys", "new", file)
    other = terminal.types("migrate", KEYS_FILE=str(file))
    assert (other.code, other.out) == (2, "")
    assert "not the keys of this city" in other.err
    assert "Put back the key file" in other.err
    none = terminal.types("migrate", KEYS="")
    assert (none.code, "`run.py keys new FILE` makes one" in none.err) == (2, True)
    lost = terminal.types("migrate", KEYS_FILE=str(terminal.folder / "lost.toml"))
    assert (lost.code, "cannot be read" in lost.err) == (2, True)
    assert terminal.types("migrate").code == 0
