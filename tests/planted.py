"""A caller's contact planted wherever words can be typed, and every place where none may be read.

The number stands there as people spell it to get past a filter, the name and the address as they
are. What an older version could have stored plain is no matter here: these words are typed today.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows.schema import SCHEMA
from workflows.cases.case import Case

NAME: Final = "上官婉清"
HOME: Final = "虹梅路100弄5号302室"
PHONE: Final = "13912340021"
IDENTITY: Final = "11010519491231002X"
SPELT: Final = (
    PHONE,
    "139 1234 0021",
    "139-1234-0021",
    "１３９１２３４００２１",
    "+86 13912340021",
    "一三九一二三四零零二一",
    "①③⑨①②③④⓪⓪②①",
)
OTHERS: Final = ("13812345678", "6234 5678", "021-6234 5678", IDENTITY)
PLANTED: Final = (NAME, HOME, *SPELT, *OTHERS, "13912340021", "62345678")

SENTENCES: Final = tuple(f"找{NAME}，{HOME}，电话{number}" for number in (*SPELT, *OTHERS))
"""What somebody types as a note, a reason, a reply, an answer: all of it at once."""

NUMBERS: Final = tuple(f"请打电话{number}" for number in (*SPELT, *OTHERS))
"""The same where nobody called, so that nobody can know whose name it would be."""


def typed_about(case: Case | None) -> tuple[str, ...]:
    return SENTENCES if case is not None and case.order is not None else NUMBERS


def found_in(text: str) -> list[str]:
    """What of a contact can be read there, as it is or as JSON escapes it."""
    return [each for each in PLANTED if each in text or json.dumps(each)[1:-1] in text]


def bytes_of(file: Path) -> str:
    """A file as somebody reads it who has stolen the disk."""
    return file.read_bytes().decode("utf-8", "ignore")


async def rows_of_all_tables(connection: AsyncConnection) -> Iterator[tuple[str, str]]:
    """Every column of every row of every table, with the table's name."""
    lines = []
    for table in SCHEMA.sorted_tables:
        lines += [(table.name, str(tuple(row))) for row in await connection.execute(select(table))]
    return iter(lines)
