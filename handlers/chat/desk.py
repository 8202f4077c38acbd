"""The door to every chat: who is it, what did they do, and a clear answer if it cannot be."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.chat import (
    Corrected,
    GaveContact,
    Gesture,
    Handed,
    Joined,
    Left,
    Placed,
    Pressed,
    Said,
    Showed,
)
from bot.i18n import Tongue
from bot.painter import refusal
from bot.veil import Veil
from handlers.chat.anyone import help_me, open_case
from handlers.chat.auditing import number_in
from handlers.chat.pressing import press
from handlers.chat.room import Room, acting
from handlers.chat.showing import correct, give_contact, hand, place, show
from handlers.chat.talking import say
from workflows.figures import Count
from workflows.notices import NoticeKind
from workflows.people import Actor, Person
from workflows.privacy.access import DENIED
from workflows.refusals import Reason, Refused

HEARD: Final[dict[type[Gesture], Callable[[Room, Actor, Any], Awaitable[None]]]] = {
    Said: say,
    Showed: show,
    Placed: place,
    GaveContact: give_contact,
    Handed: hand,
    Corrected: correct,
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Hears every gesture. The only place where a refusal becomes words."""

    room: Room

    async def hear(self, gesture: Gesture) -> None:
        """Every gesture ends in exactly one settled update: an act, an answer or a refusal."""
        person = await self.room.doorbell.person_at(gesture.address)
        if isinstance(gesture, Left):
            await self._at_the_door(gesture)
        elif person is None or not person.active:
            await self._stranger(gesture, person)
        else:
            await self._known(gesture, acting(person, gesture))

    async def _known(self, gesture: Gesture, actor: Actor) -> None:
        """Whoever writes to us can be written to, even if nobody told us that they are back."""
        await self.room.doorbell.came_back(gesture.address)
        words, refused = "", None
        try:
            words = await self._meaning(gesture, actor)
        except Refused as no:
            refused = no
            await self._note(actor, gesture, no)
        if isinstance(gesture, Pressed):
            await self._answer_press(gesture, actor, words, refused)
        elif refused is not None:
            data = {"reason": refused.reason, "data": refused.data}
            once = str(refused.data.get("once", "")) or _once_a_set(gesture, refused)
            await self.room.flows.reply(actor, NoticeKind.REFUSED, data=data, once=once)

    async def _meaning(self, gesture: Gesture, actor: Actor) -> str:
        """What came of it, in the words of a toast where there is one. Raises Refused."""
        if isinstance(gesture, Pressed):
            return await press(self.room, actor, gesture)
        if isinstance(gesture, Joined):
            await self._came_in(gesture, actor)
        else:
            await HEARD[type(gesture)](self.room, actor, gesture)
        return ""

    async def _answer_press(
        self, gesture: Pressed, actor: Actor, words: str, refused: Refused | None
    ) -> None:
        """The toast is the answer to a refused press, so it must be dismissed by hand."""
        if refused is not None:
            words = self._words(gesture, refused, self.room.tongue(actor.person))
            await self.room.flows.reply.nothing(actor.cause)
        await self.room.toast(gesture, words, urgent=refused is not None)

    async def _note(self, actor: Actor | None, gesture: Gesture, no: Refused) -> None:
        """Counted; a try at what is not theirs stands in the log that nobody can edit."""
        self.room.figures.count(Count.REFUSALS, no.reason)
        if actor is not None and no.reason in DENIED:
            case_id = await self.room.case_meant(gesture)
            await self.room.flows.note_access.refused(actor, no, case_id)

    def _words(self, gesture: Gesture, no: Refused, tongue: Tongue) -> str:
        """For a toast, which is a message too: it quotes only what its transport may carry."""
        shown = Veil(self.room.loads(gesture.address.transport)).refusal(no)
        return refusal(shown, tongue, self.room.flows.book, self.room.flows.now())

    async def _came_in(self, joined: Joined, actor: Actor) -> None:
        """Start again: a link to a case opens it; a used invitation is said to be one."""
        if joined.payload.startswith("c") and joined.payload[1:].isdecimal():
            await open_case(self.room, actor, number_in(joined.payload[1:]))
        elif joined.payload:
            await self._accept(joined)
        else:
            await help_me(self.room, actor, "")

    async def _stranger(self, gesture: Gesture, person: Person | None) -> None:
        """Somebody we do not know, or no longer: an invitation lets them in, nothing else does."""
        refused = Refused(Reason.STRANGER if person is None else Reason.DISMISSED)
        if isinstance(gesture, Joined) and gesture.payload and person is None:
            try:
                return await self._accept(gesture)
            except Refused as no:
                refused = no
        await self._note(acting(person, gesture) if person else None, gesture, refused)
        data = {"language": gesture.language, "reason": refused.reason, "data": refused.data}
        reply = self.room.flows.reply
        await reply.to_stranger(gesture.address, NoticeKind.STRANGER, gesture.cause, data)
        if isinstance(gesture, Pressed):
            words = self._words(gesture, refused, self.room.speech.in_(gesture.language))
            await self.room.toast(gesture, words, urgent=True)
        return None

    async def _accept(self, joined: Joined) -> None:
        await self.room.flows.accept_invite(
            joined.address, joined.payload, private=joined.private, cause=joined.cause
        )

    async def _at_the_door(self, left: Left) -> None:
        if left.back:
            await self.room.doorbell.came_back(left.address)
        else:
            await self.room.doorbell.left(left.address)
            await self._hand_over(left)
        await self.room.flows.reply.nothing(left.cause)

    async def _hand_over(self, left: Left) -> None:
        """What a worker has left behind must not wait for its deadline."""
        person = await self.room.doorbell.person_at(left.address)
        if person is None:
            return
        for case in await self.room.views.tasks(person):
            await self.room.flows.lost_contact(case.id, person.id)


def _once_a_set(gesture: Gesture, no: Refused) -> str:
    """What is true of several pictures of one album is said once."""
    shown = gesture.picture if isinstance(gesture, Showed) else None
    return f"{no.reason}:{shown.album}" if shown is not None and shown.album else ""
