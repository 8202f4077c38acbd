"""Column types that mean the same on both databases: instants, codes, and what people typed."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

KEY: Final = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database gives out; SQLite counts only plain integers by itself."""

CODE: Final = String(64).with_variant(String(64, collation="C"), "postgresql")
"""A code whose prefix has a meaning, so it sorts by its characters and by no language's rules."""

BODY: Final = JSON(none_as_null=True)

LONGEST_INSTANT: Final = 32


class Instant(TypeDecorator[datetime]):
    """An aware instant, UTC in and out; on SQLite as ISO text of fixed width, which sorts.

    Raises ValueError for a time without a zone.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(LONGEST_INSTANT))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no zone")
        utc = value.astimezone(UTC)
        return utc.isoformat(timespec="microseconds") if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return datetime.fromisoformat(value)
        stored: datetime = value
        return stored.astimezone(UTC)


class Words(TypeDecorator[str]):
    """What people typed, without what no database can hold: NUL and halves of a character."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's signature
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """Replace lone surrogates and drop NUL; everything else stays as it was typed."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def canonical(value: Any) -> str:
    """One spelling for equal JSON: sorted keys, no spaces, readable Chinese where it can be."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text
