"""Area codes in questions: an area contains every area whose code begins with its own."""

from sqlalchemy import ColumnElement, and_, func, or_, true

from workflows.people import DISTRICT_CODE_LENGTH, AreaCode


def containing(area: AreaCode) -> list[str]:
    """The codes of all areas that may contain this one, itself and everywhere included."""
    return [area[:length] for length in range(len(area) + 1)]


def inside(column: ColumnElement[str], area: AreaCode) -> ColumnElement[bool]:
    """Whether the column's area lies in this one; places outside every grid lie in districts."""
    if not area:
        return true()
    after = area[:-1] + chr(ord(area[-1]) + 1)
    within = and_(column >= area, column < after)
    holds_a_district = len(area) <= DISTRICT_CODE_LENGTH
    return or_(within, column.is_(None)) if holds_a_district else within


def covers(column: ColumnElement[str], area: AreaCode | None) -> ColumnElement[bool]:
    """Whether the column's area contains this one, as `Post.covers` says it."""
    if area is None:
        return func.length(column) <= DISTRICT_CODE_LENGTH
    return column.in_(containing(area))
