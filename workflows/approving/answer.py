"""What is the same wherever a second person has to say yes: the answers, and who is a second."""

from enum import StrEnum

from workflows.people import Person


class Answer(StrEnum):
    """What became of a request."""

    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


def is_same(one: Person, other: Person) -> bool:
    """One person by all we know: the same, or another account under the very same name."""
    return one.id == other.id or _spelt(one.name) == _spelt(other.name)


def _spelt(name: str) -> str:
    return "".join(name.split()).casefold()
