"""How many faces and plates of real photos are covered, and what else; `make masking` prints it.

The marked boxes were read by eye and are of the picture as it is stored, so they are turned
with it. A face or plate counts as found if at least half of its box is covered.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

from storage.masking.boxes import Box
from storage.masking.cover import Covered
from storage.masking.faces import FaceFinder
from storage.masking.plates import PlateFinder
from storage.pictures import developed

PHOTOS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "photos"
NO_DATA = "the real photos are not on this machine"
FOUND = 0.5
TOUCHED = 0.1
MOST_PIXELS = 50_000_000


@dataclass(frozen=True)
class Result:
    """Of one photo: found, marked and false finds, faces first and then plates."""

    file: str
    faces: tuple[int, int, int]
    plates: tuple[int, int, int]


def photos() -> list[str]:
    """Every real photo, by its path below the folder."""
    with (PHOTOS / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["file"] for row in csv.DictReader(file)]


def marked() -> dict[str, list[tuple[str, Box]]]:
    """What people marked, as it lies on the upright picture."""
    with (PHOTOS / "people" / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {f"people/{row['file']}": list(_upright(row["file"], row["boxes"])) for row in rows}


def _upright(file: str, boxes: str) -> Iterator[tuple[str, Box]]:
    with Image.open(PHOTOS / "people" / file) as image:
        lies_left, high = image.getexif().get(0x0112, 1) == 6, image.height
    for box in boxes.split():
        kind, _, numbers = box.partition(":")
        left, top, right, bottom = map(int, numbers.split("-"))
        if lies_left:
            left, top, right, bottom = high - bottom, left, high - top, right
        yield kind, Box(left, top, right, bottom)


def results() -> Iterator[Result]:
    truth = marked()
    finders = (("face", FaceFinder()), ("plate", PlateFinder()))
    for file in photos():
        seen: list[Image.Image] = []

        def watched(picture: Image.Image, seen: list[Image.Image] = seen) -> Covered:
            seen.append(picture)
            return Covered(picture, 0, 0)

        developed((PHOTOS / file).read_bytes(), MOST_PIXELS, watched)
        pixels = np.asarray(seen[0])
        counts = [
            _counted(finder(pixels), [box for kind, box in truth.get(file, ()) if kind == name])
            for name, finder in finders
        ]
        yield Result(file, *counts)


def _counted(found: list[Box], true: list[Box]) -> tuple[int, int, int]:
    hit = sum(any(box.shared(one) >= FOUND * one.area for box in found) for one in true)
    false = sum(all(box.shared(one) < TOUCHED * one.area for one in true) for box in found)
    return hit, len(true), false


def main() -> None:
    if not (PHOTOS / "index.csv").exists():
        print(f"not measured: {NO_DATA}")
        return
    pillow_heif.register_heif_opener()
    print(f"{'photo':38} faces found/all false   plates found/all false")
    total = np.zeros((2, 3), int)
    for result in results():
        total += np.array((result.faces, result.plates))
        faces, plates = (
            "{:>8}/{:<3}{:>6}".format(*each) for each in (result.faces, result.plates)
        )
        print(f"{result.file:38} {faces} {plates}", flush=True)
    faces, plates = ("{:>8}/{:<3}{:>6}".format(*each) for each in total.tolist())
    print(f"{'together':38} {faces} {plates}")


if __name__ == "__main__":
    main()
