"""The demo's own district, in the shape of a real one; every name and place in it is invented."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from handlers.terminal.importing import Loader
from workflows.cases.case import Point
from workflows.importing.grids import GridShape
from workflows.importing.setup_lists import CatalogueRow, Landmark
from workflows.people import Agency, AgencyCode, AreaCode, Grid, Post, Role

DISTRICT: Final = AreaCode("319900")
LAKESIDE: Final = AreaCode("319900001")
YUNTAI: Final = AreaCode("319900002")
EVERYWHERE: Final = AreaCode("")

CLEANING: Final = AgencyCode("SAN-01")
DRAINAGE: Final = AgencyCode("DRN-01")
ROADS: Final = AgencyCode("MUN-01")
PARKS: Final = AgencyCode("GRN-01")

AGENCIES: Final = (
    Agency(CLEANING, "SAN", "滨湖运维中心环卫所", "Binhu Cleaning", DISTRICT),
    Agency(DRAINAGE, "DRN", "滨湖运维中心排水所", "Binhu Drainage", DISTRICT),
    Agency(ROADS, "MUN", "滨湖市政养护所", "Binhu Roads", DISTRICT),
    Agency(AgencyCode("WTR-01"), "WTR", "滨湖供水营业所", "Binhu Water", DISTRICT),
    Agency(AgencyCode("PWR-01"), "PWR", "滨湖供电所", "Binhu Power", DISTRICT),
    Agency(PARKS, "GRN", "滨湖园林所", "Binhu Parks", DISTRICT),
    Agency(AgencyCode("ENF-01"), "ENF", "滨湖城管中队", "Binhu Enforcement", DISTRICT),
    Agency(AgencyCode("STR-01"), "STR", "湖滨街道办事处", "Hubin Street Office", LAKESIDE),
    Agency(AgencyCode("STR-02"), "STR", "云台镇人民政府", "Yuntai Town Office", YUNTAI),
)

CATALOGUE: Final = (
    CatalogueRow("01003", DISTRICT, DRAINAGE),  # a rainwater cover is the drainage people's
    CatalogueRow("01004", DISTRICT, DRAINAGE),
    CatalogueRow("X0506", DISTRICT, DRAINAGE),
    CatalogueRow("06010", DISTRICT, CLEANING),
    CatalogueRow("06012", DISTRICT, CLEANING),
    CatalogueRow("06014", DISTRICT, CLEANING),
    CatalogueRow("06042", DISTRICT, CLEANING),
    # At the station the town itself clears heaps away, whatever the rest of the district does.
    CatalogueRow("06011", AreaCode(f"{YUNTAI}-02"), AgencyCode("STR-02")),
)

WEST, SOUTH = 122.004, 30.802
"""A corner in the open sea, so that no real address can be meant."""

WIDE, HIGH = 0.011, 0.009
"""Degrees; about one kilometre each."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One grid of the demo: where it lies in a table of cells, and what people call it."""

    code: AreaCode
    name: str
    street: str
    column: int
    row: int
    aliases: tuple[str, ...] = ()


CELLS: Final = (
    Cell(AreaCode(f"{LAKESIDE}-01"), "柳岸网格", "湖滨街道", 0, 0, ("柳岸新村",)),
    Cell(AreaCode(f"{LAKESIDE}-02"), "学府网格", "湖滨街道", 1, 0, ("学府小区",)),
    Cell(AreaCode(f"{LAKESIDE}-03"), "老街网格", "湖滨街道", 0, 1, ("老街",)),
    Cell(AreaCode(f"{LAKESIDE}-04"), "船厂网格", "湖滨街道", 1, 1, ("船厂里",)),
    Cell(AreaCode(f"{YUNTAI}-01"), "茶山网格", "云台镇", 2, 0, ("茶山村",)),
    Cell(AreaCode(f"{YUNTAI}-02"), "站前网格", "云台镇", 3, 0, ("站前小区",)),
    Cell(AreaCode(f"{YUNTAI}-03"), "桃园网格", "云台镇", 2, 1, ("桃园里",)),
    Cell(AreaCode(f"{YUNTAI}-04"), "西渡网格", "云台镇", 3, 1, ("西渡村",)),
)


def _corner(column: int, row: int) -> tuple[float, float]:
    """A corner that neighbouring cells share, a little out of line as real borders are."""
    bend = ((column * 7 + row * 11) % 5 - 2) * 0.0006
    return round(WEST + column * WIDE + bend, 6), round(SOUTH + row * HIGH - bend / 2, 6)


def _shape(cell: Cell) -> GridShape:
    steps = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    ring = [_corner(cell.column + across, cell.row + up) for across, up in steps]
    longitudes, latitudes = zip(*ring, strict=True)
    return GridShape(
        Grid(cell.code, cell.name, cell.street),
        cell.aliases,
        json.dumps({"type": "Polygon", "coordinates": [ring]}),
        west=min(longitudes),
        south=min(latitudes),
        east=max(longitudes),
        north=max(latitudes),
    )


def _spot(name: str, column: float, row: float) -> Landmark:
    """A place so many cells east and north of the corner."""
    at = Point(round(SOUTH + row * HIGH, 6), round(WEST + column * WIDE, 6))
    return Landmark(name, at)


GRIDS: Final = tuple(_shape(cell) for cell in CELLS)

LANDMARKS: Final = (
    _spot("青石桥路120号", 0.62, 0.41),
    _spot("柳岸新村3号楼", 0.35, 0.66),
    _spot("月湖公园南门", 1.44, 0.30),
    _spot("实验小学北门", 1.58, 0.71),
    _spot("老街菜场", 0.47, 1.52),
    _spot("船厂路公交站", 1.52, 1.44),
    _spot("茶山卫生院", 2.45, 0.55),
    _spot("站前广场", 3.48, 0.46),
    _spot("桃园文化站", 2.52, 1.55),
    _spot("西渡码头", 3.61, 1.62),
)


@dataclass(frozen=True, slots=True)
class Townsman:
    """Somebody of the demo: the phone's owner, their place in the city, and their language."""

    name: str
    posts: tuple[Post, ...]
    language: str = "zh"

    @property
    def phone_language(self) -> str:
        return "zh-hans" if self.language == "zh" else self.language


def _worker(area: AreaCode, agency: AgencyCode) -> tuple[Post, ...]:
    return (Post(Role.WORKER, area, agency),)


OPERATOR: Final = Townsman("林晓", (Post(Role.OPERATOR, DISTRICT),))
DRAIN_WORKER: Final = Townsman("王磊", _worker(LAKESIDE, DRAINAGE))
CLEANER: Final = Townsman("周强", _worker(YUNTAI, CLEANING))
ENGLISH_CLEANER: Final = Townsman("Maria", _worker(DISTRICT, CLEANING), "en")
LEAD: Final = Townsman(
    "孙丽",
    (Post(Role.AGENCY_LEAD, DISTRICT, CLEANING), Post(Role.AGENCY_LEAD, DISTRICT, DRAINAGE)),
)
REVIEWER: Final = Townsman("何静", (Post(Role.ACCEPTOR, DISTRICT),))
DISPATCHER: Final = Townsman("吴涛", (Post(Role.DISPATCH_OFFICER, DISTRICT),))
CHIEF: Final = Townsman("郑海", (Post(Role.DUTY_CHIEF, DISTRICT),))
SUPERVISOR: Final = Townsman("沈岚", (Post(Role.SUPERVISOR, DISTRICT),))
SHIFT_LEADER: Final = Townsman("冯敏", (Post(Role.SHIFT_LEADER, DISTRICT),))
ADMIN: Final = Townsman("高远", (Post(Role.ADMIN, EVERYWHERE),))

PEOPLE: Final = (
    OPERATOR,
    DRAIN_WORKER,
    REVIEWER,
    CLEANER,
    ENGLISH_CLEANER,
    LEAD,
    CHIEF,
    SUPERVISOR,
    DISPATCHER,
    SHIFT_LEADER,
    ADMIN,
)
"""In the order in which their phones stand on the page: the story from left to right."""

SWEEPER: Final = Townsman("石兰", _worker(DISTRICT, CLEANING))
ROADMAN: Final = Townsman("罗勇", _worker(DISTRICT, ROADS))
GARDENER: Final = Townsman("叶青", _worker(DISTRICT, PARKS))
COLLECTOR: Final = Townsman("方圆", (Post(Role.COLLECTOR, DISTRICT),))
NEIGHBOUR_LEAD: Final = Townsman(
    "秦朗", (Post(Role.AGENCY_LEAD, DISTRICT, ROADS), Post(Role.AGENCY_LEAD, DISTRICT, PARKS))
)

NEIGHBOURS: Final = (COLLECTOR, SWEEPER, ROADMAN, GARDENER, NEIGHBOUR_LEAD)
"""Who is needed besides for a whole district at work; the tour does without them."""

RESIDENTS: Final = (*PEOPLE, *NEIGHBOURS)


async def load_town(loader: Loader, valid_from: datetime) -> None:
    """Put map, agencies and dispatch catalogue where the importers put theirs.

    People are not loaded: each comes in by an invitation, as in life.
    """
    await loader.replace_grids(GRIDS)
    await loader.add_landmarks(LANDMARKS)
    await loader.add_agencies(AGENCIES)
    await loader.replace_catalogue(CATALOGUE, valid_from)
