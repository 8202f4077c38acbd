"""Tables of places and of who does what there: grids, landmarks, agencies, the catalogue."""

from typing import Final

from sqlalchemy import Column, Float, Index, Table, Text

from storage.columns import BODY, CODE, KEY, Instant, Words
from storage.rows.schema import SCHEMA

grids: Final = Table(
    "grid",
    SCHEMA,
    Column("code", CODE, primary_key=True),
    Column("name", Words, nullable=False),
    Column("street", Words, nullable=False),
    Column("aliases", BODY, nullable=False),
    Column("geometry", Text, nullable=False),
    Column("west", Float, nullable=False),
    Column("south", Float, nullable=False),
    Column("east", Float, nullable=False),
    Column("north", Float, nullable=False),
)

landmarks: Final = Table(
    "landmark",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("name", Words, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Index("uq_landmark_name", "name", unique=True),
)

agencies: Final = Table(
    "agency",
    SCHEMA,
    Column("code", CODE, primary_key=True),
    Column("kind", CODE, nullable=False),
    Column("name", Words, nullable=False),
    Column("name_en", Words, nullable=False),
    Column("area", CODE, nullable=False),
    Index("ix_agency_kind_area", "kind", "area"),
)

catalogue: Final = Table(
    "catalogue_row",
    SCHEMA,
    Column("class_code", CODE, primary_key=True),
    Column("area", CODE, primary_key=True),
    Column("agency", CODE, primary_key=True),
    Column("valid_from", Instant, primary_key=True),
)
