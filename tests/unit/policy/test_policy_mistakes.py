"""What a district may get wrong, and that it is told where and how to put it right."""

from pathlib import Path

import pytest

from workflows.policy.load import FILES, SHIPPED, load_policy
from workflows.policy.mistakes import Mistake, PolicyMistakes

RUNG = """[[disposal.P1]]
level = "L0"
at = "50 %"
condition = "unsigned"
tell = ["worker"]
quiet = "break"
"""


def shipped(name: str) -> str:
    return (SHIPPED / name).read_text("utf-8")


def a_short_catalogue() -> str:
    """Two classes of the shipped one; the second asks for three photos."""
    lines = shipped("catalogue.csv").splitlines(keepends=True)
    return lines[0] + "".join(line for line in lines if line.startswith(("01001-", "01031-")))


def mistakes_in(folder: Path, **texts: str) -> tuple[Mistake, ...]:
    (folder / "catalogue.csv").write_text(a_short_catalogue(), "utf-8")
    for stem, text in texts.items():
        name = next(file for file in FILES if file.startswith(stem))
        (folder / name).write_text(text, "utf-8")
    with pytest.raises(PolicyMistakes) as caught:
        load_policy(folder)
    return caught.value.mistakes


def ladders(old: str, new: str) -> str:
    assert old in shipped("ladders.toml")
    return shipped("ladders.toml").replace(old, new, 1)


def catalogue(old: str, new: str) -> str:
    assert old in a_short_catalogue()
    return a_short_catalogue().replace(old, new, 1)


def line_with(mark: str, text: str) -> int:
    return 1 + next(number for number, line in enumerate(text.splitlines()) if mark in line)


@pytest.mark.parametrize(
    ("stem", "text", "line", "what", "remedy"),
    [
        pytest.param("clocks", "[filing\n", 1, "not TOML", "shipped file", id="no TOML"),
        pytest.param(
            "clocks",
            shipped("clocks.toml").replace('P2 = "1 h"', 'P2 = "1 hour"'),
            "P2 =",
            '"P2" cannot be read: "1 hour" is not a limit',
            'P1 = "15 min"',
            id="limit in unknown words",
        ),
        pytest.param(
            "clocks",
            shipped("clocks.toml").replace('P2 = "1 h"', "P2 = 60"),
            "P2 =",
            "60 is not text",
            'P1 = "15 min"',
            id="limit without a unit",
        ),
        pytest.param(
            "clocks",
            shipped("clocks.toml") + '[lunch]\nlimit = "1 h"\n',
            "[lunch]",
            'no stage is called "lunch"',
            "acceptance",
            id="unknown stage",
        ),
        pytest.param(
            "clocks",
            shipped("clocks.toml").replace("[review]", "[arrivals]"),
            "[arrivals]",
            'no stage is called "arrivals"',
            "arrival",
            id="misspelt stage",
        ),
        pytest.param(
            "clocks",
            shipped("clocks.toml").replace('limit = "30 min"', 'P1 = "30 min"'),
            "[filing]",
            '"filing" has no limit for some urgencies',
            "[filing]",
            id="urgency forgotten",
        ),
        pytest.param(
            "clocks", 'dispatch = "15 min"\n', 1, '"dispatch" means nothing', "spelling", id="flat"
        ),
        pytest.param(
            "clocks",
            shipped("clocks.toml").replace("[review]", "[[review]]"),
            "[[review]]",
            '"review" is not one table',
            "[review]",
            id="list instead of table",
        ),
        pytest.param(
            "ladders",
            ladders('quiet_hours = "20:00-07:30"', "quiet_hours = 20"),
            "quiet_hours",
            "20 is not text",
            "20:00-07:30",
            id="quiet hours as a number",
        ),
        pytest.param(
            "ladders",
            ladders('quiet_hours = "20:00-07:30"', 'quiet_hours = "20:00-07:75"'),
            "quiet_hours",
            "no clock shows",
            "20:00-07:30",
            id="75 minutes",
        ),
        pytest.param(
            "ladders",
            ladders('at = "50 %"', 'at = "half"'),
            'at = "half"',
            '"half" is not a time',
            '"80 %"',
            id="trigger in words",
        ),
        pytest.param(
            "ladders",
            ladders('at = "50 %"', 'at = "150 %"'),
            'at = "150',
            "at most 100 %",
            '"80 %"',
            id="more than all",
        ),
        pytest.param(
            "ladders",
            ladders('at = "50 %"', 'at = "90 %"'),
            'at = "80 %"',
            'comes before "90 %"',
            "later",
            id="rungs in wrong order",
        ),
        pytest.param(
            "ladders",
            ladders('level = "L1"', 'level = "L0"'),
            34,
            "L0 stands after L0",
            "each level once",
            id="level twice",
        ),
        pytest.param(
            "ladders",
            ladders('level = "L0"', 'level = "L9"'),
            "L9",
            "'L9' is not a valid Level",
            '"L0", "L1"',
            id="unknown level",
        ),
        pytest.param(
            "ladders",
            ladders('condition = "unsigned"\n', ""),
            24,
            '"condition" is missing in [disposal.P1]',
            '"not_submitted"',
            id="key forgotten",
        ),
        pytest.param(
            "ladders",
            ladders('tell = ["worker", "agency_lead"]', 'tell = ["handler", "agency_lead"]'),
            "handler",
            "no role is called handler",
            "worker",
            id="unknown role",
        ),
        pytest.param(
            "ladders",
            ladders('tell = ["worker", "agency_lead"]', "tell = []"),
            "tell = []",
            "tells nobody",
            "worker",
            id="nobody told",
        ),
        pytest.param(
            "ladders",
            ladders('tell = ["worker", "agency_lead"]', 'tell = "worker"'),
            'tell = "worker"',
            "is not a list",
            "worker",
            id="role without a list",
        ),
        pytest.param(
            "ladders",
            ladders("silent = true", 'silent = "yes"'),
            '"yes"',
            "neither true nor false",
            "silent = true",
            id="yes instead of true",
        ),
        pytest.param(
            "ladders",
            ladders("silent = true", "silnet = true"),
            "silnet",
            '"silnet" means nothing here',
            "spelling",
            id="misspelt key",
        ),
        pytest.param(
            "ladders",
            shipped("ladders.toml") + "\n" + RUNG.replace("disposal.P1", "disposal.P7"),
            "disposal.P7",
            'no urgency is called "P7"',
            "P1",
            id="unknown urgency",
        ),
        pytest.param(
            "ladders",
            shipped("ladders.toml") + RUNG.replace("disposal.P1", "lunch"),
            "[[lunch]]",
            'no clock is called "lunch"',
            "sign_for",
            id="unknown clock",
        ),
        pytest.param(
            "ladders",
            shipped("ladders.toml").replace("disposal.P4", "disposal.P5"),
            1,
            "nobody is ever told of an overdue P4 case",
            "[[disposal.P4]]",
            id="urgency without a ladder",
        ),
        pytest.param(
            "ladders",
            ladders("[[arrival]]", "[arrival]"),
            "[arrival]",
            '"arrival" is not a list',
            "[[arrival]]",
            id="table instead of list",
        ),
        pytest.param(
            "ladders",
            ladders("again_most = 4\n", ""),
            49,
            "so many times at most",
            "or neither",
            id="repeated without end",
        ),
        pytest.param(
            "ladders",
            ladders("again_most = 4\n", "again_most = 40\n"),
            "again_most = 40",
            "40 times is more than 9",
            "again_most = 3",
            id="repeated too often",
        ),
        pytest.param(
            "ladders",
            ladders('opens = "order"', 'opens = "door"'),
            '"door"',
            "door",
            '"list"',
            id="opens what is not there",
        ),
        pytest.param(
            "ladders",
            ladders('in_hand = "1 work_day"', 'in_hand = "a day"'),
            "a day",
            '"in_hand" cannot be read',
            "1 work_day",
            id="in hand for how long",
        ),
        pytest.param(
            "calendar",
            'zone = "Asia/Shangai"\n[[hours]]\nshifts = ["08:00-12:00"]\n',
            1,
            'no zone is called "Asia/Shangai"',
            "Asia/Shanghai",
            id="unknown zone",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nshifts = ["08:00-12:00", "11:00-18:00"]\n',
            3,
            "overlap",
            "apart",
            id="shifts overlap",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nshifts = ["18:00-08:00"]\n',
            3,
            "begin before it ends",
            "08:00-12:00",
            id="shift over midnight",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nshifts = ["8-12"]\n',
            3,
            '"8-12" is not a span',
            "08:00-12:00",
            id="short hours",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nshifts = []\n',
            3,
            "without a shift",
            "08:00-12:00",
            id="no shift",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nvalid_from = 2027-01-01\nshifts = ["08:00-12:00"]\n',
            2,
            "some dates have no working hours",
            "names no dates",
            id="no rule for today",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nshifts = ["08:00-12:00"]\n[[hours]]\n'
            'valid_from = 2027-02-01\nvalid_until = 2027-01-01\nshifts = ["08:00-12:00"]\n',
            6,
            "end before they begin",
            "Exchange",
            id="dates exchanged",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nshifts = ["08:00-12:00"]\n'
            '[[days]]\ndate = "2026-12-31"\nkind = "off"\n',
            5,
            "'2026-12-31' is not a date",
            "without quotation marks",
            id="date as text",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nshifts = ["08:00-12:00"]\n'
            '[[days]]\ndate = 2026-12-31\nkind = "holiday"\n',
            6,
            '"holiday" is not a kind of day',
            '"off"',
            id="unknown kind of day",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nshifts = ["08:00-12:00"]\n[[days]]\ndate = 2026-12-31\n'
            'kind = "off"\nshifts = ["08:00-12:00"]\n',
            7,
            "a day off has no shifts",
            "Remove them",
            id="day off with shifts",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nshifts = ["08:00-12:00"]\n'
            + '[[days]]\ndate = 2026-12-31\nkind = "off"\n' * 2,
            8,
            "2026-12-31 stands here twice",
            "one of the two",
            id="day twice",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nshifts = ["08:00-12:00"]\n'
            '[[days]]\ndate = 2027-02-06\nuntil = 2027-02-05\nkind = "off"\n',
            6,
            "end before they begin",
            "the last day",
            id="run of days backwards",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\nannounced = [2027]\n[[hours]]\nshifts = ["08:00-12:00"]\n'
            '[[days]]\ndate = 2026-12-31\nkind = "off"\n',
            2,
            "no day of the notice of 2027",
            "[[days]]",
            id="announced and not written down",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\nannounced = 2027\n[[hours]]\nshifts = ["08:00-12:00"]\n',
            2,
            "2027 is not a list of years",
            "announced = [2027]",
            id="announced as a number",
        ),
        pytest.param(
            "calendar",
            'zone = "UTC"\n[[hours]]\nshifts = ["08:00-12:00"]\n[[holidays]]\nx = 1\n',
            4,
            '"holidays" means nothing here',
            "Remove",
            id="unknown table",
        ),
        pytest.param(
            "profiles",
            '[lean]\nsystem_takes = ["accept", "aprove"]\n',
            2,
            "no action is called aprove",
            "approve",
            id="unknown action",
        ),
        pytest.param("profiles", "\n", 1, "there is no profile", "[full]", id="no profile"),
        pytest.param(
            "joint",
            shipped("joint.toml").replace('"5 min", "10 min"', '"10 min", "5 min"'),
            "remind_after =",
            "each reminder comes later",
            '["5 min", "10 min"]',
            id="reminders out of order",
        ),
        pytest.param(
            "joint",
            shipped("joint.toml").replace('closes_after = "4 h"', 'closes_after = "8 min"'),
            "closes_after =",
            "the call-out has closed",
            "longer closes_after",
            id="closed before the last reminder",
        ),
        pytest.param(
            "joint",
            shipped("joint.toml").replace('closes_after = "4 h"', 'closes_after = "1 work_day"'),
            "closes_after =",
            "by day and night",
            '"4 h"',
            id="a call-out in working time",
        ),
        pytest.param(
            "retention",
            shipped("retention.toml").replace("keep = 90", "keep = 0", 1),
            "keep = 0",
            "this is no number of days",
            "whole days",
            id="kept for no time",
        ),
        pytest.param(
            "retention",
            shipped("retention.toml").replace("[photos]", "[pictures]"),
            "[pictures]",
            'nothing is called "pictures"',
            "callers, photos",
            id="a kind of data that nobody keeps",
        ),
        pytest.param(
            "joint",
            shipped("joint.toml").replace("emergency =", "emergencies ="),
            "[whistle]",
            '"emergency" is missing',
            '"30 min"',
            id="a whistle without a limit",
        ),
        pytest.param(
            "checks",
            shipped("checks.toml").replace("minutes = 10", 'minutes = "10 min"'),
            "minutes =",
            "not a whole number above 0",
            "Write such as 10",
            id="minutes in words",
        ),
        pytest.param(
            "checks",
            shipped("checks.toml").replace("words_metres = 500", "words_metres = 0.5"),
            "words_metres =",
            "not a whole number above 0",
            "Write such as 500",
            id="metres for words with a fraction",
        ),
        pytest.param(
            "supervision",
            shipped("supervision.toml").replace('"4 work_hour", ', '"1 work_day", '),
            "within =",
            "stands twice",
            '["4 work_hour", "1 work_day"]',
            id="a limit to choose twice",
        ),
        pytest.param(
            "supervision",
            shipped("supervision.toml").replace("[listed]", "[posted]"),
            "[posted]",
            'no order is called "posted"',
            "[listed]",
            id="an unknown kind of order",
        ),
        pytest.param(
            "photos",
            shipped("photos.toml").replace("max_photos = 9", "max_photos = 0"),
            "max_photos =",
            "not a whole number above 0",
            "max_photos = 9",
            id="no photo allowed",
        ),
        pytest.param(
            "photos",
            shipped("photos.toml").replace("max_photos = 9", "max_photos = 2"),
            1,
            "a condition needs 3 photos",
            "max_photos = 3",
            id="fewer than needed",
        ),
        pytest.param(
            "photos",
            shipped("photos.toml").replace('"heic"', '"gif"'),
            "gif",
            "gif cannot be read",
            "heic",
            id="unknown format",
        ),
        pytest.param(
            "photos",
            shipped("photos.toml").replace('["jpeg", "png", "webp", "heic"]', "[]"),
            "formats",
            "no format is accepted",
            "jpeg",
            id="no format",
        ),
    ],
)
def test_a_mistake_names_its_file_line_and_remedy(
    tmp_path: Path, stem: str, *, text: str, line: int | str, what: str, remedy: str
) -> None:
    found = mistakes_in(tmp_path, **{stem: text})
    fitting = [m for m in found if what in m.what and remedy in m.remedy]
    assert fitting, found
    expected = line if isinstance(line, int) else line_with(line, text)
    assert (fitting[0].file.split(".")[0], fitting[0].line) == (stem, expected)


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "remedy"),
    [
        pytest.param("P1,WTR", "P0,WTR", 2, '"urgency" is "P0"', "P1, P2", id="urgency"),
        pytest.param("2,urgent_hour", "2,urgent", 2, "is not a limit", "2 work_day", id="unit"),
        pytest.param("2,urgent_hour", "0,urgent_hour", 2, "above 0", "2 work_day", id="zero"),
        pytest.param(
            "2,urgent_hour,continuous",
            "2,urgent_hour,working",
            2,
            'the clock of "urgent_hour" is continuous',
            "Write continuous",
            id="clock against unit",
        ),
        pytest.param(",continuous,yes,", ",continuous,maybe,", 2, "night_push", "yes, no", id="y"),
        pytest.param('legible",2,GB5', 'legible",two,GB5', 2, "photo_min", "whole number", id="2"),
        pytest.param("01001-2,", "01001-1,", 3, "occurs twice", "its own row_id", id="id twice"),
        pytest.param(
            "01001-2,component,01001,B01-01,01,市政公用设施类,Municipal utilities,供水井盖异常",
            "01001-2,component,01001,B01-01,01,市政公用设施类,Municipal utilities,供水井盖",
            3,
            'class 01001 has "name_zh" "供水井盖" here',
            "Line 2 says",
            id="two names",
        ),
        pytest.param(
            "fault,1,1,", "fault,1,0,", 2, "0 default conditions", "exactly one", id="no default"
        ),
        pytest.param(
            "fault,2,0,", "fault,2,1,", 2, "2 default conditions", "exactly one", id="defaults"
        ),
        pytest.param(
            "fault,2,0,", "fault,1,0,", 2, "numbers two conditions", "condition_no", id="number"
        ),
        pytest.param("P1,WTR,", "P1,,", 2, '"dept_primary" is empty', "Fill", id="no agency"),
        pytest.param(
            '"盖板缺失、移位或开裂,有安全隐患"',
            "盖板缺失、移位或开裂,有安全隐患",
            2,
            "30 cells",
            "quotation marks",
            id="comma without quotes",
        ),
        pytest.param("row_id,", "id,", 1, "columns are missing: row_id", "shipped", id="column"),
    ],
)
def test_a_mistake_in_the_catalogue_names_its_line(
    tmp_path: Path, old: str, *, new: str, line: int, what: str, remedy: str
) -> None:
    found = mistakes_in(tmp_path, catalogue=catalogue(old, new))
    fitting = [m for m in found if what in m.what and remedy in m.remedy]
    assert fitting, found
    assert (fitting[0].file, fitting[0].line) == ("catalogue.csv", line)


def test_an_empty_catalogue_is_a_mistake(tmp_path: Path) -> None:
    header = shipped("catalogue.csv").splitlines()[0]
    (found,) = mistakes_in(tmp_path, catalogue=f"{header}\n")
    assert "the catalogue is empty" in str(found)


def test_a_spreadsheets_own_encoding_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "catalogue.csv").write_bytes(a_short_catalogue().encode("gb18030"))
    with pytest.raises(PolicyMistakes, match=r"line 2: this is not UTF-8. Save the file as UTF-8"):
        load_policy(tmp_path)


def test_all_mistakes_of_all_files_are_told_together(tmp_path: Path) -> None:
    found = mistakes_in(
        tmp_path,
        catalogue=catalogue("P1,WTR", "P0,WTR"),
        clocks=shipped("clocks.toml").replace('P2 = "1 h"', "P2 = 1"),
        ladders=ladders('at = "50 %"', "at = 50").replace('at = "80 %"', "at = 80", 1),
        photos="",
    )
    assert {mistake.file for mistake in found} == {
        "catalogue.csv",
        "clocks.toml",
        "ladders.toml",
        "photos.toml",
    }
    assert len([m for m in found if m.file == "ladders.toml"]) >= 2
    assert len([m for m in found if m.file == "photos.toml"]) >= 4
    assert list(found) == sorted(found)


def test_a_mistake_reads_as_one_line(tmp_path: Path) -> None:
    found = mistakes_in(tmp_path, profiles='[lean]\nsystem_takes = "none"\n')
    text = str(PolicyMistakes(list(found)))
    assert text.startswith("profiles.toml, line 2: \"system_takes\" cannot be read: 'none' is not")
    assert len(text.splitlines()) == len(found)


def test_a_broken_file_is_told_once(tmp_path: Path) -> None:
    assert len(mistakes_in(tmp_path, ladders="[[disposal.P1]\n")) == 1


def test_a_file_of_an_unknown_name_is_not_ignored(tmp_path: Path) -> None:
    (tmp_path / "ladder.toml").write_text("", "utf-8")
    (found,) = mistakes_in(tmp_path)
    assert found.file == "ladder.toml"
    assert "ladders.toml" in found.remedy


def test_a_directory_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(PolicyMistakes, match="no such directory"):
        load_policy(tmp_path / "nowhere")
