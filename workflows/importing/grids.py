"""Reads grids from GeoJSON: longitude first, WGS-84 degrees, one feature a grid."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workflows.importing.mistakes import ImportMistakes
from workflows.people import AreaCode, Grid
from workflows.policy.mistakes import Mistake

SHAPES: Final = ("Polygon", "MultiPolygon")
CORNERS_OF_A_RING: Final = 4
Position = tuple[float, float]
"""Longitude and latitude, in this order."""


@dataclass(frozen=True, slots=True)
class GridShape:
    """A grid with the names people call it by, and its outline.

    `geometry` is a GeoJSON Polygon or MultiPolygon as text; the four bounds are in degrees.
    """

    grid: Grid
    aliases: tuple[str, ...]
    geometry: str = field(repr=False)
    west: float
    south: float
    east: float
    north: float


class FeatureError(ValueError):
    """A feature that is no grid: what is wrong with it, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def read_grids(path: Path) -> tuple[GridShape, ...]:
    """A FeatureCollection whose properties are code, name, and if wanted street and aliases.

    Whether an outline crosses itself is for storage to say, which can compute with shapes.
    Raises ImportMistakes with everything that was found, and OSError if there is no such file.
    """
    content = path.read_bytes().decode("utf-8-sig", errors="replace")
    mistakes: list[Mistake] = []
    found: dict[str, GridShape] = {}
    for number, feature in enumerate(_features(path.name, content), start=1):
        try:
            shape = _shape(feature)
            if found.setdefault(shape.grid.code, shape) is not shape:
                what = f"the code {shape.grid.code} is given to two grids"
                raise FeatureError(what, "Give each its own")  # noqa: TRY301
        except FeatureError as error:
            named = f"feature {number}{_called(feature)}: {error.what}"
            mistakes.append(Mistake(path.name, _line(content, feature), named, error.remedy))
    if mistakes:
        raise ImportMistakes(mistakes)
    return tuple(found.values())


def _features(name: str, content: str) -> list[Any]:
    remedy = "Export a GeoJSON FeatureCollection, UTF-8"
    try:
        data = json.loads(content)
    except json.JSONDecodeError as error:
        mistake = Mistake(name, error.lineno, f"this is not JSON ({error.msg})", remedy)
        raise ImportMistakes([mistake]) from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not features:
        raise ImportMistakes([Mistake(name, 1, "there are no features in it", remedy)])
    return features


def _shape(feature: Any) -> GridShape:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise FeatureError("it has no properties", "Give it code and name")
    properties = feature["properties"]
    code, name = _text(properties, "code"), _text(properties, "name")
    if not code or not name:
        raise FeatureError("code or name is missing", "Give every grid both")
    geometry = feature.get("geometry")
    geometry = geometry if isinstance(geometry, dict) else {}
    kind = geometry.get("type")
    if kind not in SHAPES:
        raise FeatureError(
            f"its shape is {kind or 'missing'}", f"Draw it as {' or '.join(SHAPES)}"
        )
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    corners = [corner for polygon in _each(polygons) for corner in _corners(polygon)]
    longitudes, latitudes = [one[0] for one in corners], [one[1] for one in corners]
    return GridShape(
        Grid(AreaCode(code), name, _text(properties, "street")),
        _aliases(properties),
        json.dumps({"type": kind, "coordinates": coordinates}, separators=(",", ":")),
        west=min(longitudes),
        south=min(latitudes),
        east=max(longitudes),
        north=max(latitudes),
    )


def _corners(polygon: Any) -> Iterator[Position]:
    for ring in _each(polygon):
        corners = [_position(one) for one in _each(ring)]
        if len(corners) < CORNERS_OF_A_RING or corners[0] != corners[-1]:
            what = "a ring is not closed, or has fewer than four positions"
            raise FeatureError(what, "End each ring where it begins")
        yield from corners


def _each(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise FeatureError("its coordinates are no polygon's", "Export it again as GeoJSON")
    return value


def _position(value: Any) -> Position:
    numbers = value[:2] if isinstance(value, list) else []
    if len(numbers) == 2 and all(isinstance(n, int | float) for n in numbers):
        longitude, latitude = numbers
        # A comparison with NaN is false, so this refuses it too.
        if abs(longitude) <= 180 and abs(latitude) <= 90:
            return float(longitude), float(latitude)
    what = f"{value} is no position"
    raise FeatureError(what, "Write longitude, then latitude, in WGS-84 degrees")


def _aliases(properties: dict[str, Any]) -> tuple[str, ...]:
    found = properties.get("aliases") or []
    names = found.split(";") if isinstance(found, str) else found
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise FeatureError("aliases is not a list of names", 'Write ["one", "two"] or "one;two"')
    return tuple(name.strip() for name in names if name.strip())


def _text(properties: dict[str, Any], key: str) -> str:
    value = properties.get(key)
    return "" if value is None else str(value).strip()


def _called(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    code = _text(properties, "code") if isinstance(properties, dict) else ""
    return f" ({code})" if code else ""


def _line(content: str, feature: Any) -> int:
    """The last line on which the feature's code stands, 1 if that cannot be told."""
    code = _called(feature).strip(" ()")
    at = content.rfind(f'"{code}"') if code else -1
    return content.count("\n", 0, at) + 1 if at >= 0 else 1
