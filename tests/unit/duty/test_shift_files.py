"""Rosters as people write them down: CSV with either headings, and iCalendar."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Speech
from bot.texts.people import ROLES
from handlers.terminal.shift_calendar import read_calendar
from workflows.importing.mistakes import ImportMistakes
from workflows.importing.shift_rows import ROLE_WORDS, read_shifts
from workflows.people import Role

SHANGHAI = ZoneInfo("Asia/Shanghai")
SINCE = datetime(2026, 10, 1, tzinfo=UTC)


def local(words: str) -> datetime:
    return datetime.fromisoformat(words)


def csv(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding=encoding)
    return path


def told(path: Path) -> str:
    with pytest.raises(ImportMistakes) as no:
        read_shifts(path, SHANGHAI)
    return str(no.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_headings_and_the_times_of_a_chinese_keyboard(
    tmp_path: Path, encoding: str
) -> None:
    text = "班次,日期,上班,下班,姓名,岗位\n夜班,2026年12月31日,２０：００,8时,王磊,处置人员\n"
    [line] = read_shifts(csv(tmp_path, text, encoding), SHANGHAI)
    assert (line.line, line.person, line.role, line.note) == (2, "王磊", Role.WORKER, "夜班")
    assert line.starts == local("2026-12-31 20:00")
    assert line.ends == local("2027-01-01 08:00")


def test_english_headings_and_a_day_that_ends_at_midnight(tmp_path: Path) -> None:
    text = "date,start,end,person,role,instead_of,end_date\n"
    text += "2026-12-31,08:00,24:00,王磊,worker,,\n20261201,8:00,8:00,12,,李安,2026/12/2\n"
    first, second = read_shifts(csv(tmp_path, text), SHANGHAI)
    assert first.ends == local("2027-01-01 00:00")
    assert (second.person, second.instead_of) == ("12", "李安")
    assert second.ends - second.starts == timedelta(days=1)


def test_everything_that_is_wrong_is_told_at_once_with_its_line_and_a_remedy(
    tmp_path: Path,
) -> None:
    text = "date,start,end,person,role,end_date\n"
    text += (
        "12-01,08:00,16:00,王磊,,\n2026-02-30,08:00,16:00,王磊,,\n2026-12-01,25:00,16:00,王磊,,\n"
    )
    text += "2026-12-01,08:00,16:00,,,\n2026-12-01,08:00,16:00,王磊,boss,\n"
    text += "2026-12-02,08:00,16:00,王磊,,2026-12-01\n2026-12-01,08:00\n"
    said = told(csv(tmp_path, text)).splitlines()
    assert [line.split("line ")[1][0] for line in said] == ["2", "3", "4", "5", "6", "7", "8"]
    assert "Write it with its year" in said[0]
    assert "person is empty" in said[3]
    assert "处置人员" in said[4]


@pytest.mark.parametrize(
    ("header", "words"),
    [("date,start,end\n", "人员"), ("date,日期,start,end,person\n", "mean the same")],
)
def test_columns_that_are_missing_or_there_twice_are_told(
    tmp_path: Path, header: str, words: str
) -> None:
    assert words in told(csv(tmp_path, header))


def test_roles_in_chinese_are_the_ones_that_people_read() -> None:
    zh = Speech.load().in_("zh")
    for words, role in ROLE_WORDS.items():
        assert words in zh(ROLES[role])


def calendar(tmp_path: Path, *events: str) -> Path:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    path = tmp_path / "roster.ics"
    path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//\n{body}END:VCALENDAR\n")
    return path


NIGHTS = """
UID:nights
SUMMARY:王磊 夜班
CATEGORIES:worker
DTSTART;TZID=Europe/Berlin:20261023T220000
DTEND;TZID=Europe/Berlin:20261024T060000
RRULE:FREQ=DAILY;COUNT=5
EXDATE;TZID=Europe/Berlin:20261025T220000
"""
CHANGED = """
UID:nights
RECURRENCE-ID;TZID=Europe/Berlin:20261026T220000
SUMMARY:李安 夜班
DTSTART;TZID=Europe/Berlin:20261026T230000
DTEND;TZID=Europe/Berlin:20261027T070000
"""


def test_what_repeats_is_written_out_with_its_exceptions(tmp_path: Path) -> None:
    path = calendar(tmp_path, NIGHTS, CHANGED)
    lines = read_calendar(path, SHANGHAI, SINCE, SINCE + timedelta(days=90))
    assert [
        (line.person, line.starts.day, line.starts.hour, line.ends.hour) for line in lines
    ] == [
        ("王磊", 23, 22, 6),
        ("王磊", 24, 22, 6),  # the night in which clocks change: the same times on the wall
        ("李安", 26, 23, 7),
        ("王磊", 27, 22, 6),
    ]
    assert {line.zone.key for line in lines} == {"Europe/Berlin"}
    assert lines[0].role is Role.WORKER
    assert lines[0].note == "夜班"


def test_whole_days_invited_people_and_cancelled_events(tmp_path: Path) -> None:
    whole = "UID:1\nSUMMARY:值班\nDTSTART;VALUE=DATE:20261231\n"
    whole += "ATTENDEE;CN=王磊:mailto:a@example.org\nATTENDEE;CN=李安:mailto:b@example.org"
    called_off = "UID:2\nSUMMARY:周强\nSTATUS:CANCELLED\nDTSTART:20261231T000000Z\nDURATION:PT2H"
    zulu = "UID:3\nSUMMARY:周强\nDTSTART:20261231T000000Z\nDURATION:PT2H"
    floating = "UID:4\nSUMMARY:周强\nDTSTART:20261231T090000\nDTEND:20261231T100000"
    path = calendar(tmp_path, whole, called_off, zulu, floating)
    lines = read_calendar(path, SHANGHAI, SINCE, SINCE + timedelta(days=120))
    assert [(line.person, line.starts, line.ends, line.zone.key) for line in lines] == [
        ("周强", local("2026-12-31 00:00"), local("2026-12-31 02:00"), "UTC"),
        ("李安", local("2026-12-31 00:00"), local("2027-01-01 00:00"), "Asia/Shanghai"),
        ("王磊", local("2026-12-31 00:00"), local("2027-01-01 00:00"), "Asia/Shanghai"),
        ("周强", local("2026-12-31 09:00"), local("2026-12-31 10:00"), "Asia/Shanghai"),
    ]


def test_what_repeats_for_ever_ends_at_the_horizon(tmp_path: Path) -> None:
    daily = (
        "UID:1\nSUMMARY:王磊\nDTSTART:20261001T000000Z\nDTEND:20261001T080000Z\nRRULE:FREQ=DAILY"
    )
    path = calendar(tmp_path, daily)
    assert len(read_calendar(path, SHANGHAI, SINCE, SINCE + timedelta(days=30))) == 30


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("UID:1\nSUMMARY:王磊\nDTSTART:2026xx", "line 4: DTSTART cannot be read"),
        ("UID:1\nDTSTART:20261001T000000Z", "line 4: nobody is named"),
        ("UID:1\nSUMMARY:王磊", "line 4: the event has no DTSTART"),
        ("UID:1\nSUMMARY:王磊\nCATEGORIES:boss\nDTSTART:20261001T000000Z", 'no role "boss"'),
    ],
)
def test_an_event_that_cannot_be_used_is_told_with_its_line(
    tmp_path: Path, event: str, words: str
) -> None:
    with pytest.raises(ImportMistakes) as no:
        read_calendar(calendar(tmp_path, event), SHANGHAI, SINCE, SINCE + timedelta(days=90))
    assert words in str(no.value)


def test_what_is_no_calendar_is_told(tmp_path: Path) -> None:
    path = tmp_path / "roster.ics"
    path.write_text("date,start,end\n")
    with pytest.raises(ImportMistakes):
        read_calendar(path, SHANGHAI, SINCE, SINCE + timedelta(days=90))
