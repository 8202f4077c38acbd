"""The form of a call-out while it is being written: what is known, what is asked next."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self

from workflows.cases.case import CaseId
from workflows.hotline.draft import Draft
from workflows.joint.call_out import Ground, Wanted
from workflows.people import AreaCode, Role


class CallField(StrEnum):
    """A part of the form, in the order in which it is asked for."""

    AREA = "area"
    ROLE = "role"
    SENTENCE = "sentence"
    GROUND = "ground"
    GROUND_WORDS = "ground_words"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class CallForm:
    """`whom` is a role, or `all`; `street` is the street whose grids are on show.

    `editing` is a part that is asked for once more although it is known.
    """

    area: str | None = None
    area_name: str = ""
    whom: str = ""
    sentence: str = ""
    ground: str = ""
    ground_words: str = ""
    place: str = ""
    case_id: int | None = None
    street: str = ""
    page: int = 0
    editing: str = ""
    call_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**{f.name: stored[f.name] for f in fields(cls) if f.name in stored})

    @property
    def asks(self) -> CallField | None:
        """What must be answered next; None when it can be sent."""
        if self.editing:
            return CallField(self.editing)
        lacking = (
            (CallField.AREA, self.area is None),
            (CallField.ROLE, not self.whom),
            (CallField.SENTENCE, not self.sentence.strip()),
            (CallField.GROUND, not self.ground),
            (CallField.GROUND_WORDS, self.ground == Ground.OTHER and not self.ground_words),
        )
        return next((field for field, lacks in lacking if lacks), None)

    @property
    def role(self) -> Role | None:
        return None if self.whom in {"", EVERYBODY} else Role(self.whom)

    def wanted(self) -> Wanted:
        """What is asked of people; only for a form that asks for nothing more."""
        return Wanted(
            area=AreaCode(self.area or ""),
            area_name=self.area_name,
            ground=Ground(self.ground),
            sentence=self.sentence.strip(),
            role=self.role,
            ground_words=self.ground_words.strip(),
            place=self.place.strip(),
            case_id=None if self.case_id is None else CaseId(self.case_id),
        )


EVERYBODY = "all"


def form_of(draft: Draft) -> CallForm:
    return CallForm.from_json(draft.body)
