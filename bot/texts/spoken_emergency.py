"""What an administrator types to ask for an emergency in one line; pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from workflows.emergency.form import EmergencyForm
from workflows.emergency.mode import Mode
from workflows.joint.kept import Area

HOURS: Final = ("小时", "hours", "hour", "h")


def form_in(rest: str, modes: Iterable[Mode], streets: Sequence[Area]) -> EmergencyForm:
    """`/emergency MODE AREA HOURS REASON`, the first three in any order and each at will.

    An area is a street's name or any code of digits; what is not said is asked for.
    """
    found: dict[str, object] = {}
    words, known = rest.split(), tuple(modes)
    while words and (part := _part(words[0], known, streets)) and not part.keys() & found.keys():
        found |= part
        words.pop(0)
    return EmergencyForm.from_json({**found, "reason": " ".join(words)})


def _part(word: str, modes: Iterable[Mode], streets: Sequence[Area]) -> Mapping[str, object]:
    said = word.lower()
    for mode in modes:
        if said in {mode.key.lower(), mode.zh.lower(), mode.en.lower()}:
            return {"mode": mode.key}
    for street in streets:
        if said == street.name.lower():
            return {"area": street.code}
    number = said
    for unit in HOURS:
        number = number.removesuffix(unit)
    if not number.isdecimal() or not number.isascii():
        return {}
    if len(number) < 5:
        return {"hours": int(number)}
    return {"area": said} if number == said else {}
