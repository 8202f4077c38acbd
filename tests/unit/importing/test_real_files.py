"""Four real cities' files, each read through its map in the docs with every row accounted for."""

from pathlib import Path

import pytest

from tests.unit.importing.written_files import catalogue
from workflows.importing.complaints import ComplaintFile
from workflows.importing.grids import read_grids
from workflows.importing.mapping import load_map
from workflows.importing.row import Account, Remark, Row, RowReason, Standing

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not (DATA / "complaints").is_dir(),
        reason="not run: the real complaints of ../shared/data are not on this machine",
    ),
]


def account(file: str, map_name: str) -> tuple[Account, list[Row]]:
    how = load_map(ROOT / "docs" / "import" / f"{map_name}.toml", catalogue())
    source = ComplaintFile(DATA / "complaints" / file, how)
    counted, rows = Account(), []
    for item in source:
        counted.note(item)
        if isinstance(item, Row):
            rows.append(item)
    assert counted.rows == source.count()
    assert counted.rows == counted.taken.total() + counted.rejected.total()
    assert len({row.number for row in rows}) == len(rows)
    return counted, rows


def test_baltimore_is_read_with_its_false_positions_dropped() -> None:
    counted, rows = account("baltimore_311_2014_2019.csv", "baltimore")
    assert counted.rows == 10_000
    assert set(counted.rejected) == {RowReason.CLASS_LEFT_OUT, RowReason.CLASS_UNMAPPED}
    assert counted.taken.total() > 9_300
    assert counted.taken[Standing.OPEN] > 100
    assert counted.taken[Standing.DUPLICATE] > 200
    assert 800 < counted.remarks[Remark.WHOLE_DEGREES] <= 892
    points = [row.point for row in rows if row.point]
    assert all(39.1 < p.latitude < 39.7 and -76.9 < p.longitude < -76.3 for p in points)
    assert not counted.unmapped or max(counted.unmapped.values()) <= 15


def test_all_892_false_positions_of_baltimore_are_found() -> None:
    """Counted apart from the classes, some of which are left out."""
    how = load_map(ROOT / "docs" / "import" / "baltimore.toml", catalogue())
    file = ComplaintFile(DATA / "complaints" / "baltimore_311_2014_2019.csv", how)
    whole = 0
    for item in file:
        if isinstance(item, Row):
            whole += Remark.WHOLE_DEGREES in item.remarks
        else:
            whole += item.cells[file.header.index("Latitude")] == "39"
    assert whole == 892


def test_syracuse_is_read_the_right_way_round_and_once() -> None:
    counted, rows = account("syracuse_potholes_2016.csv", "syracuse")
    assert counted.rows == 7_538
    assert counted.rejected == {RowReason.DUPLICATE_NUMBER: 3}
    assert all(row.point and 42.9 < row.point.latitude < 43.2 for row in rows)


def test_the_messages_of_a_quarter_are_read_in_both_time_formats() -> None:
    counted, rows = account("zh_messages_2019q3.csv", "zh_messages_2019q3")
    assert counted.taken == {Standing.OPEN: 1_188}
    # 1 July begins in Shanghai while it is still June in UTC.
    assert {row.created_at.month for row in rows} <= {6, 7, 8, 9}
    assert all(row.words and "\t" not in row.words[:6] for row in rows)


def test_the_messages_with_replies_are_read_in_gb18030() -> None:
    counted, rows = account("zh_messages_replies.gb18030.csv", "zh_messages_replies")
    assert counted.taken == {Standing.CLOSED: 929}
    assert all(row.reply and row.closed_at and row.closed_at > row.created_at for row in rows)


def test_the_real_streets_of_a_district_are_read_as_grids() -> None:
    shapes = read_grids(DATA / "grids" / "minhang_streets.synthetic.wgs84.geojson")
    assert len(shapes) == 14
    assert all(121 < shape.west < shape.east < 122 for shape in shapes)
    assert all(30.9 < shape.south < shape.north < 31.4 for shape in shapes)
