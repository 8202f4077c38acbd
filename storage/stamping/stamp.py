"""Puts lines of words below a picture: whose case, when, where, and whose work it is."""

import io
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from math import ceil
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

FONT: Final = Path(__file__).with_name("NotoSansCJKsc-GB2312.otf")
"""Noto Sans CJK SC, cut down to GB 2312 and ASCII; its licence is OFL.txt beside it."""
LETTERS_ACROSS: Final = 36
"""Chinese characters of one line on a picture that is wider than high."""
SMALLEST, LARGEST = 11, 48
"""Pixels of a letter: legible on the smallest picture, calm on the largest."""
LINES_MOST: Final = 6
QUALITY: Final = 88
INK, PAPER = "white", (24, 24, 24)


def stamped(jpeg: bytes, lines: Sequence[str]) -> bytes:
    """The same picture with a strip of these lines below it: nothing of it is hidden.

    Lines that are too long are broken, what is more than six of them is left away. Without
    lines, the very same bytes. Raises OSError for bytes that are no picture.
    """
    if not lines:
        return jpeg
    picture = Image.open(io.BytesIO(jpeg)).convert("RGB")
    size = min(LARGEST, max(SMALLEST, picture.width // LETTERS_ACROSS))
    font, edge = _font(size), size // 2
    broken = (part for line in lines for part in _broken(line, font, picture.width - 2 * edge))
    shown, step = list(islice(broken, LINES_MOST)), size * 4 // 3
    high = picture.height + 2 * edge + step * len(shown)
    made = Image.new("RGB", (picture.width, high), PAPER)
    made.paste(picture)
    pen = ImageDraw.Draw(made)
    for place, line in enumerate(shown):
        pen.text((edge, picture.height + edge + place * step), line, fill=INK, font=font)
    written = io.BytesIO()
    made.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.BASIC)


def _length_of(line: str, font: ImageFont.FreeTypeFont) -> Callable[[int], int]:
    """How long so many letters of a line are, in pixels: never less for one letter more."""
    return lambda letters: ceil(font.getlength(line[:letters]))


def _broken(line: str, font: ImageFont.FreeTypeFont, wide: int) -> Iterator[str]:
    """Parts that fit, at least one letter each: Chinese may be broken anywhere."""
    rest = line.strip()
    while rest:
        lengths = range(1, len(rest) + 1)
        fits = max(1, bisect_right(lengths, wide, key=_length_of(rest, font)))
        yield rest[:fits]
        rest = rest[fits:].lstrip()
