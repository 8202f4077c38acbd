"""What a transport may not carry is left out before a card is drawn, so no card can leak it.

Whatever the views answer passes a veil: a copy of the value in which every text is left out
unless it is known to be a code of ours, words of ours, or a piece that this transport carries.
A field that nobody has named here is left out, so a new one is hidden until somebody decides.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from json import dumps
from typing import Any, Final, cast

from bot.sheet import Sheet
from workflows.cases.case import Place
from workflows.notices import NoticeKind
from workflows.people import Person
from workflows.ports import Written
from workflows.privacy.carriage import WHOLE, Load, Piece
from workflows.rails import Owed
from workflows.refusals import Reason, Refused
from workflows.views import Views

Loads = Callable[[str], Load]
"""What may leave by a transport, by its name."""

LOCK: Final = "🔐"
"""Stands for what was left out, in every language."""

CODE: Final = re.compile(r"(?!.*\d{10})[A-Za-z0-9_.:|%+-]{1,64}|\d[\d.]* [a-z ]{1,12}")
"""A word of ours, or a limit such as `4 wh`; ten digits in a row may be somebody's number."""
NUMBERED: Final = re.compile(r"№\d+")
INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?")

_CODES: Final = """
    act action after agency area as_of asks awaiting because before browsing category cause
    check class_code clock code condition condition_id contact demand did digest editing
    elsewhere end fact first format found from_state ground guard guesses instead kind
    language last level limit list missing mode open opens outcome page partners
    policy_version problem profile proof proposed question refused request resolved rule rung
    satisfaction score slot
    source state step street stuck takes to_state token transport unit urgency value waits_for
    what which whistle whom why within zone
"""
CODES: Final = frozenset(_CODES.split())
"""Fields that hold a code of ours. What does not look like one is left out all the same."""

_OURS: Final = """
    Agency.name Agency.name_en Area.name Grid.name Grid.street Part.name Part.name_en Under.en
    Under.zh area_name areas closing_en closing_zh photo_en photo_zh why_en why_zh
"""
OURS: Final = frozenset(_OURS.split())
"""Words of the policy or the map: names of agencies, streets and grids, conditions."""

_NOTES: Final = """
    Called.words Check.what Request.words asked contact_note decided_words document end_words
    ground_words latest_reason note reason reply report returned_words sentence told unshown
"""

PIECES: Final[Mapping[str, frozenset[Piece]]] = {
    "caller": frozenset({Piece.CALLER}),
    "phone_hint": frozenset({Piece.CALLER}),
    "caller_name": frozenset({Piece.CALLER}),
    "Caller.name": frozenset({Piece.CALLER}),
    "phone": frozenset({Piece.NUMBER}),
    "caller_address": frozenset({Piece.CALLER, Piece.PLACE}),
    "address": frozenset({Piece.CALLER, Piece.PLACE}),
    "Place.words": frozenset({Piece.PLACE}),
    "place": frozenset({Piece.PLACE}),
    "place_words": frozenset({Piece.PLACE}),
    "Case.words": frozenset({Piece.WORDS}),
    "words": frozenset({Piece.WORDS, Piece.NOTES}),
    "resting_on": frozenset({Piece.WORDS}),
    "elsewhere_words": frozenset({Piece.WORDS}),
    "citizens_words": frozenset({Piece.WORDS}),
    "sha256": frozenset({Piece.PHOTOS}),
    "stored": frozenset({Piece.PHOTOS}),
    "Person.name": frozenset({Piece.COLLEAGUES}),
    "person_name": frozenset({Piece.COLLEAGUES}),
    "names": frozenset({Piece.COLLEAGUES}),
    "who": frozenset({Piece.COLLEAGUES}),
    "who_name": frozenset({Piece.COLLEAGUES}),
    "name": frozenset({Piece.COLLEAGUES}),
    **dict.fromkeys(_NOTES.split(), frozenset({Piece.NOTES})),
}
"""Which pieces a field is. Where two kinds share a name both must be allowed."""

TYPED: Final = frozenset({"case_id", "number"})
MOST_CASES: Final = 10**9
"""What is typed as a case's number, and is larger, may be somebody's telephone."""

BY_NAME: Final = frozenset({"counts"})
"""What the views answer with names as keys."""


@dataclass(frozen=True, slots=True)
class Veil:
    """Over one message of a transport with this load."""

    load: Load

    def views(self, views: Views) -> Views:
        """The same views, whose every answer passes this veil."""
        return cast("Views", _Veiled(views, self))

    def owed(self, owed: Owed) -> Owed:
        """The message with its own data and its reader's name veiled.

        A search keeps its words, by which it is looked up anew, and does not say them.
        """
        notice = owed.notice
        if notice.kind is NoticeKind.FOUND:
            data = dict(notice.data)
            if Piece.WORDS not in self.load:
                data["said"] = LOCK
        else:
            data = self(notice.data)
        reader = self._person(owed.reader) if owed.reader else None
        return replace(owed, notice=replace(notice, data=data), reader=reader)

    def refusal(self, no: Refused) -> Refused:
        """The same refusal without what it quotes."""
        return Refused(Reason(no.reason), **self(no.data))

    def sheet(self, sheet: Sheet, reader: int) -> Sheet:
        """Without pictures and map pin; `left_out` where anything is missing on it.

        That a reader is called by their own number is nothing that a page need show.
        """
        card = sheet.card
        if Piece.PHOTOS not in self.load:
            card = replace(card, pictures=())
        if Piece.PLACE not in self.load:
            card = replace(card, place=None, place_title="")
        labels = (choice.label for row in sheet.choices for choice in row)
        said = " ".join((card.plain(), *labels))
        others = {found for found in NUMBERED.findall(said) if found != number(reader)}
        left_out = LOCK in said or bool(others) or card != sheet.card
        return replace(sheet, card=card, left_out=left_out)

    def __call__(self, value: Any, name: str = "", owner: str = "") -> Any:
        """A copy of the value without what may not be carried; `name` is the field it is in."""
        match value:
            case Enum():
                return value
            case str():
                return self._text(value, name, owner)
            case int() if name in TYPED and value > MOST_CASES:
                return LOCK
            case Mapping():
                return {key: self._entry(key, each, name, owner) for key, each in value.items()}
            case tuple() | list() | frozenset():
                return type(value)(self(each, name, owner) for each in value)
            case _:
                return self._record(value) if is_dataclass(value) else value

    def _entry(self, key: Any, value: Any, name: str, owner: str) -> Any:
        """A value by its key; numbers as keys are people, codes as keys inherit their field."""
        if isinstance(key, int) and isinstance(value, str):
            return number(key) if self._lacks("names") else value
        known = isinstance(key, str) and not isinstance(key, Enum) and not INSTANT.fullmatch(key)
        inherits = name in OURS or not known
        return self(value, name if inherits else str(key), owner if inherits else "")

    def _record(self, value: Any) -> Any:
        if isinstance(value, Person):
            return self._person(value)
        owner = type(value).__name__
        changed = {
            each.name: self(getattr(value, each.name), each.name, owner)
            for each in fields(value)
            if each.init
        }
        if isinstance(value, Place) and changed["words"] == LOCK and value.area_name:
            changed |= {"words": f"{value.area_name} {LOCK}", "area_name": ""}
        if isinstance(value, Written) and value.person_name and self._lacks("names"):
            changed["person_name"] = number(value.person)
        return replace(value, **changed)

    def _text(self, value: str, name: str, owner: str) -> str:
        full = f"{owner}.{name}"
        if full in PIECES:
            return LOCK if value and self._lacks(full) else value
        is_ours = name in OURS or full in OURS or (name == "reason" and value in set(Reason))
        is_code = name in CODES and CODE.fullmatch(value)
        if not value or is_ours or is_code or INSTANT.fullmatch(value):
            return value
        return LOCK if self._lacks(name) else value

    def _lacks(self, name: str) -> bool:
        """Whether this transport may not carry such a field."""
        return not PIECES.get(name, WHOLE) <= self.load

    def _person(self, person: Person) -> Person:
        return replace(person, name=number(person.id)) if self._lacks("names") else person


class _Veiled:
    """Stands before views: what they answer passes the veil, what is asked of them does not."""

    def __init__(self, views: Any, veil: Veil) -> None:
        self._views, self._veil = views, veil

    def __getattr__(self, asked: str) -> Any:
        found = getattr(self._views, asked)
        if not callable(found):
            return _Veiled(found, self._veil)

        async def reading(*given: Any, **more: Any) -> Any:
            answer = await found(*given, **more)
            if asked in BY_NAME and Piece.COLLEAGUES not in self._veil.load:
                return {f"{LOCK}{place}": n for place, n in enumerate(answer.values(), 1)}
            return self._veil(answer)

        return reading


def number(person: int) -> str:
    """How somebody is called where no names are: by the number that /me tells them."""
    return f"№{person}"


def is_whole(sheet: Sheet) -> bool:
    """Whether every button means what it says; what it means never leaves the house."""
    return not any(LOCK in dumps(dict(offer.args), ensure_ascii=False) for offer in sheet.offers)


def with_offers(sheet: Sheet, whole: Sheet) -> Sheet:
    """The same labels with what the buttons of the whole sheet do; none if those are others."""
    alike = [len(row) for row in sheet.choices] == [len(row) for row in whole.choices]
    if not alike or [o.action for o in sheet.offers] != [o.action for o in whole.offers]:
        return replace(sheet, choices=())
    offers = iter(whole.offers)
    rows = tuple(
        tuple(replace(choice, offer=next(offers)) for choice in row) for row in sheet.choices
    )
    return replace(sheet, choices=rows)
