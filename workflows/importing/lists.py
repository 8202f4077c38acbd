"""The lists of a district as plain JSON and back, so that one can wait for a second person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from workflows.cases.case import Point
from workflows.importing.grids import GridShape
from workflows.importing.setup_lists import CatalogueRow, Duty, Landmark, NewPerson
from workflows.people import Agency, AgencyCode, AreaCode, Grid, Post, Role

Json = Mapping[str, Any]


class ListName(StrEnum):
    GRIDS = "grids"
    AGENCIES = "agencies"
    CATALOGUE = "catalogue"
    PEOPLE = "people"
    LANDMARKS = "landmarks"


@dataclass(frozen=True, slots=True)
class Compared:
    """What a list would change of what is stored, and a few of it by name."""

    added: int
    changed: int
    removed: int
    examples: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.removed


class Lists(Protocol):
    """The lists of a district inside one transaction."""

    async def runs(self) -> bool:
        """Whether the city has had any case: before that it is being set up."""

    async def compared(self, name: ListName, items: Sequence[Any]) -> Compared:
        """Raises ValueError for a shape that is no valid polygon."""

    async def load(self, name: ListName, items: Sequence[Any], at: datetime) -> int:
        """Replaces or adds, as each list is loaded, and says how many rows it wrote."""


def as_json(items: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows of any of the lists; instants in ISO text."""
    return [_plain(asdict(item)) for item in items]


def items_from(name: ListName, rows: Sequence[Json]) -> list[Any]:
    return [READ[name](row) for row in rows]


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value


def _grid(row: Json) -> GridShape:
    grid = Grid(**row["grid"])
    return GridShape(**{**row, "grid": grid, "aliases": tuple(row["aliases"])})


def _landmark(row: Json) -> Landmark:
    return Landmark(row["name"], Point(**row["point"]))


def _person(row: Json) -> NewPerson:
    posts = tuple(
        Post(
            Role(post["role"]),
            AreaCode(post["area"]),
            AgencyCode(post["agency"]) if post["agency"] else None,
        )
        for post in row["posts"]
    )
    duties = tuple(
        Duty(datetime.fromisoformat(duty["begins"]), datetime.fromisoformat(duty["ends"]))
        for duty in row["duties"]
    )
    return NewPerson(row["line"], row["name"], row["language"], posts, duties)


READ: Final[Mapping[ListName, Callable[[Json], Any]]] = {
    ListName.GRIDS: _grid,
    ListName.AGENCIES: lambda row: Agency(**row),
    ListName.CATALOGUE: lambda row: CatalogueRow(**row),
    ListName.PEOPLE: _person,
    ListName.LANDMARKS: _landmark,
}
