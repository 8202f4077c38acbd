"""The form of an emergency while it is being written: what is known, what is asked next."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self

from workflows.hotline.draft import Draft


class EmergencyField(StrEnum):
    """A part of the form, in the order in which it is asked for."""

    MODE = "mode"
    AREA = "area"
    HOURS = "hours"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class EmergencyForm:
    """`extends` is the emergency that is to go on for longer; `emergency` what became of the form.

    `editing` is a part that is asked for once more although it is known.
    """

    mode: str = ""
    area: str = ""
    area_name: str = ""
    hours: int = 0
    reason: str = ""
    extends: int | None = None
    page: int = 0
    editing: str = ""
    emergency: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**{f.name: stored[f.name] for f in fields(cls) if f.name in stored})

    @property
    def asks(self) -> EmergencyField | None:
        """What must be answered next; None when it can be sent."""
        if self.editing:
            return EmergencyField(self.editing)
        lacking = (
            (EmergencyField.MODE, not self.mode),
            (EmergencyField.AREA, not self.area),
            (EmergencyField.HOURS, not self.hours),
            (EmergencyField.REASON, not self.reason.strip()),
        )
        return next((field for field, lacks in lacking if lacks), None)


def form_of(draft: Draft) -> EmergencyForm:
    return EmergencyForm.from_json(draft.body)
