"""Pictures of a case: which to show whom, under which caption, and what looks odd about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.cards.lacking import lack_lines
from bot.cards.risk import reused_lines, risk_lines
from bot.cards.setting import Setting
from bot.chat import Shot
from bot.texts.law import STAGES
from workflows.cases.case import Photo, PhotoState, Stage
from workflows.people import Actor
from workflows.views import CaseView

MOST: Final = 10
"""An album holds no more (messaging.md 1.4)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a reviewer looks at: pictures in the order of time, and sentences about them."""

    pictures: tuple[Shot, ...]
    flags: tuple[str, ...]


def report_photos(view: CaseView, setting: Setting) -> tuple[Shot, ...]:
    """What whoever reported it saw: the closing photo must show the same view."""
    return _shots(tuple(_of(view, Stage.BEFORE))[:3], setting)


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
    return Evidence(_shots(photos, setting), flags)


def _of(view: CaseView, stage: Stage) -> Iterator[Photo]:
    return (photo for photo in view.photos if photo.stage is stage)


def _shots(photos: tuple[Photo, ...], setting: Setting) -> tuple[Shot, ...]:
    return tuple(
        Shot(photo.ref, photo.sha256, setting.tongue(STAGES[photo.stage]))
        for photo in photos
        if photo.state is not PhotoState.REFUSED and (photo.ref is not None or photo.sha256)
    )


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
    pending = sum(photo.state is PhotoState.PENDING for photo in photos)
    if pending:
        yield tongue.many(
            "⏳ {n} photo is still being fetched.",
            "⏳ {n} photos are still being fetched.",
            n=pending,
        )
