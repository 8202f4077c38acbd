"""A point lies in one grid, words name one place, and work has one agency to go to."""

import json
from datetime import timedelta

import pytest

from storage.assembly import Storage
from tests.storage.city import HandClock
from workflows.cases.case import Point
from workflows.importing.grids import GridShape
from workflows.importing.setup_lists import CatalogueRow, Landmark
from workflows.people import Agency, AgencyCode, AreaCode, Grid

STREET = "310112101"
WEST = Grid(AreaCode(f"{STREET}-01"), "西格", "七宝镇")
EAST = Grid(AreaCode(f"{STREET}-02"), "东格", "七宝镇")


def square(west: float, south: float, size: float = 1) -> dict[str, object]:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def shape(grid: Grid, geometry: dict[str, object], *aliases: str) -> GridShape:
    return GridShape(grid, aliases, json.dumps(geometry), 0, 0, 0, 0)


async def with_map(storage: Storage) -> None:
    shapes = [shape(EAST, square(1, 0), "老街"), shape(WEST, square(0, 0))]
    assert await storage.loading.replace_grids(shapes) == 2


async def grid_at(storage: Storage, latitude: float, longitude: float) -> Grid | None:
    async with storage.begin() as work:
        return await work.places.grid_at(Point(latitude, longitude))


async def named(storage: Storage, words: str) -> tuple[Grid, str, Point] | None:
    async with storage.begin() as work:
        return await work.places.grid_named(words)


async def test_a_point_lies_in_its_grid_and_on_a_border_in_the_first(storage: Storage) -> None:
    await with_map(storage)
    assert await grid_at(storage, 0.5, 0.5) == WEST
    assert await grid_at(storage, 0.5, 1.5) == EAST
    assert await grid_at(storage, 0.5, 1.0) == WEST
    assert await grid_at(storage, 5, 5) is None


async def test_every_process_sees_a_new_map_at_once(storage: Storage, neighbour: Storage) -> None:
    assert await grid_at(neighbour, 0.5, 0.5) is None
    await with_map(storage)
    assert await grid_at(neighbour, 0.5, 0.5) == WEST
    await storage.loading.replace_grids([shape(EAST, square(0, 0))])
    assert await grid_at(neighbour, 0.5, 0.5) == EAST
    async with storage.begin() as work:
        assert await work.places.grid(WEST.code) is None
        assert await work.places.grid(EAST.code) == EAST


async def test_the_longest_place_name_in_the_words_wins(storage: Storage) -> None:
    await with_map(storage)
    places = [
        Landmark("七宝", Point(0.5, 0.5)),
        Landmark("七宝老街口", Point(0.25, 1.25)),
        Landmark("外滩", Point(9, 9)),
    ]
    assert await storage.loading.add_landmarks(places) == 3
    assert await named(storage, "七宝老街口有个坑") == (EAST, "七宝老街口", Point(0.25, 1.25))
    assert await named(storage, "在七宝") == (WEST, "七宝", Point(0.5, 0.5))
    assert (await named(storage, "老街旁边"))[:2] == (EAST, "老街")
    assert (await named(storage, "西格里"))[:2] == (WEST, "西格")
    assert await named(storage, "外滩") is None
    assert await named(storage, "") is None


async def test_a_landmark_of_the_same_name_moves(storage: Storage) -> None:
    await with_map(storage)
    for longitude in (0.5, 1.5):
        await storage.loading.add_landmarks([Landmark("桥", Point(0.5, longitude))])
    assert (await named(storage, "桥上"))[0] == EAST


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]},
        {"type": "Nonsense"},
    ],
    ids=["a point", "nothing", "a bow tie", "nonsense"],
)
async def test_a_broken_outline_changes_nothing(
    storage: Storage, geometry: dict[str, object]
) -> None:
    await with_map(storage)
    with pytest.raises(ValueError, match=STREET):
        await storage.loading.replace_grids([shape(WEST, geometry)])
    assert await grid_at(storage, 0.5, 1.5) == EAST


def agency(code: str, area: str, kind: str = "WTR") -> Agency:
    return Agency(AgencyCode(code), kind, f"水务{code}", f"Water {code}", AreaCode(area))


async def test_the_nearest_agency_of_a_kind_is_asked(storage: Storage) -> None:
    district, street = agency("D", "310112"), agency("S", STREET)
    elsewhere, other = agency("X", "310113"), agency("L", STREET, "LGT")
    assert await storage.loading.add_agencies([district, street, elsewhere, other]) == 4
    async with storage.begin() as work:
        places = work.places
        assert await places.agency_of_kind("WTR", WEST.code) == street
        assert await places.agency_of_kind("WTR", AreaCode("310112102-01")) == district
        assert await places.agency_of_kind("GAS", WEST.code) is None
        assert await places.agency(AgencyCode("L")) == other
        assert await places.agency(AgencyCode("?")) is None
    assert await storage.views.agencies(None) == (district, other, street, elsewhere)
    assert await storage.views.agencies(WEST.code) == (district, other, street)
    assert await storage.views.agencies(AreaCode("310113")) == (elsewhere,)


async def test_the_catalogue_s_most_local_row_in_force_counts(
    storage: Storage, clock: HandClock
) -> None:
    await storage.loading.add_agencies([agency("D", "310112"), agency("S", STREET)])
    wide = CatalogueRow("01001", AreaCode("310112"), AgencyCode("D"))
    local = CatalogueRow("01001", AreaCode(STREET), AgencyCode("S"))
    tomorrow = clock() + timedelta(days=1)
    assert await storage.loading.replace_catalogue([wide, wide], clock()) == 1

    async def asked(class_code: str = "01001") -> Agency | None:
        async with storage.begin() as work:
            return await work.places.agency_in_catalogue(class_code, WEST.code)

    assert (await asked()).code == "D"
    assert await asked("99999") is None
    assert await storage.loading.replace_catalogue([wide, local], tomorrow) == 2
    assert await asked() is None
    clock.advance(86400)
    assert (await asked()).code == "S"
