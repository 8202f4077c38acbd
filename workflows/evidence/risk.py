"""What work is looked at first, and why: points with reasons, from what is known of its photos.

The points order the list of those who review and do nothing else: no photo is refused and
nobody is judged by them, and whoever sent the photos reads the same reasons (domain.md 7).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from workflows.cases.case import Case, Photo, PhotoId, PhotoState, Stage
from workflows.deadlines.clocks import ClockKind
from workflows.evidence.facts import PictureFacts
from workflows.evidence.kept import Likeness
from workflows.evidence.rules_of_risk import Risk, RiskRules
from workflows.hotline.duplicates import distance


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of work: its case, all its photos, what they look like.

    `sender_since` is when whoever did it joined us, None where that is long ago or not known.
    """

    case: Case
    photos: tuple[Photo, ...]
    alike: tuple[Likeness, ...] = ()
    sender_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason, its points, the photos it is about, and how much: metres or minutes, else 0."""

    risk: Risk
    points: int
    photos: tuple[PhotoId, ...] = ()
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """The causes, the weightiest first; none where nothing is out of the ordinary."""

    causes: tuple[Cause, ...] = ()

    @property
    def points(self) -> int:
        return sum(cause.points for cause in self.causes)


NOTHING: Final = Score()


@dataclass(frozen=True, slots=True)
class Scale:
    """How points are given: the rules in force, and the zone of cameras that name none."""

    rules: RiskRules
    zone: ZoneInfo

    def score(self, seen: Seen) -> Score:
        """Each reason counts once, however many photos it is about."""
        work = photos_of_work(seen.case, seen.photos)
        causes = [
            Cause(risk, points, photos, amount)
            for risk, photos, amount in self._found(seen, work)
            if (points := self.rules.weights[risk])
        ]
        return Score(tuple(sorted(causes, key=lambda cause: -cause.points)))

    def _found(
        self, seen: Seen, work: Sequence[Photo]
    ) -> Iterator[tuple[Risk, tuple[PhotoId, ...], int]]:
        for risk, photos in self._of_photos(seen, work).items():
            if photos:
                yield risk, photos, 0
        far = {photo.id: metres for photo in work if (metres := self._metres_away(seen, photo))}
        if far:
            yield Risk.FAR, tuple(far), max(far.values())
        took = minutes_taken(seen.case)
        if took is not None and took < self.rules.fast_minutes:
            yield Risk.FAST, (), took + 1
        if self._is_new_here(seen):
            yield Risk.FIRST_WEEK, (), 0

    def _of_photos(self, seen: Seen, work: Sequence[Photo]) -> Mapping[Risk, tuple[PhotoId, ...]]:
        case = seen.case
        own = {each.photo for each in seen.alike if each.earlier.case == case.id}
        others = {each.photo for each in seen.alike if each.earlier.case != case.id}
        return {
            Risk.REUSED: tuple(p.id for p in work if p.id in others or p.reused_from is not None),
            Risk.OWN_BEFORE: tuple(photo.id for photo in work if photo.id in own),
            Risk.STALE: tuple(photo.id for photo in work if self._is_stale(case, photo)),
            Risk.EDITED: tuple(photo.id for photo in work if self._is_edited(photo)),
            Risk.FORWARDED: tuple(photo.id for photo in work if photo.forwarded),
        }

    def _metres_away(self, seen: Seen, photo: Photo) -> int:
        """0 where it is near enough, or where either place is not known."""
        place, facts = seen.case.place.point, _believed(photo)
        if place is None or facts is None or facts.point is None:
            return 0
        metres = distance(place, facts.point)
        return int(metres) if metres > self.rules.far_metres else 0

    def _is_stale(self, case: Case, photo: Photo) -> bool:
        """Taken before anybody had reported it, as far as the camera's clock is right."""
        facts = _believed(photo)
        if facts is None or facts.captured is None:
            return False
        offset = facts.offset_minutes
        zone = self.zone if offset is None else timezone(timedelta(minutes=offset))
        captured = facts.captured.replace(tzinfo=zone).astimezone(UTC)
        return captured < case.reported_at - timedelta(minutes=self.rules.early_minutes)

    def _is_edited(self, photo: Photo) -> bool:
        software = photo.facts.software.lower() if photo.facts else ""
        return any(name in software for name in self.rules.editors)

    def _is_new_here(self, seen: Seen) -> bool:
        """By when the work was handed in, so that a reason does not vanish overnight."""
        if seen.sender_since is None:
            return False
        at = seen.case.handed_in.at if seen.case.handed_in else seen.case.changed_at
        return at - seen.sender_since < timedelta(days=self.rules.first_days)


def photos_of_work(case: Case, photos: Sequence[Photo]) -> tuple[Photo, ...]:
    """Those of the round that is judged: what was sent back stays in the file only.

    What its finder has fixed was photographed by one person, so its photo of before counts too.
    """
    shown = tuple(photo for photo in photos if photo.state is not PhotoState.REFUSED)
    after = [photo for photo in shown if photo.stage is Stage.AFTER]
    counted = case.photo_counts.get(Stage.AFTER, 0)
    begun = {Stage.INTERIM, Stage.BEFORE} if case.self_fixed else {Stage.INTERIM}
    return (
        *(photo for photo in shown if photo.stage in begun),
        *(after[-counted:] if counted else ()),
    )


def minutes_taken(case: Case) -> int | None:
    """From signing for it to handing it in, whole minutes; None for work that came back."""
    signed = case.clock(ClockKind.SIGN_FOR)
    if case.handed_in is None or case.rework_count or signed is None or signed.ended_at is None:
        return None
    return int((case.handed_in.at - signed.ended_at).total_seconds() // 60)


def _believed(photo: Photo) -> PictureFacts | None:
    """What the camera says; a messenger's own copy of a photo says nothing (durability.md 2.2)."""
    return photo.facts if photo.as_file else None
