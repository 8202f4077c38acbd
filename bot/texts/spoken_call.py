"""What people type about a call-out: an answer to one, or a whole one in one line; pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.texts.joint import SPOKEN_GROUNDS, SPOKEN_REPLIES, SPOKEN_WHOM
from workflows.joint.call_form import CallForm
from workflows.joint.call_out import Reply
from workflows.joint.kept import Area

GAP: Final = " \t\n,.:;!，。：；！、"
_REPLIES: Final = sorted(
    ((word, reply) for reply, words in SPOKEN_REPLIES.items() for word in words),
    key=lambda pair: -len(pair[0]),
)


def reply_in(text: str) -> tuple[Reply, str] | None:
    """An answer and what follows it: 来 十分钟到; None for anything else.

    The word must stand alone, except 我在, behind which the place follows at once.
    """
    said = text.strip()
    for word, reply in _REPLIES:
        if not said.lower().startswith(word):
            continue
        behind = said[len(word) :]
        if not behind or behind[0] in GAP or word == "我在":
            return reply, behind.strip(GAP)
    return None


def form_in(rest: str, areas: Sequence[Area]) -> CallForm:
    """`/call AREA WHOM REASON SENTENCE`, the first three in any order and each at will.

    `#42` among them names a case. What is not said is asked for.
    """
    found: dict[str, object] = {}
    words = rest.split()
    while words and (part := _part(words[0], areas)) and not part.keys() & found.keys():
        found |= part
        words.pop(0)
    return CallForm.from_json({**found, "sentence": " ".join(words)})


def _part(word: str, areas: Sequence[Area]) -> Mapping[str, object]:
    said = word.lower()
    for area in areas:
        if said in {area.code, area.name.lower()}:
            return {"area": area.code, "area_name": area.name}
    for whom, names in SPOKEN_WHOM.items():
        if said in names:
            return {"whom": str(whom)}
    for ground, names in SPOKEN_GROUNDS.items():
        if said in names:
            return {"ground": ground.value}
    number = said.removeprefix("#")
    if said.startswith("#") and number.isdecimal() and len(number) < 10:
        return {"case_id": int(number)}
    return {}
