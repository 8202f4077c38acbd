"""What an auditor asks in a chat: the trail of a case, looks at callers' numbers."""

from collections.abc import Mapping
from typing import Any, Final

from bot.chat import Said
from bot.sheet import Touch
from bot.texts.trail import SPOKEN_LOOKS, SPOKEN_TRAIL
from handlers.chat.room import Room
from workflows.cases.case import CaseId
from workflows.people import Actor, PersonId
from workflows.privacy.audits import Leaf
from workflows.privacy.scopes import Thing, has
from workflows.refusals import Reason, Refused


async def trail(room: Room, actor: Actor, rest: str) -> None:
    """`/trail 42`: every line of the case. Raises Refused."""
    await room.flows.audit.trail(actor, number_in(rest))


async def looks(room: Room, actor: Actor, rest: str) -> None:
    """`/looks`, or `/looks NAME` for one person's lines. Raises Refused."""
    if rest.strip():
        await room.flows.audit.looks_named(actor, rest.strip())
    else:
        await room.flows.audit.looks(actor)


async def asked(room: Room, actor: Actor, said: Said) -> bool:
    """轨迹 42, 看号记录, with whatever is typed behind it; only auditors mean these words so."""
    if not has(Thing.TRAIL, actor.person):
        return False
    first, _, rest = said.text.strip().partition(" ")
    for words, command in ((SPOKEN_TRAIL, trail), (SPOKEN_LOOKS, looks)):
        if first.lower() in words:
            await command(room, actor, rest)
            return True
    return False


async def touch_trail(room: Room, actor: Actor, args: Mapping[str, Any]) -> None:
    """A page turned, which is a reading of its own. Raises Refused."""
    number, leaf = CaseId(int(args["case"])), Leaf.from_json(args)
    await room.flows.audit.trail(actor, number, leaf, fresh=leaf == Leaf())


async def touch_looks(room: Room, actor: Actor, args: Mapping[str, Any]) -> None:
    """A person chosen, or a page turned. Raises Refused."""
    of = PersonId(int(args["of"])) if "of" in args else None
    await room.flows.audit.looks(actor, of, Leaf.from_json(args), fresh=False)


def number_in(rest: str) -> CaseId:
    """The case number somebody typed after a command. Raises Refused(NO_SUCH_CASE)."""
    digits = rest.strip().lstrip("#").strip()
    if not digits.isdecimal() or len(digits) > 12:
        raise Refused(Reason.NO_SUCH_CASE, case_id=digits[:20])
    return CaseId(int(digits))


COMMANDS: Final = {"trail": trail, "looks": looks}
AUDIT_TOUCHES: Final = {Touch.TRAIL: touch_trail, Touch.LOOKS: touch_looks}
