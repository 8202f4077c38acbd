"""The lists a district starts with: agencies, who does what where, landmarks, and its people."""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from workflows.cases.case import Point
from workflows.importing.mistakes import ImportMistakes
from workflows.importing.spreadsheet import ENCODINGS, Record, Spreadsheet
from workflows.people import WITH_AN_AGENCY, Agency, AgencyCode, AreaCode, Post, Role
from workflows.policy.mistakes import Mistake

LANGUAGES: Final = ("zh", "en")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One line of the dispatch catalogue: in this area, this class is this agency's work."""

    class_code: str
    area: AreaCode
    agency: AgencyCode


@dataclass(frozen=True, slots=True)
class Landmark:
    """A name that callers use for a place, and where it lies."""

    name: str
    point: Point


@dataclass(frozen=True, slots=True)
class Duty:
    """One turn of duty: aware, UTC, from `begins` up to but without `ends`."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to create. Without any turn of duty they are on duty whenever they are active."""

    line: int
    name: str = field(repr=False)
    language: str
    posts: tuple[Post, ...]
    duties: tuple[Duty, ...]


class LineError(ValueError):
    """A line that cannot be used: what is wrong with it, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def read_agencies(path: Path, kinds: Container[str]) -> tuple[Agency, ...]:
    """Columns code, kind, name, and if wanted name_en and area.

    `kinds` are the department types of the catalogue (domain.md 4.1). Raises ImportMistakes.
    """

    def read(record: Record) -> Agency:
        kind = _needed(record, "kind")
        if kind not in kinds:
            what = f'"{kind}" is no department type'
            raise LineError(what, "Use a type of the catalogue, such as SAN or MUN")
        return Agency(
            AgencyCode(_needed(record, "code")),
            kind,
            _needed(record, "name"),
            record.named.get("name_en", "").strip(),
            AreaCode(record.named.get("area", "").strip()),
        )

    return _lines(path, ("code", "kind", "name"), read, lambda agency: agency.code)


def read_dispatch_catalogue(
    path: Path, classes: Container[str], agencies: Container[str]
) -> tuple[CatalogueRow, ...]:
    """Columns class_code, area, agency; an empty area is everywhere. Raises ImportMistakes."""

    def read(record: Record) -> CatalogueRow:
        code, agency = _needed(record, "class_code"), _needed(record, "agency")
        if code not in classes:
            raise LineError(f'no class has the code "{code}"', "Use a code of the catalogue")
        if agency not in agencies:
            what = f'no agency has the code "{agency}"'
            raise LineError(what, "Import the agencies first, or correct the code")
        return CatalogueRow(code, AreaCode(record["area"]), AgencyCode(agency))

    columns = ("class_code", "area", "agency")
    return _lines(path, columns, read, lambda row: f"{row.class_code} in area {row.area or '-'}")


def read_landmarks(path: Path) -> tuple[Landmark, ...]:
    """Columns name, latitude, longitude (WGS-84 degrees). Raises ImportMistakes."""

    def read(record: Record) -> Landmark:
        name = _needed(record, "name")
        try:
            latitude, longitude = float(record["latitude"]), float(record["longitude"])
        except ValueError:
            what = "latitude or longitude is not a number"
            raise LineError(what, "Write degrees such as 31.1124 and 121.3817") from None
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            what = f"{latitude}, {longitude} lies nowhere on earth"
            raise LineError(what, "Write latitude and longitude in degrees, not the other way")
        return Landmark(name, Point(latitude, longitude))

    return _lines(path, ("name", "latitude", "longitude"), read, lambda landmark: landmark.name)


def read_people(
    path: Path, zone: ZoneInfo, agencies: Container[str] | None = None
) -> tuple[NewPerson, ...]:
    """Columns name, role, and if wanted language, area, agency, shifts.

    Several roles stand in one cell with `;` between them, and so do shifts such as
    `2026-11-23T08:00/2026-11-23T16:00`, in the local time of `zone`. `agencies`, where given,
    are the codes that exist. Raises ImportMistakes.
    """

    def read(record: Record) -> NewPerson:
        language = record.named.get("language", "").strip() or LANGUAGES[0]
        if language not in LANGUAGES:
            raise LineError(f'we do not speak "{language}"', f"Use {' or '.join(LANGUAGES)}")
        return NewPerson(
            record.line,
            _needed(record, "name"),
            language,
            tuple(_posts(record, agencies)),
            tuple(_duties(record, zone)),
        )

    return _lines(path, ("name", "role"), read, lambda person: f"line {person.line}")


def _posts(record: Record, agencies: Container[str] | None) -> Iterator[Post]:
    area = AreaCode(record.named.get("area", "").strip())
    agency = AgencyCode(record.named.get("agency", "").strip())
    if agency and agencies is not None and agency not in agencies:
        what = f'no agency has the code "{agency}"'
        raise LineError(what, "Import the agencies first, or correct the code")
    names = [name.strip() for name in _needed(record, "role").split(";") if name.strip()]
    for name in names:
        role = _role(name)
        if role in WITH_AN_AGENCY and not agency:
            raise LineError(f"a {role} belongs to an agency", "Write its code in column agency")
        yield Post(role, area, agency if role in WITH_AN_AGENCY else None)
    if agency and not any(_role(name) in WITH_AN_AGENCY for name in names):
        raise LineError(f"a {names[0]} belongs to no agency", "Leave the column agency empty")


def _role(name: str) -> Role:
    held_by_people = [role for role in Role if role is not Role.SYSTEM]
    if name not in held_by_people:
        raise LineError(f'there is no role "{name}"', f"Use one of {', '.join(held_by_people)}")
    return Role(name)


def _duties(record: Record, zone: ZoneInfo) -> Iterator[Duty]:
    for written in record.named.get("shifts", "").split(";"):
        if not (shift := written.strip()):
            continue
        begins, _, ends = shift.partition("/")
        remedy = "Write 2026-11-23T08:00/2026-11-23T16:00, with ; between two"
        try:
            duty = Duty(_local(begins, zone), _local(ends, zone))
        except ValueError:
            raise LineError(f'"{shift}" is no shift', remedy) from None
        if duty.begins >= duty.ends:
            raise LineError(f'"{shift}" ends before it begins', remedy)
        yield duty


def _local(written: str, zone: ZoneInfo) -> datetime:
    parsed = datetime.fromisoformat(written.strip())
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)).astimezone(UTC)


def _needed(record: Record, column: str) -> str:
    if not (cell := record[column]):
        raise LineError(f"{column} is empty", "Fill it in, or remove the line")
    return cell


def _lines(
    path: Path,
    columns: tuple[str, ...],
    read: Callable[[Record], Item],
    name_of: Callable[[Item], str],
) -> tuple[Item, ...]:
    """Every line read, or everything that is wrong with any of them."""
    mistakes: list[Mistake] = []
    items: dict[str, Item] = {}
    for record in Spreadsheet(path, needed=columns, encodings=ENCODINGS):
        try:
            if record.trouble:
                raise LineError(f"this line {record.trouble}", "Correct or remove it")  # noqa: TRY301
            item = read(record)
            if items.setdefault(name_of(item), item) is not item:
                what = f"{name_of(item)} stands here a second time"
                raise LineError(what, "Keep one of the two")  # noqa: TRY301
        except LineError as error:
            mistakes.append(Mistake(path.name, record.line, error.what, error.remedy))
    if mistakes:
        raise ImportMistakes(mistakes)
    return tuple(items.values())
