"""`run.py audit verify` names the line that was changed, removed or inserted."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handlers.auditor.heads import HeadsFile, HeadsUrl, PublishHeads
from handlers.auditor.signature import is_ours
from storage.journal import HASHED, line_hash
from storage.verifying import StoredChain
from tests.auditor.servers import listener
from tests.operator import Said, Terminal
from tests.terminal.test_doctor import district  # noqa: F401  the same town with one open case
from wiring.city import City
from workflows.people import SYSTEM
from workflows.privacy.access import Access

SECRET = "one that is thirty-two characters long"
UP = (
    "UPDATE journal SET seq = -seq - 1 WHERE seq >= 5",
    "UPDATE journal SET seq = -seq WHERE seq < 0",
)
DOWN = (
    "UPDATE journal SET seq = 1 - seq WHERE seq > 5",
    "UPDATE journal SET seq = -seq WHERE seq < 0",
)
FORGED = """
    INSERT INTO journal SELECT 5, written_at, at, 'forged', person_id, role, case_id, version,
    from_state, to_state, cause, details, hash FROM journal WHERE seq = 4
"""
HEAD_FITS = (
    "UPDATE chain_head SET (seq, hash) = (SELECT seq, hash FROM journal ORDER BY 1 DESC LIMIT 1)"
)


@pytest.fixture
def terminal(district: Path, tmp_path: Path) -> Terminal:  # noqa: F811
    """A journal of at least ten lines."""
    here = Terminal(Path(shutil.copytree(district, tmp_path / "here")))
    look_often(here, 10)
    return here


def look_often(terminal: Terminal, times: int) -> None:
    async def look(city: City) -> None:
        for _ in range(times):
            await city.flows.note_access(SYSTEM, Access.AUDITED, None, what="person")

    terminal.does(look)


def last(terminal: Terminal) -> int:
    return int(terminal.asks("SELECT max(seq) FROM journal")[0][0])


def tampers(terminal: Terminal, *statements: str) -> None:
    """Somebody takes the guards down, does it, and hangs them up again."""
    guards = terminal.asks("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    assert len(guards) == 6
    down = [f"DROP TRIGGER {name}" for name, _ in guards]
    terminal.breaks(*down, *statements, *(sql for _, sql in guards))


def rewrites(terminal: Terminal, since: int, **values: str) -> None:
    """Somebody clever computes all hashes anew and moves the end."""
    rows = terminal.asks("SELECT * FROM journal ORDER BY seq")
    names = [*HASHED, "hash"]
    before, statements = "", []
    for row in rows:
        fields = typed(dict(zip(names, row, strict=True)))
        if fields["seq"] >= since:
            fields |= values if fields["seq"] == since else {}
            before = line_hash(before, fields)
            sets = ", ".join(f"{name} = '{value}'" for name, value in values.items())
            changed = f"{sets}, " if fields["seq"] == since else ""
            statements.append(
                f"UPDATE journal SET {changed}hash = '{before}' WHERE seq = {fields['seq']}"
            )
        else:
            before = fields["hash"]
    tampers(terminal, *statements, HEAD_FITS)


def typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """SQLite keeps instants as the same text that is hashed."""
    from_text = {name: row[name] for name in ("written_at", "at")}
    return {**row, **{name: _iso(value) for name, value in from_text.items()}}


def _iso(text: str) -> str:
    return text.replace(".000000", "")


def verify(terminal: Terminal, *words: str | Path, **settings: str) -> Said:
    said = terminal.types("audit", "verify", *words, **settings)
    found = json.loads(terminal.types("audit", "verify", *words, "--json", **settings).out)
    assert said.code == (1 if found["wrong"] else 0)
    assert all(one["says"] in said.out for one in found["wrong"])
    return said


def publish(terminal: Terminal, secret: str = "") -> Path:
    path = terminal.folder / "heads.jsonl"

    async def once(city: City) -> None:
        chain = StoredChain(city.storage.database)
        await PublishHeads(chain, [HeadsFile(path, secret)], city.now).round()

    terminal.does(once)
    return path


def test_a_whole_journal_is_said_to_be_one_with_its_length(terminal: Terminal) -> None:
    said = verify(terminal)
    assert said.out == f"The journal is whole: {last(terminal)} lines.\n"


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        (["UPDATE journal SET details = '{}' WHERE seq = 4"], "line 4 was changed, or line 3 was"),
        (["UPDATE journal SET role = 'x' WHERE seq = 1"], "line 1 was changed after it was"),
        (["DELETE FROM journal WHERE seq = 5"], "line 5 was removed"),
        (["DELETE FROM journal WHERE seq IN (5, 6, 7)"], "lines 5 to 7 were removed"),
        (["DELETE FROM journal WHERE seq = 5", *DOWN, HEAD_FITS], "line 5 was removed"),
        ([*UP, FORGED, HEAD_FITS], "line 5 was inserted afterwards"),
        ([*UP, FORGED], "line 5 was inserted afterwards"),
    ],
    ids=["changed", "first", "one gone", "three gone", "closed up", "inserted", "and end left"],
)
def test_the_line_is_named_and_no_other(
    terminal: Terminal, statements: list[str], says: str
) -> None:
    tampers(terminal, *statements)
    said = verify(terminal)
    assert said.code == 1
    assert f"✗ {says}" in said.out
    assert "1 things are wrong" in said.out


def test_two_tampered_lines_are_both_named(terminal: Terminal) -> None:
    tampers(
        terminal,
        "UPDATE journal SET action = 'x' WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 7",
    )
    said = verify(terminal)
    assert "line 3 was changed" in said.out
    assert "line 7 was removed" in said.out


def test_a_tail_that_was_cut_off_is_named(terminal: Terminal) -> None:
    end = last(terminal)
    tampers(terminal, f"DELETE FROM journal WHERE seq > {end - 2}")
    assert f"✗ lines {end - 1} to {end} were removed" in verify(terminal).out


def test_a_line_added_behind_the_end_is_named(terminal: Terminal) -> None:
    end = last(terminal)
    tampers(terminal, f"UPDATE chain_head SET seq = {end - 1}, hash = 'x'")
    assert f"✗ line {end} was inserted afterwards" in verify(terminal).out


def test_a_guard_that_was_taken_down_is_named(terminal: Terminal) -> None:
    terminal.breaks("DROP TRIGGER journal_goes_on_at_its_end")
    said = verify(terminal)
    assert said.code == 1
    assert "the guard journal_goes_on_at_its_end is missing" in said.out


def test_a_history_written_anew_with_all_its_hashes_is_found_by_a_published_head(
    terminal: Terminal,
) -> None:
    first = publish(terminal)
    agreed = last(terminal)
    look_often(terminal, 5)
    heads = publish(terminal)
    look_often(terminal, 2)
    rewrites(terminal, agreed + 2, action="forged")
    assert verify(terminal).code == 0, "without heads nothing shows"
    said = verify(terminal, "--heads", heads)
    assert first == heads
    assert f"✗ lines {agreed + 1} to {agreed + 5}: history was rewritten" in said.out


def test_a_tail_cut_off_with_a_new_end_is_found_by_a_published_head(terminal: Terminal) -> None:
    heads, end = publish(terminal), last(terminal)
    tampers(terminal, f"DELETE FROM journal WHERE seq > {end - 3}", HEAD_FITS)
    assert verify(terminal).code == 0
    said = verify(terminal, "--heads", heads)
    assert f"✗ lines {end - 2} to {end} were removed" in said.out


def test_heads_without_our_signature_are_not_believed(terminal: Terminal) -> None:
    heads = publish(terminal, SECRET)
    assert verify(terminal, "--heads", heads, HEADS_SECRET=SECRET).code == 0
    [line] = heads.read_text(encoding="utf-8").splitlines()
    forged = json.dumps({**json.loads(line), "seq": 3})
    heads.write_text(f"{line}\n{forged}\nnonsense\n[]\n", encoding="utf-8")
    said = verify(terminal, "--heads", heads, HEADS_SECRET=SECRET)
    assert "✗ heads file, line 2: not signed by us" in said.out
    assert "3 things are wrong" in said.out


def test_a_file_of_heads_that_is_not_there_is_said(terminal: Terminal) -> None:
    said = terminal.types("audit", "verify", "--heads", terminal.folder / "no.jsonl")
    assert said.code == 2
    assert "no.jsonl: No such file" in said.err


def test_a_database_that_is_not_there_is_said_and_not_made(terminal: Terminal) -> None:
    (terminal.folder / "city.db").unlink()
    said = terminal.types("audit", "verify")
    assert (said.code, said.out) == (2, "")
    assert not (terminal.folder / "city.db").exists()


def test_heads_go_out_once_an_hour_and_again_if_nobody_took_them(terminal: Terminal) -> None:
    async def hours(city: City) -> tuple[int, int, bool, bytes]:
        async with listener() as outside:
            ways = [HeadsUrl(outside.url, SECRET)]
            heads = PublishHeads(StoredChain(city.storage.database), ways, city.now)
            outside.status = 503
            await heads.round()
            outside.status = 204
            await heads.round()
            await heads.round()
            refused_and_taken = len(outside.calls)
            terminal.later(hours=1)
            await heads.round()
            _, headers, body = outside.calls[-1]
            ours = is_ours(SECRET, headers, body, int(city.now().timestamp()))
            return refused_and_taken, len(outside.calls), ours, body

    before, after, ours, body = terminal.does(hours)
    assert (before, after, ours) == (2, 3, True)
    assert json.loads(body)["seq"] == last(terminal)
    assert set(json.loads(body)) == {"kind", "seq", "hash", "at", "signature"}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"HEADS_URL": "ftp://open-sesame"}, "PAIDAN_HEADS_URL must begin with https://"),
        ({"HEADS_URL": "https://a.test/open-sesame"}, "PAIDAN_HEADS_SECRET_FILE with 32 or more"),
    ],
)
def test_a_place_for_heads_that_cannot_be_meant_is_told(
    terminal: Terminal, settings: dict[str, str], told: str
) -> None:
    said = terminal.types("audit", "verify", **settings)
    assert said.code == 2
    assert told in said.err
    assert "open-sesame" not in said.err
