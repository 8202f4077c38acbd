"""What all tables share: their registry, the names of their constraints, and a lease's columns."""

from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Integer, MetaData, String, literal_column, text

from storage.columns import Instant

SCHEMA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def lease_columns() -> tuple[Column[Any], ...]:
    """Who holds a row, under which fence, until when, how often it was taken, not before when."""
    return (
        Column("owner", String(64)),
        Column("fence", Integer, nullable=False, server_default=text("0")),
        Column("lease_until", Instant),
        Column("attempts", Integer, nullable=False, server_default=text("0")),
        Column("not_before", Instant),
    )


def fixed(state: str) -> ColumnElement[str]:
    """A state written into the statement, as an index over some states only needs to see it."""
    return literal_column(f"'{state}'")
