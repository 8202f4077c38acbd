"""Before and after side by side, and a photo beside an earlier one that it looks like."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.cards.choices import pairs as in_pairs
from bot.cards.facts import class_line, head, place_line
from bot.cards.lists import open_choice
from bot.cards.risk import earlier_cases, reasons_one_by_one
from bot.cards.setting import Setting
from bot.chat import Card, Shot
from bot.i18n import N_
from bot.sheet import Sheet
from bot.texts.law import STAGES
from workflows.cases.case import CaseId, Photo, PhotoState, Stage
from workflows.cases.machine import may_see
from workflows.evidence.kept import Together
from workflows.evidence.risk import photos_of_work
from workflows.people import Actor
from workflows.views import CaseView

MOST: Final = 3
"""Comparisons in one message; making one takes a second or two."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two photos to lay side by side: their hashes, and the other case the left one is of."""

    left: str
    right: str
    other: CaseId | None = None


def pairs_of(view: CaseView, reader: Actor) -> tuple[Pair, ...]:
    """First what looks re-used, as far as the reader may see it; then before beside after."""
    work = [photo for photo in photos_of_work(view.case, view.photos) if _is_here(photo)]
    hashes = {photo.id: photo.sha256 for photo in work}
    others = [
        Pair(each.earlier.sha256, hashes[each.photo], each.earlier.case)
        for each in view.alike
        if each.photo in hashes
        and each.earlier.sha256
        and _may_see(view, each.earlier.case, reader)
    ]
    before = [p for p in view.photos if p.stage is Stage.BEFORE and _is_here(p)]
    after = [photo for photo in work if photo.stage is Stage.AFTER]
    own = [
        Pair(before[min(place, len(before) - 1)].sha256, photo.sha256)
        for place, photo in enumerate(after)
        if before
    ]
    first_of_each = {pair.right: pair for pair in reversed(others)}
    return (*list(first_of_each.values())[: MOST - bool(own)], *own)[:MOST]


def compare_sheet(
    view: CaseView,
    reader: Actor,
    made: Mapping[Pair, Together | None],
    setting: Setting,
) -> Sheet:
    """The pictures, every reason to look twice, and the earlier cases to open."""
    case, tongue = view.case, setting.tongue
    shots = tuple(shot for pair, one in made.items() for shot in _shown(pair, one, setting))
    lines = (
        class_line(case, setting),
        place_line(case, setting),
        "" if made else tongue(N_("There is nothing to compare yet: it takes a photo of before.")),
        *reasons_one_by_one(view, reader, setting),
    )
    numbers = earlier_cases(view, reader)
    return Sheet(
        Card(
            head=tongue("🖼 Compare · {head}", head=head(case, setting)),
            lines=tuple(line for line in lines if line),
            pictures=shots,
            no_picture=tongue(N_("The pictures cannot be shown here right now.")),
        ),
        in_pairs([open_choice(number) for number in numbers]),
    )


def _shown(pair: Pair, made: Together | None, setting: Setting) -> tuple[Shot, ...]:
    """One picture; or the two after one another where none could be made of them."""
    tongue = setting.tongue
    left = f"#{pair.other}" if pair.other is not None else tongue(STAGES[Stage.BEFORE])
    right = tongue(N_("this one")) if pair.other is not None else tongue(STAGES[Stage.AFTER])
    if made is None:
        return (Shot(None, pair.left, left), Shot(None, pair.right, right))
    caption = tongue("Left: {left}. Right: {right}.", left=left, right=right)
    if made.aligned:
        caption = tongue("{caption} The left one is turned to fit.", caption=caption)
    return (Shot(None, made.sha256, caption),)


def _is_here(photo: Photo) -> bool:
    return photo.state is PhotoState.KEPT and bool(photo.sha256)


def _may_see(view: CaseView, number: CaseId, reader: Actor) -> bool:
    if number == view.case.id:
        return False  # the photo of before stands beside it anyway
    return number in view.earlier and may_see(view.earlier[number], reader)
