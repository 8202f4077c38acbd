"""Lays two photos of one spot side by side, inside a process that has nothing else at hand.

Run as a script. It reads two JPEGs, each behind its length, and answers with one word, `aligned`
or `plain`, a line's end and a JPEG. Where enough features of the two agree, the first is turned
and stretched until it lies as the second does, so that what has changed is at the same place in
both; where they do not, both are shown as they are, at one height.
"""

import resource
import sys
from typing import Any, BinaryIO, Final

import cv2
import numpy as np

LONG_SIDE: Final = 1000
"""Pixels of each half: a phone shows no more."""
QUALITY: Final = 85
LENGTH_BYTES: Final = 4
FEATURES: Final = 3_000
CLEARLY: Final = 0.75
"""A feature's best match must be so much nearer than its second best."""
FEWEST_AGREEING: Final = 25
AGREEING_SHARE: Final = 0.3
WITHIN_PIXELS: Final = 5.0
SMALLEST, LARGEST = 0.25, 4.0
"""Share of its own size to which the first may be stretched: beyond it the match is nonsense."""
GAP: Final = 12
PAPER: Final = (255, 255, 255)
NOTHING_THERE: Final = (128, 128, 128)

Pixels = Any
"""An array of rows of blue, green and red."""


def side_by_side(before: bytes, after: bytes) -> tuple[str, bytes]:
    """The word and the picture. Raises ValueError for what is no picture."""
    left, right = _opened(before), _opened(after)
    laid = _laid_over(left, right)
    if laid is not None:
        return "aligned", _joined(laid, right)
    high = min(left.shape[0], right.shape[0])
    return "plain", _joined(_as_high(left, high), _as_high(right, high))


def _opened(jpeg: bytes) -> Pixels:
    pixels = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise ValueError("these bytes are no picture")
    return _scaled(pixels, min(LONG_SIDE / max(pixels.shape[:2]), 1.0))


def _laid_over(left: Pixels, right: Pixels) -> Pixels | None:
    """The first as seen from where the second was taken; None where that cannot be told."""
    found = _agreeing(left, right)
    if found is None:
        return None
    high, wide = right.shape[:2]
    if not _is_plausible(found, left.shape[:2], (high, wide)):
        return None
    return cv2.warpPerspective(left, found, (wide, high), borderValue=NOTHING_THERE)


def _agreeing(left: Pixels, right: Pixels) -> Pixels | None:
    """The projection on which enough features of both agree."""
    finder = cv2.SIFT.create(nfeatures=FEATURES)
    here, of_left = finder.detectAndCompute(cv2.cvtColor(left, cv2.COLOR_BGR2GRAY), None)
    there, of_right = finder.detectAndCompute(cv2.cvtColor(right, cv2.COLOR_BGR2GRAY), None)
    if of_left is None or of_right is None or len(there) < 2:
        return None
    pairs = cv2.BFMatcher().knnMatch(of_left, of_right, k=2)
    clear = [best for best, second in pairs if best.distance < CLEARLY * second.distance]
    if len(clear) < FEWEST_AGREEING:
        return None
    source = np.array([here[match.queryIdx].pt for match in clear], np.float32)
    target = np.array([there[match.trainIdx].pt for match in clear], np.float32)
    cv2.setRNGSeed(1)
    found, mask = cv2.findHomography(source, target, cv2.RANSAC, WITHIN_PIXELS)
    if found is None:
        return None
    agree = int(mask.sum())
    enough = agree >= FEWEST_AGREEING and agree >= AGREEING_SHARE * len(clear)
    return found if enough else None


def _is_plausible(found: Pixels, size: tuple[int, int], onto: tuple[int, int]) -> bool:
    """Whether the first stays an upright, convex picture of a sensible size that is still seen."""
    high, wide = size
    corners = _corners(wide, high)
    moved = cv2.perspectiveTransform(corners, found)
    if not np.isfinite(moved).all() or not cv2.isContourConvex(moved.round().astype(np.int32)):
        return False
    if cv2.contourArea(moved, oriented=True) <= 0:  # seen in a mirror
        return False
    share = cv2.contourArea(moved) / (wide * high)
    seen, _ = cv2.intersectConvexConvex(moved, _corners(onto[1], onto[0]))
    return SMALLEST <= share <= LARGEST and seen >= SMALLEST * onto[0] * onto[1]


def _corners(wide: int, high: int) -> Pixels:
    four = [[0, 0], [wide, 0], [wide, high], [0, high]]
    return np.array(four, np.float32).reshape(-1, 1, 2)


def _as_high(pixels: Pixels, high: int) -> Pixels:
    return _scaled(pixels, high / pixels.shape[0])


def _scaled(pixels: Pixels, by: float) -> Pixels:
    high, wide = pixels.shape[:2]
    size = (max(round(wide * by), 1), max(round(high * by), 1))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)


def _joined(left: Pixels, right: Pixels) -> bytes:
    high = right.shape[0]
    left = left[:high]
    gap = np.full((high, GAP, 3), PAPER, np.uint8)
    written, jpeg = cv2.imencode(
        ".jpg", np.hstack((left, gap, right)), [cv2.IMWRITE_JPEG_QUALITY, QUALITY]
    )
    if not written:
        raise ValueError("the two could not be written as one")
    return bytes(jpeg.tobytes())


def _read(source: BinaryIO) -> bytes:
    length = int.from_bytes(source.read(LENGTH_BYTES), "big")
    return source.read(length)


def _shut_in(memory_bytes: int, cpu_seconds: int) -> None:
    limits = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_AS: memory_bytes,
    }
    for limit, value in limits.items():
        # macOS cannot limit memory; time and the process itself still protect there.
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    cv2.setNumThreads(1)
    _shut_in(int(sys.argv[1]), int(sys.argv[2]))
    word, picture = side_by_side(_read(sys.stdin.buffer), _read(sys.stdin.buffer))
    sys.stdout.buffer.write(word.encode() + b"\n" + picture)
