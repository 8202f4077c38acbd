"""Words from somebody we know: a command, an answer, an act, a complaint, or a note."""

from typing import Final

from bot.chat import Said
from bot.commands import command_of
from bot.texts.spoken import photo_taken_back
from handlers.chat.acting import act_in_words, meaning_of, understood
from handlers.chat.anyone import COMMANDS
from handlers.chat.approving import put_together as _exported
from handlers.chat.approving import spoken as _spoken_of_export
from handlers.chat.auditing import asked as _audited
from handlers.chat.calling import answered as _called
from handlers.chat.calling import written as _written
from handlers.chat.room import Room
from handlers.chat.rostering import arranged as _arranged
from handlers.chat.rostering import spoken as _spoken_of_duty
from handlers.chat.switching import wished as _wished
from workflows.cases.case import CaseId
from workflows.cases.find import awaits_search
from workflows.cases.lifecycle import REPORTERS
from workflows.cases.questions import takes_words
from workflows.cases.show_work import Shown
from workflows.people import Actor, Role
from workflows.refusals import Reason, Refused

TAKERS: Final = REPORTERS


async def say(room: Room, actor: Actor, said: Said) -> None:
    """Whoever can make sense of the words first, in this order. Raises Refused."""
    for heard in HEARD:
        if await heard(room, actor, said):
            return
    raise Refused(Reason.UNKNOWN_WORDS)


async def _forwarded(room: Room, actor: Actor, said: Said) -> bool:
    """Somebody else's words, passed on by whoever takes complaints down."""
    takes = said.forwarded_from is not None and actor.person.holds(*TAKERS)
    if takes:
        await room.flows.take_down.words(actor, said.text.strip(), said.forwarded_from)
    return takes


async def _commanded(room: Room, actor: Actor, said: Said) -> bool:
    """A slash command, or a word of the keyboard below the chat. Raises Refused."""
    text = said.text.strip()
    name, _, rest = text[1:].partition(" ") if text.startswith("/") else ("", "", "")
    word = command_of(text, tuple(room.speech.tongues.values()))
    command = COMMANDS.get(word or name.partition("@")[0].lower())
    if command is not None:
        await command(room, actor, rest)
    elif name:
        raise Refused(Reason.UNKNOWN_WORDS)
    return command is not None


async def _took_photo_back(room: Room, actor: Actor, said: Said) -> bool:
    """A photo that was sent by mistake. Raises Refused."""
    number = photo_taken_back(said.text)
    if number is None or not actor.person.holds(Role.WORKER, Role.COLLECTOR):
        return False
    case_id = CaseId(number) if number else await room.case_meant(said)
    await room.flows.take_back_photo(actor, said.about, case_id)
    return True


async def _answered(room: Room, actor: Actor, said: Said) -> bool:
    """What an open question waits for; an act on a numbered case is none. Raises Refused."""
    meant = understood(actor, said.text)
    if meant is not None and meant.number is not None and not meant.rest:
        return False
    question = await room.views.open_draft(actor.id)
    if question is None or not takes_words(question, room.flows.now()):
        return False
    await room.flows.answer.in_words(actor, question, said.text)
    return True


async def _acted(room: Room, actor: Actor, said: Said) -> bool:
    """An act of the law in words, on the case that is named, answered to, or alone fits."""
    meant = understood(actor, said.text)
    if meant is None:
        return False
    number = CaseId(meant.number) if meant.number is not None else await room.case_meant(said)
    case_id, action = await meaning_of(room, actor, meant, number)
    await act_in_words(room, actor, case_id, action, meant)
    return True


async def _searched(room: Room, actor: Actor, said: Said) -> bool:
    """What an empty /find still waits for."""
    draft = await room.views.open_draft(actor.id)
    awaited = awaits_search(draft, said.text.strip(), room.flows.now())
    if awaited and draft is not None:
        await room.flows.find.answer(actor, draft, said.text)
    return awaited


async def _complained(room: Room, actor: Actor, said: Said) -> bool:
    """What a caller said, or what the form waits for. Raises Refused."""
    takes = actor.person.holds(*TAKERS)
    if takes:
        await room.flows.take_down.words(actor, said.text.strip())
    return takes


async def _noted(room: Room, actor: Actor, said: Said) -> bool:
    """What a worker says of the work. Raises Refused."""
    works = actor.person.holds(Role.WORKER)
    if works:
        shown = Shown(words=said.text.strip(), message=said.message)
        await room.flows.show_work(actor, shown, await room.case_meant(said))
    return works


HEARD: Final = (
    _forwarded,
    _commanded,
    _spoken_of_duty,
    _audited,
    _spoken_of_export,
    _written,
    _wished,
    _exported,
    _arranged,
    _took_photo_back,
    _answered,
    _called,
    _acted,
    _searched,
    _complained,
    _noted,
)
"""Whoever could make sense of words, in the order in which they are asked."""
