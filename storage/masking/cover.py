"""Covers faces and plates so that nobody can bring them back, and says how many there were."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageFilter

from storage.masking.boxes import Box
from storage.masking.faces import FaceFinder
from storage.masking.plates import PlateFinder

FACE_MARGIN: Final = 0.2
"""Of its width and height on each side: hair and ears tell as much as a nose."""
PLATE_MARGIN: Final = 0.1
LEFT_OVER: Final = 5
"""Pixels across that remain of what is covered: a smear of its colours."""


class MaskingError(Exception):
    """Whether there are faces or plates could not be found out: our failure, not the picture's."""


@dataclass(frozen=True, slots=True)
class Covered:
    """The picture that may be shown, and how many faces and plates were covered on it."""

    picture: Image.Image
    faces: int
    plates: int


Masking = Callable[[Image.Image], Covered]
"""Covers what is to be covered on an upright RGB picture; `Cover` is the one there is."""


class Cover:
    """The finders, loaded once by the process that forks for each picture."""

    def __init__(self) -> None:
        # Threads do not survive a fork, and one picture must not take all processors.
        cv2.setNumThreads(1)
        self._faces = FaceFinder()
        self._plates = PlateFinder()

    def __call__(self, picture: Image.Image) -> Covered:
        """Of an upright RGB picture. Raises MaskingError rather than let a face pass."""
        try:
            pixels = np.asarray(picture)
            faces, plates = self._faces(pixels), self._plates(pixels)
        except (cv2.error, MemoryError) as error:
            raise MaskingError(f"no faces or plates can be looked for: {error}") from error
        covered = picture.copy()
        for box in faces:
            smear(covered, box.wider(FACE_MARGIN))
        for box in plates:
            smear(covered, box.wider(PLATE_MARGIN))
        return Covered(covered, len(faces), len(plates))


def smear(picture: Image.Image, box: Box) -> None:
    """Leave of this part of the picture the few colours it had on average."""
    place = (
        max(0, int(box.left)),
        max(0, int(box.top)),
        min(picture.width, int(box.right) + 1),
        min(picture.height, int(box.bottom) + 1),
    )
    wide, high = place[2] - place[0], place[3] - place[1]
    if wide < 1 or high < 1:
        return
    few = picture.crop(place).resize((LEFT_OVER, LEFT_OVER), Image.Resampling.BOX)
    large = few.resize((wide, high), Image.Resampling.NEAREST)
    picture.paste(large.filter(ImageFilter.GaussianBlur(max(wide, high) / LEFT_OVER / 2)), place)
