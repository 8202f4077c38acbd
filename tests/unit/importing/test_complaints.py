from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.importing.written_files import (
    COLUMNS,
    MAP,
    catalogue,
    line,
    mistakes_of,
    one,
    read,
)
from workflows.cases.case import Point
from workflows.importing.complaints import ComplaintFile
from workflows.importing.mapping import load_map
from workflows.importing.row import Account, Rejected, Remark, Row, RowReason, Standing
from workflows.ports import Caller


def test_an_ordinary_row_is_read_in_our_terms(tmp_path: Path) -> None:
    assert one(tmp_path) == Row(
        line=2,
        number="7",
        source_class="hole",
        class_code="06013",
        words="a hole",
        place_words="Long Street, 3",
        point=Point(31.1, 121.4),
        created_at=datetime(2026, 3, 2, 0, 5, tzinfo=UTC),
        standing=Standing.OPEN,
        caller=Caller("Wang", "13800001234"),
    )


def test_a_condition_in_the_map_brings_its_class(tmp_path: Path) -> None:
    row = one(tmp_path, kind="lamp")
    assert isinstance(row, Row)
    assert (row.class_code, row.condition_id) == ("01037", "01037-3")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"no": "  "}, RowReason.NO_NUMBER),
        ({"kind": ""}, RowReason.NO_CLASS),
        ({"kind": "ufo"}, RowReason.CLASS_UNMAPPED),
        ({"kind": "tax"}, RowReason.CLASS_LEFT_OUT),
        ({"made": ""}, RowReason.NO_TIME),
        ({"made": "yesterday"}, RowReason.UNREADABLE_TIME),
        ({"made": "2026/2/30 8:00"}, RowReason.UNREADABLE_TIME),
        ({"made": "0001-01-01T00:00"}, RowReason.UNREADABLE_TIME),
        ({"state": "done"}, RowReason.NO_CLOSING_TIME),
        ({"state": "done", "done": "soon"}, RowReason.UNREADABLE_TIME),
        ({"state": "done", "done": "2026/3/2 8:04"}, RowReason.CLOSED_BEFORE_CREATED),
        ({"state": "lost"}, RowReason.UNKNOWN_STATUS),
        ({"state": ""}, RowReason.UNKNOWN_STATUS),
        ({"lat": "91"}, RowReason.BAD_COORDINATES),
        ({"lon": "-180.5"}, RowReason.BAD_COORDINATES),
        ({"lat": "nan"}, RowReason.BAD_COORDINATES),
        ({"lat": "inf"}, RowReason.BAD_COORDINATES),
        ({"lat": "north"}, RowReason.BAD_COORDINATES),
    ],
    ids=str,
)
def test_a_bad_row_gets_its_reason(
    tmp_path: Path, changes: dict[str, str], reason: RowReason
) -> None:
    rejected = one(tmp_path, **changes)
    assert isinstance(rejected, Rejected)
    assert rejected.reason is reason
    assert rejected.what
    assert "a hole" in rejected.cells


def test_a_bad_row_does_not_stop_the_others(tmp_path: Path) -> None:
    items = read(
        tmp_path,
        line(no="1", made="never"),
        "2,too,few",
        line(no="3"),
        "",
        line(no="4", text="x" * 200_000),
        line(no="5"),
    )
    assert [(item.line, type(item)) for item in items] == [
        (2, Rejected),
        (3, Rejected),
        (4, Row),
        (6, Rejected),
        (7, Row),
    ]


def test_a_number_counts_once_and_the_second_names_the_first(tmp_path: Path) -> None:
    items = read(tmp_path, line(no="1", made="never"), line(no="1"), line(no="1"))
    assert isinstance(items[1], Row)
    assert isinstance(items[2], Rejected)
    assert items[2].reason is RowReason.DUPLICATE_NUMBER
    assert "line 3" in items[2].what


def test_a_text_over_several_lines_is_one_row_and_the_next_has_its_own_line(
    tmp_path: Path,
) -> None:
    items = read(
        tmp_path, line(no="1", text="\r\n\t\t first \r\n\u3000\r\n second\r\n"), line(no="2")
    )
    assert [item.line for item in items] == [2, 7]
    assert isinstance(items[0], Row)
    assert items[0].words == "first\nsecond"


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("39", "-77"), ("0", "0"), ("39.0", "-77.00")]
)
def test_whole_degrees_are_no_position(tmp_path: Path, latitude: str, longitude: str) -> None:
    row = one(tmp_path, lat=latitude, lon=longitude)
    assert isinstance(row, Row)
    assert (row.point, row.remarks) == (None, (Remark.WHOLE_DEGREES,))


def test_one_whole_degree_is_a_position(tmp_path: Path) -> None:
    row = one(tmp_path, lat="31", lon="121.4567")
    assert isinstance(row, Row)
    assert row.point == Point(31.0, 121.4567)


def test_a_row_without_any_place_is_taken_and_remarked(tmp_path: Path) -> None:
    row = one(tmp_path, lat="", street="", house="")
    assert isinstance(row, Row)
    assert (row.point, row.remarks) == (None, (Remark.NO_POINT, Remark.NO_PLACE))


def test_coordinates_in_each_others_column_can_be_swapped(tmp_path: Path) -> None:
    (row,) = read(tmp_path, line(lat="121.4", lon="31.1"), how="swap_coordinates = true\n" + MAP)
    assert isinstance(row, Row)
    assert row.point == Point(31.1, 121.4)


@pytest.mark.parametrize(
    ("state", "done", "standing"),
    [
        ("open", "", Standing.OPEN),
        ("done", "2026/3/3 9:00", Standing.CLOSED),
        ("twice", "", Standing.DUPLICATE),
        ("withdrawn", "2026/3/3 9:00", Standing.CANCELLED),
    ],
)
def test_the_status_says_where_it_stands(
    tmp_path: Path, state: str, done: str, standing: Standing
) -> None:
    row = one(tmp_path, state=state, done=done)
    assert isinstance(row, Row)
    assert row.standing is standing
    assert row.closed_at == (datetime(2026, 3, 3, 1, tzinfo=UTC) if done else None)


def test_without_a_status_a_closing_time_closes(tmp_path: Path) -> None:
    how = MAP.replace('status = "state"\n', "")
    items = read(tmp_path, line(no="1"), line(no="2", done="2026/3/3 9:00"), how=how)
    standings = [item.standing for item in items if isinstance(item, Row)]
    assert standings == [Standing.OPEN, Standing.CLOSED]


def test_two_time_formats_stand_in_one_column(tmp_path: Path) -> None:
    written = ("2026/3/2 8:05", "2026-03-02T08:05:00", "2026-03-02T01:05:00+01:00")
    items = read(tmp_path, *(line(no=f"{n}", made=made) for n, made in enumerate(written)))
    times = {item.created_at for item in items if isinstance(item, Row)}
    assert times == {datetime(2026, 3, 2, 0, 5, tzinfo=UTC)}


def test_unmapped_classes_are_counted_or_go_to_the_default(tmp_path: Path) -> None:
    lines = [line(no="1", kind="ufo"), line(no="2", kind="ufo"), line(no="3", kind="")]
    refused, taken = Account(), Account()
    for item in read(tmp_path, *lines):
        refused.note(item)
    for item in read(tmp_path, *lines, how='default_class = "H0004"\n' + MAP):
        taken.note(item)
    assert refused.unmapped == taken.unmapped == {"ufo": 2}
    assert refused.rejected == {RowReason.CLASS_UNMAPPED: 2, RowReason.NO_CLASS: 1}
    assert taken.taken == {Standing.OPEN: 3}
    assert taken.remarks == {Remark.CLASS_UNMAPPED: 2}
    assert refused.rows == taken.rows == 3


def test_a_number_made_of_several_columns_is_the_same_on_every_reading(tmp_path: Path) -> None:
    how = 'number_prefix = "C-"\n' + MAP.replace('number = "no"', 'number = ["made", "lat"]')
    first = read(tmp_path, line(), line(lat="31.2"), how=how)
    again = read(tmp_path, line(lat="31.2"), line(), how=how)
    numbers = [item.number for item in first]
    assert [item.number for item in again] == numbers[::-1]
    assert len(set(numbers)) == 2
    assert all(len(number) == 18 and number.startswith("C-") for number in numbers)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_text_is_read_in_either_encoding(tmp_path: Path, encoding: str) -> None:
    how = MAP.replace('"no"', '"编号"').replace('"text"', '"内容"')
    header = ",".join(COLUMNS).replace("no,", "编号,", 1).replace("text", "内容")
    (row,) = read(tmp_path, line(text="井盖丢了"), how=how, encoding=encoding, header=header)
    assert isinstance(row, Row)
    assert row.words == "井盖丢了"


def test_one_broken_byte_costs_one_row(tmp_path: Path) -> None:
    how = 'encodings = ["utf-8-sig"]\n' + MAP
    read(tmp_path, line(no="1"), line(no="2", text="@"), line(no="3"), how=how)
    file = tmp_path / "file.csv"
    file.write_bytes(file.read_bytes().replace(b"@", b"\xff"))
    items = list(ComplaintFile(file, load_map(tmp_path / "map.toml", catalogue())))
    assert [type(item) for item in items] == [Row, Rejected, Row]
    assert isinstance(items[1], Rejected)
    assert items[1].reason is RowReason.UNREADABLE_ROW


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_read(tmp_path: Path, delimiter: str) -> None:
    how = f"delimiter = {delimiter!r}\n".replace("'", '"') + MAP
    header = delimiter.join(COLUMNS)
    assert isinstance(
        read(tmp_path, line().replace(",", delimiter), how=how, header=header)[0], Row
    )


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    (mistake,) = mistakes_of(lambda: read(tmp_path, line(), header="no,kind,text"))
    assert 'there is no column "street", "house"' in mistake
    assert '"no", "kind", "text"' in mistake


def test_a_first_line_that_cannot_be_read_has_no_columns(tmp_path: Path) -> None:
    told = mistakes_of(lambda: read(tmp_path, header="x" * 200_000))
    assert "these columns: none" in told[0]


def test_an_empty_file_and_a_column_named_twice_are_mistakes(tmp_path: Path) -> None:
    assert "no column" in mistakes_of(lambda: read(tmp_path, header=""))[0]
    header = ",".join((*COLUMNS, "no"))
    assert "named twice: no" in mistakes_of(lambda: read(tmp_path, header=header))[0]


def test_a_caller_and_their_words_are_in_no_log_line(tmp_path: Path) -> None:
    items = read(tmp_path, line(no="1"), line(no="2", made="never"))
    for item in items:
        assert "Wang" not in repr(item)
        assert "13800001234" not in repr(item)
        assert "a hole" not in repr(item)


def test_the_rows_can_be_counted_before_they_are_read(tmp_path: Path) -> None:
    read(tmp_path, line(no="1"), "bad", line(no="2"))
    file = ComplaintFile(tmp_path / "file.csv", load_map(tmp_path / "map.toml", catalogue()))
    assert file.count() == len(list(file)) == len(list(file)) == 3
    assert file.header == COLUMNS
