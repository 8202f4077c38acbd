"""Which earlier photos a new one is said to look like: few, and only where it means something."""

from collections.abc import Iterable
from typing import Final

from workflows.cases.case import Photo, Stage
from workflows.evidence.kept import Near
from workflows.evidence.rules_of_risk import RiskRules
from workflows.ports import Work

MOST_NOTED: Final = 5
WORK: Final = frozenset({Stage.INTERIM, Stage.AFTER})
"""Photos of work that was done, which are compared with those of before it."""


async def compare_photo(work: Work, photo: Photo, rules: RiskRules) -> tuple[Near, ...]:
    """Keeps what this photo looks like, and notes which earlier ones it is like.

    Compared with the case's own photos of before and with everybody's of the last year. A
    picture without features has no fingerprint and is like nothing.
    """
    if photo.facts is None or photo.facts.fingerprint is None:
        return ()
    fingerprint = photo.facts.fingerprint
    since = photo.said_at - rules.compared_for
    near = await work.prints.near(fingerprint, max(rules.bits, rules.own_bits), since)
    alike = worth_a_look(photo, near, rules)
    await work.prints.keep(photo.id, fingerprint, alike)
    return alike


def worth_a_look(photo: Photo, near: Iterable[Near], rules: RiskRules) -> tuple[Near, ...]:
    """The nearest few of those that say something.

    Photos of one case look alike anyway, except that one of the work must differ from before.
    What many different people have sent is night, a wall, a bin: a common look is no re-use,
    unless it was the sender's own picture.
    """
    earlier = [each for each in near if _is_earlier(each, photo)]
    own = [each for each in earlier if _is_own_before(each, photo, rules)]
    others = [each for each in earlier if each.case != photo.case_id and each.bits <= rules.bits]
    if len({each.sent_by for each in others}) >= rules.common_people:
        others = [each for each in others if each.sent_by == photo.sent_by]
    return tuple(sorted((*own, *others), key=lambda each: (each.bits, each.photo))[:MOST_NOTED])


def _is_earlier(each: Near, photo: Photo) -> bool:
    return (each.said_at, each.photo) < (photo.said_at, photo.id)


def _is_own_before(each: Near, photo: Photo, rules: RiskRules) -> bool:
    mine = each.case == photo.case_id and each.stage is Stage.BEFORE
    return mine and photo.stage in WORK and each.bits <= rules.own_bits
