"""The demo's own photos, drawn anew each time: the same place before, made safe, and after."""

from collections.abc import Callable
from enum import StrEnum
from io import BytesIO
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

WIDE, HIGH = 1280, 960
HORIZON: Final = 330
"""Above it wall and sky, below it ground; in pixels from the top."""

Colour = tuple[int, int, int]
Spot = tuple[float, float]


class View(StrEnum):
    """What a photo shows."""

    OPEN_MANHOLE = "open manhole"
    MADE_SAFE = "barrier and sign around it"
    COVER_BACK = "cover back in place"
    COVER_CLOSE = "the cover from near"
    LITTER = "a heap of litter"
    CLEAN_CORNER = "the same corner, clean"
    CLEAN_CLOSE = "the swept ground from near"
    MUD_ON_ROAD = "mud that a lorry lost"
    WASHED_ROAD = "the same road, washed"
    FLOOD = "water across the road"


SIZES: Final[dict[View, tuple[int, int]]] = {
    View.OPEN_MANHOLE: (1280, 960),
    View.MADE_SAFE: (1272, 954),
    View.COVER_BACK: (1264, 948),
    View.COVER_CLOSE: (1276, 957),
    View.LITTER: (1268, 951),
    View.CLEAN_CORNER: (1260, 945),
    View.CLEAN_CLOSE: (1256, 942),
    View.MUD_ON_ROAD: (1252, 939),
    View.WASHED_ROAD: (1248, 936),
    View.FLOOD: (1244, 933),
}
"""No two phones hold still: each photo is a little different in size."""


def photo(view: View, take: int = 1) -> bytes:
    """A JPEG of this view, the same bytes every time; another take is another photo of it."""
    canvas = Image.new("RGB", (WIDE, HIGH))
    pen = ImageDraw.Draw(canvas)
    SCENES[view](pen)
    grainy = _grain(canvas, seed=len(view) * 100 + take)
    out = BytesIO()
    wide, high = SIZES[view]
    closer = ((take - 1) * 12, (take - 1) * 9, WIDE, HIGH)
    shot = grainy.resize((wide, high), Image.Resampling.BICUBIC, box=closer)
    shot.save(out, "JPEG", quality=86)
    return out.getvalue()


def _grain(canvas: Image.Image, seed: int) -> Image.Image:
    """The unevenness that a lens and a street have, and a drawing has not."""
    small = (WIDE // 2, HIGH // 2)
    bytes_of_noise = Random(seed).randbytes(small[0] * small[1])  # noqa: S311  grain, no secret
    noise = Image.frombytes("L", small, bytes_of_noise).resize((WIDE, HIGH))
    soft = canvas.filter(ImageFilter.GaussianBlur(1.1))
    return Image.blend(soft, Image.merge("RGB", (noise, noise, noise)), 0.07)


def _street(pen: ImageDraw.ImageDraw) -> None:
    """A road with a kerb, a pavement of slabs, and a wall behind."""
    pen.rectangle((0, 0, WIDE, HORIZON), fill=(176, 196, 212))
    pen.rectangle((0, 120, 700, HORIZON), fill=(196, 178, 156))
    for left in range(60, 640, 150):
        pen.rectangle((left, 160, left + 80, 270), fill=(96, 112, 128))
    pen.rectangle((700, 190, WIDE, HORIZON), fill=(140, 158, 120))
    _tree(pen, 860, 90)
    _tree(pen, 1130, 130)
    pen.rectangle((0, HORIZON, WIDE, HIGH), fill=(108, 110, 114))
    pen.polygon([(0, HORIZON), (WIDE, HORIZON), (WIDE, 450), (0, 520)], fill=(170, 164, 154))
    for step in range(-2, 15):
        pen.line((step * 110, 520, 300 + step * 62, HORIZON), fill=(146, 140, 132), width=3)
    pen.line((0, 424, WIDE, 388), fill=(146, 140, 132), width=3)
    pen.polygon([(0, 520), (WIDE, 450), (WIDE, 474), (0, 552)], fill=(206, 202, 194))
    for step in range(5):
        left = 60 + step * 270
        pen.polygon(
            [(left, 900), (left + 130, 893), (left + 136, 912), (left + 4, 920)],
            fill=(222, 220, 210),
        )


def _tree(pen: ImageDraw.ImageDraw, left: int, top: int) -> None:
    pen.rectangle((left + 62, top + 120, left + 82, HORIZON + 20), fill=(96, 76, 58))
    for across, down, size in ((0, 30, 100), (50, 0, 110), (20, 60, 120)):
        box = (left + across, top + down, left + across + size, top + down + size)
        pen.ellipse(box, fill=(78, 118, 66))


def _ring(pen: ImageDraw.ImageDraw, middle: Spot, wide: float) -> None:
    """The iron frame in the road."""
    _oval(pen, middle, wide + 26, (74, 74, 78))
    _oval(pen, middle, wide + 8, (140, 138, 134))


def _oval(pen: ImageDraw.ImageDraw, middle: Spot, wide: float, colour: Colour) -> None:
    x, y = middle
    pen.ellipse((x - wide, y - wide * 0.42, x + wide, y + wide * 0.42), fill=colour)


def _hole(pen: ImageDraw.ImageDraw) -> None:
    middle = (640.0, 700.0)
    _ring(pen, middle, 190)
    _oval(pen, middle, 190, (20, 18, 18))
    pen.chord((450, 630, 830, 790), 20, 160, fill=(58, 48, 42))
    for crack in ((440, 740, 330, 800), (830, 660, 960, 640), (700, 785, 730, 860)):
        pen.line(crack, fill=(70, 70, 72), width=6)


def _cover(pen: ImageDraw.ImageDraw, middle: Spot, wide: float) -> None:
    """A cast cover with its raised pattern, flush with its frame."""
    x, y = middle
    _ring(pen, middle, wide)
    _oval(pen, middle, wide, (92, 94, 98))
    for share in (0.8, 0.55, 0.3):
        box = (
            x - wide * share,
            y - wide * share * 0.42,
            x + wide * share,
            y + wide * share * 0.42,
        )
        pen.ellipse(box, outline=(126, 128, 132), width=max(3, int(wide / 34)))
    for across in range(-3, 4):
        shift = across * wide * 0.24
        pen.line(
            (x + shift * 0.7, y - wide * 0.36, x + shift, y + wide * 0.36), (120, 122, 126), 4
        )


def _cone(pen: ImageDraw.ImageDraw, x: float, foot: float, size: float = 1.0) -> None:
    pen.rectangle((x - 66 * size, foot - 18 * size, x + 66 * size, foot), fill=(196, 66, 28))
    pen.polygon(
        [
            (x - 44 * size, foot - 18 * size),
            (x + 44 * size, foot - 18 * size),
            (x, foot - 210 * size),
        ],
        fill=(232, 92, 34),
    )
    for low, high in ((62, 96), (128, 156)):
        broad, narrow = 44 * (210 - low) / 192, 44 * (210 - high) / 192
        pen.polygon(
            [
                (x - broad * size, foot - low * size),
                (x + broad * size, foot - low * size),
                (x + narrow * size, foot - high * size),
                (x - narrow * size, foot - high * size),
            ],
            fill=(240, 238, 232),
        )


def _barrier(pen: ImageDraw.ImageDraw) -> None:
    """A striped board on two feet, and the triangle that warns."""
    for x in (330, 950):
        pen.rectangle((x - 14, 470, x + 14, 760), fill=(214, 208, 196))
        pen.rectangle((x - 70, 750, x + 70, 776), fill=(90, 90, 92))
    for top in (500, 600):
        pen.rectangle((240, top, 1040, top + 62), fill=(242, 240, 234))
        for left in range(240, 1000, 160):
            slope = [(left, top + 62), (left + 80, top + 62), (left + 130, top), (left + 50, top)]
            pen.polygon(slope, fill=(206, 44, 40))
    pen.polygon([(1120, 420), (1240, 640), (1000, 640)], fill=(246, 200, 40))
    pen.polygon([(1120, 466), (1204, 620), (1036, 620)], fill=(250, 224, 110))
    pen.line((1120, 510, 1120, 572), fill=(40, 36, 30), width=18)
    pen.ellipse((1109, 584, 1131, 606), fill=(40, 36, 30))
    pen.rectangle((1112, 640, 1128, 800), fill=(150, 150, 150))


def _yard(pen: ImageDraw.ImageDraw) -> None:
    """A corner between two walls, paved, with a green bin."""
    pen.rectangle((0, 0, WIDE, HIGH), fill=(172, 166, 156))
    pen.polygon([(0, 0), (560, 0), (560, 470), (0, 640)], fill=(206, 190, 164))
    pen.polygon([(560, 0), (WIDE, 0), (WIDE, 600), (560, 470)], fill=(188, 172, 148))
    for course in range(1, 9):
        pen.line((0, course * 74, 560, course * 54), fill=(184, 168, 144), width=3)
        pen.line((560, course * 54, WIDE, course * 68), fill=(168, 152, 130), width=3)
    for step in range(9):
        pen.line((step * 190 - 220, HIGH, 560, 470), fill=(152, 146, 138), width=3)
    pen.line((0, 760, WIDE, 720), fill=(152, 146, 138), width=3)
    pen.rectangle((900, 330, 1120, 640), fill=(52, 110, 74))
    pen.polygon([(880, 330), (1140, 330), (1116, 284), (904, 284)], fill=(64, 132, 90))
    for wheel in (930, 1090):
        pen.ellipse((wheel - 26, 616, wheel + 26, 668), fill=(40, 40, 42))


def _heap(pen: ImageDraw.ImageDraw) -> None:
    """Bags, boxes, bottles and paper, thrown down by a fixed hand."""
    hand = Random(42)  # noqa: S311  a drawing, no secret
    _oval(pen, (520.0, 800.0), 400, (120, 112, 100))
    colours = ((34, 36, 42), (232, 232, 226), (176, 132, 86), (70, 110, 170), (190, 52, 48))
    for _ in range(70):
        x, y = hand.gauss(520, 150), hand.gauss(720, 60)
        size, colour = hand.uniform(22, 62), hand.choice(colours)
        if colour[0] == 176:
            pen.rectangle((x - size, y - size * 0.7, x + size, y + size * 0.7), fill=colour)
            pen.line((x - size, y, x + size, y), fill=(140, 100, 62), width=4)
        else:
            pen.ellipse((x - size, y - size * 0.8, x + size, y + size * 0.8), fill=colour)
            pen.arc(
                (x - size, y - size * 0.8, x + size, y + size * 0.8), 200, 300, (255, 255, 255), 4
            )


def _open_manhole(pen: ImageDraw.ImageDraw) -> None:
    _street(pen)
    _hole(pen)
    _cone(pen, 1010, 760)


def _made_safe(pen: ImageDraw.ImageDraw) -> None:
    _street(pen)
    _hole(pen)
    _barrier(pen)
    _cone(pen, 180, 860, 1.1)
    _cone(pen, 900, 930, 1.2)


def _cover_back(pen: ImageDraw.ImageDraw) -> None:
    _street(pen)
    _cover(pen, (640.0, 700.0), 190)


def _cover_close(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, WIDE, HIGH), fill=(112, 113, 116))
    _cover(pen, (640.0, 480.0), 560)
    pen.rectangle((560, 450, 720, 510), fill=(150, 152, 156))
    for letter in range(3):
        left = 578 + letter * 44
        pen.rectangle((left, 464, left + 30, 496), outline=(84, 86, 90), width=6)


def _litter(pen: ImageDraw.ImageDraw) -> None:
    _yard(pen)
    _heap(pen)


def _clean_close(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, WIDE, HIGH), fill=(178, 172, 162))
    for course in range(0, HIGH, 160):
        pen.line((0, course, WIDE, course - 40), fill=(150, 144, 136), width=5)
        for joint in range((course // 160 % 2) * 130, WIDE, 260):
            pen.line((joint, course, joint + 10, course + 150), fill=(150, 144, 136), width=5)
    pen.polygon([(120, 300), (560, 220), (640, 330), (170, 420)], fill=(186, 152, 74))
    for bristle in range(16):
        pen.line(
            (130 + bristle * 30, 300 - bristle * 5, 170 + bristle * 31, 418 - bristle * 6),
            (150, 116, 50),
            4,
        )
    pen.line((590, 270, 1230, 110), fill=(140, 96, 58), width=26)


def _mud(pen: ImageDraw.ImageDraw) -> None:
    _street(pen)
    hand = Random(7)  # noqa: S311  a drawing, no secret
    for _ in range(120):
        x, size = hand.uniform(-40, WIDE), hand.uniform(12, 60)
        _oval(pen, (x, 800 - x * 0.12 + hand.gauss(0, 50)), size, (112, 82, 52))


def _flood(pen: ImageDraw.ImageDraw) -> None:
    _street(pen)
    for wide, colour in ((620, (92, 104, 116)), (540, (104, 118, 132)), (300, (124, 138, 152))):
        _oval(pen, (600.0, 740.0), wide, colour)


SCENES: Final[dict[View, Callable[[ImageDraw.ImageDraw], None]]] = {
    View.OPEN_MANHOLE: _open_manhole,
    View.MADE_SAFE: _made_safe,
    View.COVER_BACK: _cover_back,
    View.COVER_CLOSE: _cover_close,
    View.LITTER: _litter,
    View.CLEAN_CORNER: _yard,
    View.CLEAN_CLOSE: _clean_close,
    View.MUD_ON_ROAD: _mud,
    View.WASHED_ROAD: _street,
    View.FLOOD: _flood,
}
