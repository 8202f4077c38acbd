"""Who called, as an operator types it in one line: a name, a number, an address."""

import re
from dataclasses import replace
from typing import Final

from workflows.hotline.intake import Field, Intake
from workflows.hotline.scanning import numbers_in
from workflows.ports import Caller

LONGEST_NAME: Final = 40
LONGEST_ADDRESS: Final = 120


def caller_in(intake: Intake) -> Caller:
    """Who waits for an answer, as the form says."""
    return Caller(
        intake.caller_name, intake.phone, address=intake.caller_address, hidden=intake.hidden
    )


def called(intake: Intake, name: str, phone: str) -> Intake:
    """The form with somebody who waits for an answer."""
    return replace(
        intake,
        caller_name=name.strip()[:LONGEST_NAME],
        phone=phone,
        caller_known=True,
        nobody_waits=False,
        awaiting="" if intake.awaiting == Field.CALLER else intake.awaiting,
    )


def beside(text: str, phone: str) -> tuple[str, str]:
    """Name and address in a line like 王女士 13812345678 虹梅路100弄5号, the number taken out.

    A word with a digit in it, or after one that has, belongs to an address.
    """
    if not phone:
        return text, ""
    for each in reversed(numbers_in(text)):
        text = f"{text[: each.start]} {text[each.end :]}"
    words = [word for word in re.split(r"[\s,，;；+]+", text) if word.strip("-")]
    first = next((n for n, word in enumerate(words) if any(map(str.isdigit, word))), len(words))
    if words and first == 0 and len(words) > 1:
        return words[-1][:LONGEST_NAME], " ".join(words[:-1])[:LONGEST_ADDRESS]
    return "".join(words[:first]), " ".join(words[first:])[:LONGEST_ADDRESS]
