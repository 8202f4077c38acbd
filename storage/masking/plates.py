"""Finds number plates with the cascade that comes inside opencv-python-headless 4 (Apache-2.0).

It was trained on Russian plates: dark signs on white, wider than high. It is asked for slanted
plates as well, and for the negative, where the white signs of a blue plate are dark.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import cv2
import cv2.data
import numpy as np
from numpy.typing import NDArray

from storage.masking.boxes import Box, surest

Pixels = NDArray[np.uint8]

CASCADE: Final = "haarcascade_russian_plate_number.xml"
SLANTS: Final[Mapping[int, tuple[int, ...]]] = {640: (0,), 1280: (-12, 0, 12)}
"""Pixels a picture is brought to, and the degrees it is turned by in each.

A near plate is found in the small one, a far one in the large; it is slanted where a vehicle
is seen from the side.
"""
MOST_ENLARGED: Final = 2.5
STEP: Final = 1.2
AGREEING: Final = 1


class PlateFinder:
    """Loaded once, before a fork."""

    def __init__(self) -> None:
        self._cascade = cv2.CascadeClassifier(str(Path(cv2.data.haarcascades) / CASCADE))
        if self._cascade.empty():
            raise FileNotFoundError(f"opencv came without {CASCADE}")

    def __call__(self, picture: Pixels) -> list[Box]:
        """What may be a plate on this RGB picture; signs and fences are found by mistake."""
        return surest(self._finds(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)))

    def _finds(self, grey: Any) -> Iterator[Box]:
        high, wide = grey.shape
        for long, slants in SLANTS.items():
            scale = long / max(high, wide)
            if scale > MOST_ENLARGED:
                continue
            size = (max(1, round(wide * scale)), max(1, round(high * scale)))
            way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
            sized = cv2.resize(grey, size, interpolation=way)
            for slant in slants:
                turn = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), slant, 1)
                level = cv2.warpAffine(sized, turn, size) if slant else sized
                back = cv2.invertAffineTransform(turn) / scale
                yield from (_box(found, back) for found in self._asked(level))
                if not slant:
                    yield from (_box(found, back) for found in self._asked(255 - level))

    def _asked(self, picture: Any) -> Any:
        return self._cascade.detectMultiScale(picture, STEP, AGREEING)


def _box(found: Any, back: Any) -> Box:
    """The upright rectangle around what was found on a slanted picture."""
    left, top, wide, high = found
    corners = [(left + x * wide, top + y * high, 1) for x in (0, 1) for y in (0, 1)]
    xs, ys = back @ np.array(corners, float).T
    return Box(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()), float(wide))
