import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.importing.written_files import mistakes_of
from workflows.importing.grids import GridShape, read_grids
from workflows.people import AreaCode, Grid

SQUARE = [[[121.0, 31.0], [121.1, 31.0], [121.1, 31.2], [121.0, 31.2], [121.0, 31.0]]]
FAR_SQUARE = [[[122.0, 30.0], [122.1, 30.0], [122.1, 30.2], [122.0, 30.0]]]


def feature(kind: str = "Polygon", coordinates: Any = SQUARE, **properties: Any) -> dict[str, Any]:
    known = {"code": "310112101-03", "name": "三号网格", **properties}
    return {
        "type": "Feature",
        "properties": {key: value for key, value in known.items() if value is not None},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def grids(folder: Path, *features: Any) -> tuple[GridShape, ...]:
    path = folder / "grids.geojson"
    data = {"type": "FeatureCollection", "features": list(features)}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return read_grids(path)


def test_a_grid_has_its_names_its_outline_and_its_bounds(tmp_path: Path) -> None:
    (shape,) = grids(tmp_path, feature(street="江川路街道", aliases=["老街", " 菜场 ", ""]))
    assert shape.grid == Grid(AreaCode("310112101-03"), "三号网格", "江川路街道")
    assert shape.aliases == ("老街", "菜场")
    assert (shape.west, shape.south, shape.east, shape.north) == (121.0, 31.0, 121.1, 31.2)
    assert json.loads(shape.geometry) == {"type": "Polygon", "coordinates": SQUARE}


def test_a_grid_may_have_several_parts(tmp_path: Path) -> None:
    (shape,) = grids(tmp_path, feature("MultiPolygon", [SQUARE, FAR_SQUARE], aliases="a;b"))
    assert (shape.west, shape.south, shape.east, shape.north) == (121.0, 30.0, 122.1, 31.2)
    assert (shape.aliases, shape.grid.street) == (("a", "b"), "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (None, "it has no properties"),
        (feature(code=None), "code or name is missing"),
        (feature(name=" "), "code or name is missing"),
        (feature("Point", [121.0, 31.0]), "its shape is Point"),
        ({"properties": {"code": "1", "name": "a"}}, "its shape is missing"),
        (feature(coordinates=None), "no polygon's"),
        (feature(coordinates=[]), "no polygon's"),
        (feature(coordinates=[SQUARE[0][:4]]), "a ring is not closed"),
        (feature(coordinates=[[[31.0, 121.0]] * 4]), "is no position"),
        (feature(coordinates=[[["121", "31"]] * 4]), "is no position"),
        (feature(coordinates=[[[float("nan"), 31.0]] * 4]), "is no position"),
        (feature(coordinates=[[[10**400, 31.0]] * 4]), "is no position"),
        (feature(aliases=[1]), "aliases is not a list of names"),
    ],
)
def test_a_mistake_in_a_feature_is_told(tmp_path: Path, wrong: Any, said: str) -> None:
    (told,) = mistakes_of(lambda: grids(tmp_path, feature(code="1"), wrong))
    assert "feature 2" in told
    assert said in told


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    wrong = [feature("Point", code="a"), feature(code="b"), feature("Point", code="c")]
    told = mistakes_of(lambda: grids(tmp_path, *wrong))
    lines = (tmp_path / "grids.geojson").read_text(encoding="utf-8").splitlines()
    for mistake, code in zip(told, ("a", "c"), strict=True):
        number = next(n for n, text in enumerate(lines, 1) if f'"{code}"' in text)
        assert mistake.startswith(f"grids.geojson, line {number}: feature")


def test_a_code_belongs_to_one_grid(tmp_path: Path) -> None:
    (told,) = mistakes_of(lambda: grids(tmp_path, feature(), feature()))
    assert "feature 2 (310112101-03): the code 310112101-03 is given to two grids" in told


@pytest.mark.parametrize("text", ["{", "[]", '{"features": []}', '{"features": 3}'])
def test_a_file_that_is_no_collection_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "grids.geojson"
    path.write_text(text, encoding="utf-8")
    assert "FeatureCollection" in mistakes_of(lambda: read_grids(path))[0]
