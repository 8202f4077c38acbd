"""A district for a city that came without one: cells around its neighbourhoods, and people."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from shapely import MultiPoint, Point, STRtree, voronoi_polygons
from shapely.geometry import mapping

AROUND: Final = 0.01
"""Degrees, about a kilometre: how far the district reaches beyond its outermost centre."""

AGENCIES: Final = """code,kind,name
SAN-1,SAN,Public Works
STR-1,STR,Street Office
"""

PEOPLE: Final = """name,role,agency,language
Ada,worker,SAN-1,en
Bram,worker,STR-1,en
Cleo,acceptor,,en
Dora,duty_chief,,en
Eli,shift_leader,,en
Finn,supervisor,,en
"""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a neighbourhood's complaints lie, in the middle."""

    name: str
    latitude: float
    longitude: float


def centres_of(file: Path, *, name: str, latitude: str, longitude: str) -> list[Spot]:
    """The middle of each neighbourhood, by the medians of its rows with a true position."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with file.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            if row[name] and "." in row[latitude] and "." in row[longitude]:
                found[row[name]].append((float(row[latitude]), float(row[longitude])))
    return [
        Spot(where, median(p[0] for p in points), median(p[1] for p in points))
        for where, points in sorted(found.items())
    ]


def grids_around(centres: Sequence[Spot]) -> str:
    """GeoJSON: to each centre the cell of what is nearer to it than to any other."""
    spots = [Point(spot.longitude, spot.latitude) for spot in centres]
    everywhere = MultiPoint(spots)
    district = everywhere.convex_hull.buffer(AROUND)
    cells = list(voronoi_polygons(everywhere, extend_to=district).geoms)
    tree = STRtree(cells)
    features = []
    for number, (spot, where) in enumerate(zip(centres, spots, strict=True), start=1):
        cell = cells[int(tree.query(where, predicate="within")[0])].intersection(district)
        properties = {"code": f"C{number:03}", "name": spot.name, "street": ""}
        features.append({"type": "Feature", "properties": properties, "geometry": mapping(cell)})
    return json.dumps({"type": "FeatureCollection", "features": features})


def write_district(folder: Path, grids: str) -> Mapping[str, Path]:
    """The files by which a district comes in, in the order in which they are read."""
    files = {"grids": ("grids.geojson", grids), "agencies": ("agencies.csv", AGENCIES)}
    files["people"] = ("people.csv", PEOPLE)
    for name, content in files.values():
        (folder / name).write_text(content, encoding="utf-8")
    return {what: folder / name for what, (name, _) in files.items()}


def commands(files: Mapping[str, Path]) -> Iterable[list[str]]:
    return (["import", what, str(path)] for what, path in files.items())
