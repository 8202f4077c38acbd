"""One case as it is read for a file, with its caller."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ExportRow:
    """`shielded`: the complaint is about an agency, so no file says who called."""

    number: int
    source_number: str
    state: str
    class_code: str
    urgency: str
    area: str
    area_name: str
    place: str
    words: str
    source: str
    reported_at: datetime
    agency: str
    agency_en: str
    worker: str
    due_at: datetime | None
    closed_at: datetime | None
    timeliness: str
    reworks: int
    note: str
    reply: str
    shielded: bool = False
    caller: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
