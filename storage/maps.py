"""The map in memory: which grid a point lies in, and which place a text names."""

from dataclasses import dataclass, field
from typing import Final

from shapely import Point as Spot
from shapely import STRtree, from_geojson
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows.places import grids, landmarks
from storage.rows.rails import settings
from workflows.cases.case import Point
from workflows.people import AreaCode, Grid

MAP_VERSION: Final = "grid_version"


@dataclass(frozen=True, slots=True)
class GridMap:
    """All grids in order of their codes, and every place name, longest first."""

    grids: tuple[Grid, ...]
    tree: STRtree
    named: tuple[tuple[str, Grid, Point], ...]

    def at(self, point: Point) -> Grid | None:
        """The grid of a point; a point on a border belongs to the lowest code."""
        spot = Spot(point.longitude, point.latitude)
        found = self.tree.query(spot, predicate="intersects")
        return self.grids[int(found.min())] if len(found) else None

    def in_words(self, words: str) -> tuple[Grid, str, Point] | None:
        for name, grid, point in self.named:
            if name in words:
                return grid, name, point
        return None


@dataclass(slots=True)
class MapCache:
    """One map for the whole process, drawn anew when its version in the database changes."""

    version: str = ""
    drawn: GridMap = field(default_factory=lambda: GridMap((), STRtree([]), ()))

    async def current(self, connection: AsyncConnection) -> GridMap:
        asked = select(settings.c.value).where(settings.c.name == MAP_VERSION)
        version = (await connection.execute(asked)).scalar_one_or_none() or ""
        if version != self.version:
            self.drawn = await _draw(connection)
            self.version = version
        return self.drawn


async def _draw(connection: AsyncConnection) -> GridMap:
    rows = (await connection.execute(select(grids).order_by(grids.c.code))).all()
    shapes = [from_geojson(row.geometry) for row in rows]
    known = tuple(Grid(AreaCode(row.code), row.name, row.street) for row in rows)
    tree = STRtree(shapes)
    named: dict[str, tuple[Grid, Point]] = {}
    for row, grid, shape in zip(rows, known, shapes, strict=True):
        for name in (row.name, *row.aliases):
            named.setdefault(name, (grid, _middle(shape)))
    unnamed = GridMap(known, tree, ())
    for row in await connection.execute(select(landmarks).order_by(landmarks.c.id)):
        point = Point(row.latitude, row.longitude)
        if around := unnamed.at(point):
            named[row.name] = (around, point)
    longest_first = sorted(named.items(), key=lambda item: (-len(item[0]), item[0]))
    return GridMap(known, tree, tuple((name, *where) for name, where in longest_first if name))


def _middle(shape: BaseGeometry) -> Point:
    inside = shape.representative_point()
    return Point(inside.y, inside.x)
