"""Small photos of the demo's past: the same views as its own photos, but drawn once each."""

from functools import cache
from io import BytesIO
from random import Random
from typing import Final

from PIL import Image, ImageDraw

from handlers.terminal.demo_photos import HIGH, SCENES, WIDE, View

SMALL: Final = (640, 480)
SHAKE: Final = (24, 18)
"""Pixels by which a hand moves between two photos, at most."""


def snapshot(view: View, take: int) -> bytes:
    """A small JPEG of this view, quickly made; another take is another photo of it."""
    shot = _small(view).copy()
    hand = Random(take)  # noqa: S311  grain, no secret
    for _ in range(60):
        spot = (hand.randrange(SMALL[0]), hand.randrange(SMALL[1]))
        shot.putpixel(spot, (hand.randrange(256),) * 3)
    out = BytesIO()
    left, top = hand.randrange(SHAKE[0]), hand.randrange(SHAKE[1])
    box = (left, top, left + SMALL[0] - SHAKE[0], top + SMALL[1] - SHAKE[1])
    shot.crop(box).save(out, "JPEG", quality=82)
    return out.getvalue()


@cache
def _small(view: View) -> Image.Image:
    canvas = Image.new("RGB", (WIDE, HIGH))
    SCENES[view](ImageDraw.Draw(canvas))
    return canvas.resize(SMALL, Image.Resampling.BICUBIC)
