"""Pictures of a case: which to show whom, under which caption, and what looks odd about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.cards.facts import agency_name
from bot.cards.lacking import lack_lines
from bot.cards.risk import reused_lines, risk_lines
from bot.cards.setting import Setting, brief
from bot.chat import Shot
from bot.i18n import N_
from bot.texts.law import STAGES
from workflows.cases.case import Photo, PhotoState, Stage
from workflows.people import Actor
from workflows.views import CaseView

PLACE_MOST: Final = 60
MOST: Final = 10
"""An album holds no more (messaging.md 1.4)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a reviewer looks at: pictures in the order of time, and sentences about them."""

    pictures: tuple[Shot, ...]
    flags: tuple[str, ...]
    awaits: bool
    """Whether one of them is still being fetched."""


def report_photos(view: CaseView, setting: Setting) -> tuple[Shot, ...]:
    """What whoever reported it saw: the closing photo must show the same view."""
    return _shots(_reported(view), view, setting)


def report_awaits(view: CaseView) -> bool:
    """Whether one of those is still being fetched."""
    return _awaits(_reported(view))


def evidence(view: CaseView, reader: Actor, setting: Setting, hints: int = 3) -> Evidence:
    """Before, made safe, after; photos of a round that was sent back stay in the file only.

    At most so many `hints` are named of why to look twice.
    """
    after = tuple(_of(view, Stage.AFTER))
    counted = view.case.photo_counts.get(Stage.AFTER, 0)
    latest = after[-counted:] if counted else ()
    before = (*_of(view, Stage.BEFORE), *_of(view, Stage.INTERIM))
    room = MOST - min(len(latest), MOST - 1)
    photos = (*before[:room], *latest)[:MOST]
    flags = (
        *lack_lines(view.case, photos, setting),
        *_flags(view, photos, reader, setting),
        *risk_lines(view, setting, hints),
    )
    return Evidence(_shots(photos, view, setting), flags, _awaits(photos))


def _reported(view: CaseView) -> tuple[Photo, ...]:
    return tuple(_of(view, Stage.BEFORE))[:3]


def _awaits(photos: tuple[Photo, ...]) -> bool:
    return any(photo.state is PhotoState.PENDING for photo in photos)


def _of(view: CaseView, stage: Stage) -> Iterator[Photo]:
    return (photo for photo in view.photos if photo.stage is stage)


def _shots(photos: tuple[Photo, ...], view: CaseView, setting: Setting) -> tuple[Shot, ...]:
    return tuple(
        Shot(None, photo.sha256, _caption(photo, setting), _stamp(photo, view, setting))
        for photo in photos
        if photo.state is PhotoState.KEPT
    )


def _caption(photo: Photo, setting: Setting) -> str:
    """What it is of, and how much of it was covered: whoever judges it must know."""
    tongue, facts = setting.tongue, photo.facts
    stage = tongue(STAGES[photo.stage])
    if facts is None or not (facts.faces or facts.plates):
        return stage
    words = N_("{stage} · covered: faces {faces}, plates {plates}")
    return tongue(words, stage=stage, faces=facts.faces, plates=facts.plates)


def _stamp(photo: Photo, view: CaseView, setting: Setting) -> tuple[str, ...]:
    """Number and time of the photo, place in people's words, agency (issue 6)."""
    case, zone = view.case, setting.book.calendar.zone
    when = f"{photo.said_at.astimezone(zone):%Y-%m-%d %H:%M}"
    place = brief(case.place.words or case.place.area_name, PLACE_MOST)
    lines = (f"#{case.id}  {when}", place, agency_name(view, setting))
    return tuple(line for line in lines if line)


def _flags(
    view: CaseView, photos: tuple[Photo, ...], reader: Actor, setting: Setting
) -> Iterator[str]:
    tongue = setting.tongue
    yield from reused_lines(view, photos, reader, setting)
    refused = sum(photo.state is PhotoState.REFUSED for photo in photos)
    if refused:
        yield tongue.many(
            "⚠️ {n} photo could not be opened.", "⚠️ {n} photos could not be opened.", n=refused
        )
    facts = [photo.facts for photo in photos if photo.facts is not None]
    faces, plates = sum(each.faces for each in facts), sum(each.plates for each in facts)
    if faces or plates:
        words = N_("🙈 Covered on the photos: faces {faces}, plates {plates}; originals sealed.")
        yield tongue(words, faces=faces, plates=plates)
    pending = sum(photo.state is PhotoState.PENDING for photo in photos)
    if pending:
        yield tongue.many(
            "⏳ {n} photo is still being fetched.",
            "⏳ {n} photos are still being fetched.",
            n=pending,
        )
