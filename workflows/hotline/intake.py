"""A complaint being written down: what is known so far, and what is still asked."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Self

from workflows.cases.case import Picture, Place, Point
from workflows.cases.show_work import picture_as_json, picture_from_json
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.hotline.scanning import without_name, without_numbers
from workflows.hotline.understand import Hearing

CUT_BY_THE_APP: Final = 4000
"""Phones cut a text at 4,096; a part this long has a second half (messaging.md 0.16)."""

TOGETHER: Final = timedelta(seconds=2)
LONGEST_WORDS: Final = 20_000
LONGEST_TOLD: Final = 400
"""Characters of a sentence that somebody reads out."""
MOST_REASONS: Final = 6
"""Words that a proposal names as its reasons."""


class Field(StrEnum):
    """A part of the form that the next message can fill."""

    WORDS = "words"
    CLASS = "class"
    CONDITION = "condition"
    PLACE = "place"
    CALLER = "caller"
    PHOTO = "photo"
    AFTER = "after"
    GROUND = "ground"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Intake:
    """The form. `caller_known` is set once somebody said who called, or that nobody waits.

    `proposed` is the class that the words themselves gave, `elsewhere` the topic of another body
    (policy.elsewhere) where they gave that; in that case no class is filled in.
    `fixed` is set once whoever found it has fixed it, `after` shows it then.
    `known` is an open case of the same caller and class, `again` that the call was put on it.
    `ground` is why it is not taken, `told` what the caller hears then, where it was typed anew.
    `awaiting` is the field the next message fills; `browsing` the major class or page on show.
    """

    words: str = ""
    class_code: str = ""
    condition_id: str = ""
    guesses: tuple[str, ...] = ()
    resting_on: tuple[str, ...] = ()
    proposed: str = ""
    elsewhere: str = ""
    elsewhere_words: tuple[str, ...] = ()
    place_words: str = ""
    latitude: float | None = None
    longitude: float | None = None
    area: str = ""
    area_name: str = ""
    caller_name: str = ""
    phone: str = ""
    caller_address: str = ""
    hidden: bool = False
    caller_known: bool = False
    nobody_waits: bool = False
    pictures: tuple[Picture, ...] = ()
    awaiting: str = ""
    browsing: str = ""
    page: int = 0
    last_part_at: str = ""
    last_part_length: int = 0
    forwarded_from: str = ""
    case_id: int | None = None
    fixed: bool = False
    after: tuple[Picture, ...] = ()
    known: int | None = None
    again: bool = False
    ground: str = ""
    told: str = ""

    def as_json(self) -> dict[str, Any]:
        stored = {f.name: getattr(self, f.name) for f in fields(self)}
        for name in ("pictures", "after"):
            stored[name] = [picture_as_json(picture) for picture in getattr(self, name)]
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        values = {f.name: stored[f.name] for f in fields(cls) if f.name in stored}
        for name in ("pictures", "after"):
            values[name] = tuple(picture_from_json(p) for p in stored.get(name, ()))
        for name in ("guesses", "resting_on", "elsewhere_words"):
            values[name] = tuple(stored.get(name, ()))
        return cls(**values)

    def understood(self, hearing: Hearing) -> Self:
        """The form with what its words seem to mean; somebody else's matter fills in no class."""
        first = hearing.guesses[0] if hearing.guesses and not hearing.elsewhere else None
        other = hearing.elsewhere
        return replace(
            self,
            guesses=tuple(guess.class_code for guess in hearing.guesses),
            class_code=first.class_code if first else "",
            condition_id=first.condition_id if first else "",
            resting_on=first.words[:MOST_REASONS] if first else (),
            proposed=first.class_code if first else "",
            elsewhere=other.topic.key if other else "",
            elsewhere_words=other.words[:MOST_REASONS] if other else (),
        )

    def without_caller(self) -> Self:
        """The form once it is done: who called is kept with the case alone."""
        words = without_name(without_numbers(self.words), self.caller_name)
        return replace(self, words=words, caller_name="", phone="", caller_address="")

    @property
    def place(self) -> Place:
        both = self.latitude is not None and self.longitude is not None
        point = Point(self.latitude or 0.0, self.longitude or 0.0) if both else None
        return Place(self.place_words, point)

    def missing(self, *, from_street: bool) -> tuple[Field, ...]:
        """What must be known before it is sent; a collector has a photo instead of a caller."""
        lacking = (
            (Field.WORDS, not self.words and not self.pictures),
            (Field.CLASS, not self.class_code),
            (Field.PLACE, not (self.place_words or self.latitude is not None)),
            (Field.CALLER, not self.caller_known and not from_street),
            (Field.PHOTO, from_street and not self.pictures),
        )
        return tuple(name for name, lacks in lacking if lacks)

    def continues(self, said_at: datetime) -> bool:
        """Whether a text said at this moment is the second half of one the phone has cut."""
        if self.last_part_length < CUT_BY_THE_APP or not self.last_part_at:
            return False
        return abs(said_at - datetime.fromisoformat(self.last_part_at)) <= TOGETHER


def intake_of(draft: Draft) -> Intake:
    return Intake.from_json(draft.body)


def changed(draft: Draft, intake: Intake, at: datetime, state: DraftState | None = None) -> Draft:
    """The draft with this form in it, one version on."""
    assert draft.kind is DraftKind.INTAKE
    return replace(
        draft,
        body=intake.as_json(),
        version=draft.version + 1,
        changed_at=at,
        state=state or draft.state,
    )
