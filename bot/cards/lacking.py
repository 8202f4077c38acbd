"""What the reviewer is told of closing photos that may not show the result, and why."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.cards.setting import Setting
from bot.plain import cut_bytes, one_line
from bot.texts.evidence import LACKS
from workflows.cases.case import WITH_WORKER, Case, Photo, Stage
from workflows.cases.machine import photos_needed
from workflows.evidence.lack import Lack
from workflows.evidence.rules import lacks_of

WHY_MOST: Final = 200
"""Bytes of the worker's reason on a card; the record keeps every word."""


def lack_lines(case: Case, photos: Sequence[Photo], setting: Setting) -> Iterator[str]:
    """The worker's own words first, then what a file says of a photo."""
    yield from _unshown(case, setting)
    zone = setting.book.calendar.zone
    after = [photo for photo in photos if photo.stage is Stage.AFTER]
    for number, photo in enumerate(after, start=1):
        for lack in lacks_of(case, photo, zone):
            yield _line(number, lack, setting)


def _unshown(case: Case, setting: Setting) -> Iterator[str]:
    handed_in = case.handed_in
    if handed_in is None or not handed_in.unshown or case.state in WITH_WORKER:
        return
    yield setting.tongue(
        "📷 {have} of {needed} photos; why no more: “{why}”",
        have=case.photo_counts.get(Stage.AFTER, 0),
        needed=photos_needed(case),
        why=cut_bytes(one_line(handed_in.unshown), WHY_MOST),
    )


def _line(number: int, lack: Lack, setting: Setting) -> str:
    time = setting.moment(lack.at) if lack.at else ""
    return setting.tongue(LACKS[lack.what], n=number, time=time, metres=lack.metres)
