"""A change of the roster being put together in a chat: a swap, somebody else's shift, time off."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from workflows.hotline.draft import Draft


class DutyAct(StrEnum):
    SWAP = "swap"
    OVERRIDE = "override"
    AWAY = "away"


class DutyField(StrEnum):
    """What the form asks for, in order."""

    SHIFT = "shift"
    FIRST = "first"
    LAST = "last"
    WHO = "who"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class DutyForm:
    """`whose` is the person whose shift it is; `who` 0 stands for nobody, `back` 0 for nothing."""

    act: DutyAct
    whose: int = 0
    shift: int | None = None
    first: str = ""
    last: str = ""
    who: int | None = None
    who_name: str = ""
    back: int | None = None
    at_once: bool = False
    note: str = ""
    page: int = 0

    @property
    def asks(self) -> DutyField | None:
        """The first thing that is missing; None where it can be done."""
        if self.act is DutyAct.AWAY:
            given = ((self.first, DutyField.FIRST), (self.last, DutyField.LAST))
            for value, field in given:
                if not value:
                    return field
        elif self.shift is None:
            return DutyField.SHIFT
        if self.who is None:
            return DutyField.WHO
        return DutyField.BACK if self.act is DutyAct.SWAP and self.back is None else None

    @property
    def days(self) -> tuple[date, date]:
        return date.fromisoformat(self.first), date.fromisoformat(self.last)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def form_of(draft: Draft) -> DutyForm:
    """What the draft holds; fields of another version are left aside."""
    body: Mapping[str, Any] = draft.body
    known = {field.name for field in fields(DutyForm)}
    values = {name: value for name, value in body.items() if name in known}
    return DutyForm(**{**values, "act": DutyAct(body["act"])})
