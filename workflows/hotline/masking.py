"""A number as others may see it."""

from typing import Final

SHORTEST_MOBILE: Final = 11


def mask(phone: str) -> str:
    """138****1234: enough to recognise, too little to call (domain.md 6)."""
    digits = "".join(character for character in phone if character.isdigit())
    if len(digits) < SHORTEST_MOBILE:
        return (
            "*" * max(len(digits) - 3, 0) + digits[-3:] if len(digits) > 5 else "*" * len(digits)
        )
    return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"
