"""Tables of what photos look like: their fingerprints in bands, and which look alike."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table

from storage.columns import KEY
from storage.rows.schema import SCHEMA

BANDS: Final = 4
"""Of 16 bits each: of a million photos some fifteen share one band by chance."""

prints: Final = Table(
    "photo_print",
    SCHEMA,
    Column("photo_id", KEY, ForeignKey("photo.id"), primary_key=True, autoincrement=False),
    Column("fingerprint", BigInteger, nullable=False),
    *(Column(f"band{number}", Integer, nullable=False) for number in range(BANDS)),
    Index("ix_photo_print_fingerprint", "fingerprint", "photo_id"),
    *(
        Index(f"ix_photo_print_band{number}", f"band{number}", "fingerprint", "photo_id")
        for number in range(BANDS)
    ),
)

alike: Final = Table(
    "photo_alike",
    SCHEMA,
    Column("photo_id", KEY, ForeignKey("photo.id"), primary_key=True, autoincrement=False),
    Column("earlier_id", KEY, ForeignKey("photo.id"), primary_key=True, autoincrement=False),
    Column("bits", Integer, nullable=False),
    Index("ix_photo_alike_earlier_id", "earlier_id"),
)
