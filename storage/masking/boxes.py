"""Upright rectangles on a picture, in pixels, and which of them are one and the same find."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, right and bottom edge, and how sure the finder is (more is surer)."""

    left: float
    top: float
    right: float
    bottom: float
    sure: float = 1.0

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def shared(self, other: "Box") -> float:
        """Square pixels that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, wide) * max(0.0, high)

    def is_find_of(self, other: "Box") -> bool:
        """Whether two finders mean the same thing: much of the smaller lies in the other."""
        return self.shared(other) > 0.4 * min(self.area, other.area)

    def wider(self, by: float) -> "Box":
        """With a margin of this share of its width and height on each side."""
        x, y = by * (self.right - self.left), by * (self.bottom - self.top)
        return Box(self.left - x, self.top - y, self.right + x, self.bottom + y, self.sure)

    def around(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
            max(self.sure, other.sure),
        )

    def turned_back(self, quarters: int, wide: int, high: int) -> "Box":
        """Where it lies on the upright picture, found on one turned left so many quarters."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        match quarters % 4:
            case 1:
                left, top, right, bottom = wide - bottom, left, wide - top, right
            case 2:
                left, top, right, bottom = wide - right, high - bottom, wide - left, high - top
            case 3:
                left, top, right, bottom = top, high - right, bottom, high - left
        return Box(left, top, right, bottom, self.sure)


def surest(boxes: Iterable[Box]) -> list[Box]:
    """One box for each thing found, the surest finder's."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda box: -box.sure):
        if not any(box.is_find_of(other) for other in kept):
            kept.append(box)
    return kept
