"""`run.py demo --tour`: the story of one day, played on the phones and printed as a transcript."""

from typing import TextIO

from handlers.terminal.demo import OpenDemo


async def tour_command(open_demo: OpenDemo, out: TextIO) -> int:
    """0 if every step was seen on the phones, else 1."""
    raise NotImplementedError
