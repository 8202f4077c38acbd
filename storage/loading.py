"""What administrators and importers bring in: the map, the catalogue, agencies, people."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shapely import from_geojson
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.maps import MAP_VERSION
from storage.people import give_posts
from storage.rows.people import people, roster_shifts
from storage.rows.places import agencies, catalogue, grids, landmarks
from storage.rows.rails import settings
from storage.upsert import inserting
from workflows.importing.grids import GridShape
from workflows.importing.setup_lists import CatalogueRow, Landmark, NewPerson
from workflows.people import Agency, PersonId


@dataclass(frozen=True, slots=True)
class Loading:
    """Each load is one transaction and says how many rows it wrote."""

    database: Database

    async def replace_grids(self, shapes: Iterable[GridShape]) -> int:
        """Raises ValueError for a shape that is no valid polygon, and changes nothing then."""
        rows = [grid_row(shape) for shape in shapes]
        async with self.database.begin() as connection:
            return await load_grids(connection, rows)

    async def add_landmarks(self, named: Iterable[Landmark]) -> int:
        """A landmark of the same name moves."""
        async with self.database.begin() as connection:
            return await load_landmarks(connection, named)

    async def replace_catalogue(self, rows: Iterable[CatalogueRow], valid_from: datetime) -> int:
        async with self.database.begin() as connection:
            return await load_catalogue(connection, rows, valid_from)

    async def add_agencies(self, added: Iterable[Agency]) -> int:
        """An agency of the same code takes the new name, kind and area."""
        async with self.database.begin() as connection:
            return await load_agencies(connection, added)

    async def agency_codes(self) -> frozenset[str]:
        async with self.database.reading() as connection:
            return frozenset((await connection.execute(select(agencies.c.code))).scalars())

    async def add_people(self, newcomers: Iterable[NewPerson]) -> tuple[PersonId, ...]:
        """Create every one of them and return their numbers in order."""
        async with self.database.begin() as connection:
            return await load_people(connection, newcomers)

    async def setting(self, name: str) -> str | None:
        question = select(settings.c.value).where(settings.c.name == name)
        async with self.database.reading() as connection:
            found: str | None = (await connection.execute(question)).scalar_one_or_none()
        return found

    async def set(self, name: str, value: str) -> None:
        async with self.database.begin() as connection:
            row = {"name": name, "value": value}
            await _insert_or_replace(connection, settings, [row], "name")


async def load_grids(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> int:
    await connection.execute(delete(grids))
    await _insert(connection, grids, rows)
    await _new_map(connection)
    return len(rows)


async def load_landmarks(connection: AsyncConnection, named: Iterable[Landmark]) -> int:
    rows = {
        landmark.name: {
            "name": landmark.name,
            "latitude": landmark.point.latitude,
            "longitude": landmark.point.longitude,
        }
        for landmark in named
    }
    await _insert_or_replace(connection, landmarks, list(rows.values()), "name")
    await _new_map(connection)
    return len(rows)


async def load_catalogue(
    connection: AsyncConnection, rows: Iterable[CatalogueRow], valid_from: datetime
) -> int:
    values = [
        {
            "class_code": row.class_code,
            "area": row.area,
            "agency": row.agency,
            "valid_from": valid_from,
        }
        for row in dict.fromkeys(rows)
    ]
    await connection.execute(delete(catalogue))
    await _insert(connection, catalogue, values)
    return len(values)


async def load_agencies(connection: AsyncConnection, added: Iterable[Agency]) -> int:
    rows = {agency.code: agency_row(agency) for agency in added}
    await _insert_or_replace(connection, agencies, list(rows.values()), "code")
    return len(rows)


async def load_people(
    connection: AsyncConnection, newcomers: Iterable[NewPerson]
) -> tuple[PersonId, ...]:
    return tuple([await _add_person(connection, newcomer) for newcomer in newcomers])


def agency_row(agency: Agency) -> dict[str, Any]:
    return {
        "code": agency.code,
        "kind": agency.kind,
        "name": agency.name,
        "name_en": agency.name_en,
        "area": agency.area,
    }


def grid_row(shape: GridShape) -> dict[str, Any]:
    """Raises ValueError."""
    outline = from_geojson(shape.geometry, on_invalid="ignore")
    if outline is None or outline.geom_type not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f"grid {shape.grid.code} has no polygon")
    if outline.is_empty or not outline.is_valid:
        raise ValueError(f"the outline of grid {shape.grid.code} crosses itself or is empty")
    west, south, east, north = outline.bounds
    return {
        "code": shape.grid.code,
        "name": shape.grid.name,
        "street": shape.grid.street,
        "aliases": list(shape.aliases),
        "geometry": shape.geometry,
        "west": west,
        "south": south,
        "east": east,
        "north": north,
    }


async def _add_person(connection: AsyncConnection, newcomer: NewPerson) -> PersonId:
    adding = insert(people).values(name=newcomer.name, language=newcomer.language, active=True)
    person = PersonId((await connection.execute(adding.returning(people.c.id))).scalar_one())
    await give_posts(connection, person, newcomer.posts)
    shifts = [
        {
            "person_id": person,
            "planned_for": person,
            "starts_at": duty.begins,
            "ends_at": duty.ends,
        }
        for duty in newcomer.duties
    ]
    await _insert(connection, roster_shifts, shifts)
    return person


async def _new_map(connection: AsyncConnection) -> None:
    """Every process draws its map anew when it sees another version."""
    row = {"name": MAP_VERSION, "value": secrets.token_hex(8)}
    await _insert_or_replace(connection, settings, [row], "name")


async def _insert(connection: AsyncConnection, table: Any, rows: Sequence[Any]) -> None:
    if rows:
        await connection.execute(insert(table), rows)


async def _insert_or_replace(
    connection: AsyncConnection, table: Any, rows: Sequence[dict[str, Any]], key: str
) -> None:
    if not rows:
        return
    adding = inserting(connection, table)
    changed = {name: adding.excluded[name] for name in rows[0] if name != key}
    replacing = adding.on_conflict_do_update(index_elements=[table.c[key]], set_=changed)
    await connection.execute(replacing, rows)
