"""Closing photos held against what their filing condition asks of them (domain.md 4.1).

Only a file tells when and where it was taken; a photo sent the usual way says neither, and is
never found wanting for that unless the policy asks for a file. What a file does not say is not
held against it either. A machine only counts and points out: whoever cannot show something says
why in words, and a person decides.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Final

from workflows.cases.case import Case, Photo, PhotoState, Stage
from workflows.evidence.asked import NOTHING_MORE, Heed, PhotoAsk
from workflows.evidence.facts import PictureFacts
from workflows.evidence.lack import Lack, Lacking
from workflows.hotline.duplicates import distance

NULL_ISLAND: Final = (0.0, 0.0)
"""Where a camera says it was that does not know."""


def lacks_of(case: Case, photo: Photo, zone: tzinfo) -> tuple[Lack, ...]:
    """Everything that the policy of this case heeds and this photo fails."""
    ask = asked_of(case)
    if photo.stage is not Stage.AFTER or photo.state is PhotoState.REFUSED:
        return ()
    return tuple(_lacks(case, photo, ask, zone))


def lack_of_work(case: Case, photos: Sequence[Photo], zone: tzinfo) -> Lack | None:
    """The one requirement for which handing in is refused, or None.

    Photos that fail it do not count; it fails where the others are too few. Too few from the
    beginning is another matter (Proof.AFTER_PHOTOS).
    """
    needed = case.filing.photo_min if case.filing else 0
    left = counted(case, photos)
    if len(left) < needed:
        return None
    for what in Lacking:
        failing = {p.id: lack for p in left if (lack := _refused_for(case, p, what, zone))}
        left = tuple(photo for photo in left if photo.id not in failing)
        if failing and len(left) < needed:
            return next(iter(failing.values()))
    return None


def counted(case: Case, photos: Sequence[Photo]) -> tuple[Photo, ...]:
    """The closing photos of this round: those of work that was sent back are in the file only."""
    number = case.photo_counts.get(Stage.AFTER, 0)
    after = tuple(
        photo
        for photo in photos
        if photo.stage is Stage.AFTER and photo.state is not PhotoState.REFUSED
    )
    return after[-number:] if number else ()


def asked_of(case: Case) -> PhotoAsk:
    """What the condition asks under which it was filed; nothing of a case that is not filed."""
    return case.filing.photos if case.filing else NOTHING_MORE


def needs_place(case: Case) -> bool:
    """Whether anybody may read where a photo of this case was taken (domain.md 6)."""
    return asked_of(case).far is not None


def taken_at(facts: PictureFacts, zone: tzinfo) -> datetime | None:
    """The camera's time; without a distance from UTC the camera is thought to be set to ours."""
    if facts.captured is None:
        return None
    if facts.offset_minutes is None:
        return facts.captured.replace(tzinfo=zone)
    return facts.captured.replace(tzinfo=timezone(timedelta(minutes=facts.offset_minutes)))


def _refused_for(case: Case, photo: Photo, what: Lacking, zone: tzinfo) -> Lack | None:
    ask = asked_of(case)
    heed = {Lacking.AS_FILE: Heed.REFUSE, Lacking.EARLY: ask.early, Lacking.FAR: ask.far}[what]
    if heed is not Heed.REFUSE:
        return None
    return next((lack for lack in lacks_of(case, photo, zone) if lack.what is what), None)


def _lacks(case: Case, photo: Photo, ask: PhotoAsk, zone: tzinfo) -> Iterator[Lack]:
    if not photo.as_file:
        if ask.as_file:
            yield Lack(Lacking.AS_FILE)
        return
    facts = photo.facts
    if facts is None:
        return
    taken, slack = taken_at(facts, zone), timedelta(minutes=ask.slack_minutes)
    if ask.early and taken is not None and taken + slack < case.reported_at:
        yield Lack(Lacking.EARLY, at=taken)
    metres = _metres(case, facts)
    if ask.far and metres is not None and metres > ask.within_metres:
        yield Lack(Lacking.FAR, metres=metres)


def _metres(case: Case, facts: PictureFacts) -> int | None:
    """How far from the case the file says it was taken; None where either is unknown."""
    here, there = case.place.point, facts.point
    if here is None or there is None or (there.latitude, there.longitude) == NULL_ISLAND:
        return None
    return round(distance(here, there))
