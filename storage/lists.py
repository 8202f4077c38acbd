"""The lists of a district inside one transaction: what a new one would change, and loading it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.loading import (
    agency_row,
    grid_row,
    load_agencies,
    load_catalogue,
    load_grids,
    load_landmarks,
    load_people,
)
from storage.rows.cases import cases
from storage.rows.places import agencies, catalogue, grids, landmarks
from workflows.importing.lists import Compared, ListName

EXAMPLES: Final = 12
REPLACED: Final = frozenset({ListName.GRIDS, ListName.CATALOGUE})
"""A list of these takes the place of the one before; the others only add and change."""

Known = Mapping[Hashable, Any]


@dataclass(frozen=True, slots=True)
class StoredLists:
    """Implements `workflows.importing.lists.Lists`."""

    connection: AsyncConnection

    async def runs(self) -> bool:
        found: bool = (await self.connection.execute(select(exists(cases.select())))).scalar_one()
        return found

    async def compared(self, name: ListName, items: Sequence[Any]) -> Compared:
        after = _wanted(name, items)
        before = await self._stored(name)
        added = [key for key in after if key not in before]
        changed = [key for key in after if key in before and before[key] != after[key]]
        gone = [key for key in before if key not in after] if name in REPLACED else []
        signed = [("+", added), ("~", changed), ("-", gone)]
        told = [f"{sign} {_name(key)}" for sign, keys in signed for key in keys]
        return Compared(len(added), len(changed), len(gone), tuple(told[:EXAMPLES]))

    async def load(self, name: ListName, items: Sequence[Any], at: datetime) -> int:
        match name:
            case ListName.GRIDS:
                return await load_grids(self.connection, [grid_row(shape) for shape in items])
            case ListName.AGENCIES:
                return await load_agencies(self.connection, items)
            case ListName.CATALOGUE:
                return await load_catalogue(self.connection, items, at)
            case ListName.PEOPLE:
                return len(await load_people(self.connection, items))
            case ListName.LANDMARKS:
                return await load_landmarks(self.connection, items)

    async def _stored(self, name: ListName) -> Known:
        read = self.connection.execute
        match name:
            case ListName.GRIDS:
                rows = await read(select(grids))
                return {row.code: _of_grid(row._asdict()) for row in rows}
            case ListName.AGENCIES:
                rows = await read(select(agencies))
                return {row.code: row._asdict() for row in rows}
            case ListName.CATALOGUE:
                c = catalogue.c
                rows = await read(select(c.class_code, c.area, c.agency))
                return {tuple(row): None for row in rows}
            case ListName.LANDMARKS:
                rows = await read(select(landmarks))
                return {row.name: (row.latitude, row.longitude) for row in rows}
            case ListName.PEOPLE:
                return {}


def _wanted(name: ListName, items: Sequence[Any]) -> Known:
    """Raises ValueError for a shape that is no valid polygon."""
    match name:
        case ListName.GRIDS:
            rows = [grid_row(shape) for shape in items]
            return {row["code"]: _of_grid(row) for row in rows}
        case ListName.AGENCIES:
            return {agency.code: agency_row(agency) for agency in items}
        case ListName.CATALOGUE:
            return {(row.class_code, row.area, row.agency): None for row in items}
        case ListName.LANDMARKS:
            return {each.name: (each.point.latitude, each.point.longitude) for each in items}
        case ListName.PEOPLE:
            return {(person.line, person.name, _posts(person)): None for person in items}


def _posts(person: Any) -> str:
    return ", ".join(f"{post.role} {post.area or '*'}" for post in person.posts)


def _of_grid(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["name"], row["street"], list(row["aliases"]), row["geometry"]


def _name(key: Hashable) -> str:
    return " ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
