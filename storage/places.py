"""Grids, agencies and the dispatch catalogue inside one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.areas import containing
from storage.maps import GridMap, MapCache
from storage.rows.places import agencies, catalogue, grids
from workflows.cases.case import Point
from workflows.people import Agency, AgencyCode, AreaCode, Grid
from workflows.ports import Clock


@dataclass(slots=True)
class StoredPlaces:
    """Implements `workflows.ports.Places`."""

    connection: AsyncConnection
    maps: MapCache
    now: Clock
    _seen: GridMap | None = None

    async def grid_at(self, point: Point) -> Grid | None:
        return (await self._map()).at(point)

    async def grid_named(self, words: str) -> tuple[Grid, str, Point] | None:
        return (await self._map()).in_words(words)

    async def _map(self) -> GridMap:
        """The same map for the whole transaction."""
        if self._seen is None:
            self._seen = await self.maps.current(self.connection)
        return self._seen

    async def grid(self, code: AreaCode) -> Grid | None:
        found = select(grids.c.code, grids.c.name, grids.c.street).where(grids.c.code == code)
        row = (await self.connection.execute(found)).one_or_none()
        return None if row is None else Grid(AreaCode(row.code), row.name, row.street)

    async def agency_in_catalogue(self, class_code: str, area: AreaCode) -> Agency | None:
        """Of several rows for one area the one that came into force last counts."""
        columns = catalogue.c
        return await self._first_agency(
            select(agencies)
            .join(catalogue, columns.agency == agencies.c.code)
            .where(
                columns.class_code == class_code,
                columns.area.in_(containing(area)),
                columns.valid_from <= self.now(),
            )
            .order_by(func.length(columns.area).desc(), columns.valid_from.desc(), agencies.c.code)
        )

    async def agency_of_kind(self, kind: str, area: AreaCode) -> Agency | None:
        return await self._first_agency(
            select(agencies)
            .where(agencies.c.kind == kind, agencies.c.area.in_(containing(area)))
            .order_by(func.length(agencies.c.area).desc(), agencies.c.code)
        )

    async def keep_route(
        self, class_code: str, area: AreaCode, agency: AgencyCode, at: datetime
    ) -> None:
        row = {"class_code": class_code, "area": area, "agency": agency, "valid_from": at}
        await self.connection.execute(insert(catalogue).values(row))

    async def forget_route(self, class_code: str, area: AreaCode, at: datetime) -> None:
        columns = catalogue.c
        kept = (columns.class_code == class_code, columns.area == area, columns.valid_from == at)
        await self.connection.execute(delete(catalogue).where(*kept))

    async def agency(self, code: AgencyCode) -> Agency | None:
        return await self._first_agency(select(agencies).where(agencies.c.code == code))

    async def _first_agency(self, question: Select[Any]) -> Agency | None:
        row = (await self.connection.execute(question.limit(1))).one_or_none()
        return None if row is None else agency_from(row)


def agency_from(row: Row[Any]) -> Agency:
    return Agency(AgencyCode(row.code), row.kind, row.name, row.name_en, AreaCode(row.area))
