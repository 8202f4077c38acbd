"""A place on the earth, as numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """WGS-84 degrees."""

    latitude: float
    longitude: float
