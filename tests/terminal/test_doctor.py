"""Planted faults, each named by the doctor at the terminal, with an exit code that says so."""

import io
import json
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from handlers.terminal import doctor
from handlers.terminal.demo_town import load_town
from tests.operator import Terminal
from wiring.city import City
from workflows.cases.case import CaseId, PhotoRef, Picture, Place, Source, Stage
from workflows.cases.report_case import Report
from workflows.people import SYSTEM, Actor, AgencyCode, AreaCode, Post, Role


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with one worker and one open case, made once and copied for each test."""
    terminal = Terminal(tmp_path_factory.mktemp("district"))

    async def settle_in(city: City) -> None:
        await load_town(city.storage.loading, city.now())
        everywhere = AreaCode("")
        async with city.storage.begin() as work:
            for agency in await city.storage.views.agencies(None):
                post = Post(Role.WORKER, everywhere, AgencyCode(agency.code))
                await work.people.create(f"Worker of {agency.code}", "en", [post])
        [name] = terminal.asks("SELECT name FROM grid LIMIT 1")[0]
        report = Report("06012", Place(name), "rubbish", Source.OPERATOR)
        case = await city.flows.report_case(SYSTEM, report)
        assert case.assignee is not None

    terminal.does(settle_in)
    return terminal.folder


@pytest.fixture
def terminal(district: Path, tmp_path: Path) -> Terminal:
    return Terminal(Path(shutil.copytree(district, tmp_path / "here")))


def named(terminal: Terminal) -> list[str]:
    """The rules that the doctor names; both ways of asking must agree."""
    plain, for_programs = terminal.types("doctor"), terminal.types("doctor", "--json")
    found = json.loads(for_programs.out)
    assert plain.code == for_programs.code == (1 if found else 0)
    assert all(f"{one['rule']}: {one['what']}" in plain.out for one in found)
    return [one["rule"] for one in found]


def test_where_all_is_well_the_doctor_says_so_and_nothing_else(terminal: Terminal) -> None:
    said = terminal.types("doctor")
    assert (said.code, said.out) == (0, "All is well.\n")
    assert terminal.types("doctor", "--json").out == "[]\n"


def test_an_open_case_without_a_timer_is_named(terminal: Terminal) -> None:
    terminal.breaks("DELETE FROM timer")
    assert named(terminal) == ["no_timer"]
    assert "open cases wait without a timer: 1 " in terminal.types("doctor").out


def test_a_line_of_the_journal_that_was_changed_behind_its_back_is_named(
    terminal: Terminal,
) -> None:
    terminal.breaks(*without_triggers(terminal), "UPDATE journal SET person_id = 1 WHERE seq = 2")
    assert named(terminal) == ["chain_broken"]
    assert "from line 2 on" in terminal.types("doctor").out


def test_a_journal_whose_tail_was_cut_off_is_named(terminal: Terminal) -> None:
    cut = "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)"
    terminal.breaks(*without_triggers(terminal), cut)
    assert "chain_broken" in named(terminal)


def without_triggers(terminal: Terminal) -> list[str]:
    names = terminal.asks("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    assert names
    return [f"DROP TRIGGER {name}" for (name,) in names]


def test_a_case_that_was_moved_past_the_journal_is_named(terminal: Terminal) -> None:
    terminal.breaks("UPDATE cases SET state = 'handling'")
    assert "journal_differs" in named(terminal)


def test_a_timer_that_nobody_fires_is_named_after_a_minute(terminal: Terminal) -> None:
    terminal.later(days=3)
    assert "late_timer" in named(terminal)


def test_a_message_that_hangs_in_sending_is_named(terminal: Terminal) -> None:
    terminal.breaks(
        "UPDATE outbox SET state = 'sending', owner = 'gone', "
        "sending_at = '2026-11-23T00:00:00.000000+00:00'"
    )
    assert "stuck_send" in named(terminal)


def keep_photo(terminal: Terminal) -> Path:
    """A sealed photo with its file; where the file lies."""
    drawn = io.BytesIO()
    Image.new("RGB", (320, 240), "green").save(drawn, "JPEG")
    picture = drawn.getvalue()

    async def keep(city: City) -> None:
        async def in_pieces() -> AsyncIterator[bytes]:
            yield picture

        shown = Picture(PhotoRef("telegram", {}), "u")
        async with city.storage.begin() as work:
            case = await work.cases.get(CaseId(1))
            worker = await work.people.get(case.assignee or SYSTEM.id)
            await work.photos.add(case.id, Stage.AFTER, Actor(worker), city.now(), shown)
        [(photo, fence)] = await city.storage.fetching.claim(1, city.now())
        await city.flows.photo_fetched(photo, fence, await city.vault.keep(in_pieces()))

    terminal.does(keep)
    [original] = [
        path
        for path in terminal.settings.photos.rglob("*")
        if path.is_file() and path.read_bytes() == picture
    ]
    return original


def test_a_photo_whose_file_is_there_and_whole_is_no_matter(terminal: Terminal) -> None:
    keep_photo(terminal)
    assert named(terminal) == []


def test_a_photo_whose_file_is_gone_is_named(terminal: Terminal) -> None:
    original = keep_photo(terminal)
    original.chmod(0o600)
    original.unlink()
    assert named(terminal) == ["photo file"]


def test_a_photo_whose_file_was_changed_is_named(terminal: Terminal) -> None:
    original = keep_photo(terminal)
    original.chmod(0o600)
    original.write_bytes(original.read_bytes() + b"!")
    assert named(terminal) == ["photo file"]


def test_a_photo_whose_hash_is_not_the_one_of_the_journal_is_named(terminal: Terminal) -> None:
    """Whoever puts another picture in its place, and its hash into the row, is found out."""
    keep_photo(terminal)
    terminal.breaks(f"UPDATE photo SET sha256 = '{'a' * 64}'")
    assert named(terminal) == ["photo hash"]


def test_all_photos_are_read_where_there_is_no_time_for_them(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_photo(terminal).unlink()
    monkeypatch.setattr(doctor, "LONGEST_LOOK", timedelta(seconds=-1))
    in_time, whole = terminal.types("doctor"), terminal.types("doctor", "--photos")
    assert (in_time.code, whole.code) == (0, 1)
    assert "photos from 1 on were not looked at: doctor --photos" in in_time.err
    assert "photo file" in whole.out


def test_from_the_middle_of_december_next_years_days_off_must_be_known(
    terminal: Terminal,
) -> None:
    terminal.later(days=30)
    assert "holiday data" in named(terminal)
