"""Words, pictures, places and contacts from somebody we know."""

from dataclasses import replace

from bot.chat import Corrected, GaveContact, Handed, Placed, Said, Showed
from bot.commands import command_of
from bot.texts.spoken import Spoken
from handlers.chat.acting import act_in_words, meaning_of, meanings_of, understood
from handlers.chat.anyone import COMMANDS
from handlers.chat.room import Room
from workflows.cases.ask import takes_words
from workflows.cases.case import CaseId
from workflows.cases.show_work import Shown
from workflows.notices import NoticeKind
from workflows.people import Actor, Role
from workflows.refusals import Reason, Refused

TAKERS = (Role.OPERATOR, Role.COLLECTOR)


async def say(room: Room, actor: Actor, said: Said) -> None:
    """A command, an answer, an action in words, a complaint, or a note. Raises Refused."""
    text = said.text.strip()
    if said.forwarded_from is not None and actor.person.holds(*TAKERS):
        await room.flows.take_down.words(actor, text, said.forwarded_from)
        return
    if text.startswith("/"):
        await _command(room, actor, text)
        return
    if command := command_of(text, tuple(room.speech.tongues.values())):
        await COMMANDS[command](room, actor, "")
        return
    question = await room.views.open_draft(actor.id)
    if question is not None and takes_words(question, room.flows.now()):
        await room.flows.answer(actor, question, {"reason": text})
        return
    meant = understood(actor, text)
    if meant is not None:
        await _act(room, actor, said, meant)
    elif actor.person.holds(*TAKERS):
        await room.flows.take_down.words(actor, text)
    elif actor.person.holds(Role.WORKER):
        case_id = await room.case_meant(said)
        await room.flows.show_work(actor, Shown(words=text, message=said.message), case_id)
    else:
        raise Refused(Reason.UNKNOWN_WORDS)


async def show(room: Room, actor: Actor, showed: Showed) -> None:
    """A picture: of the defect from whoever reports, of the work from a worker. Raises Refused."""
    assert showed.picture is not None
    if actor.person.holds(Role.WORKER):
        await _show_work(room, actor, showed)
    elif actor.person.holds(*TAKERS):
        await room.flows.take_down.picture(actor, showed.picture, showed.caption)
    else:
        raise Refused(Reason.PHOTO_NOT_NEEDED)


async def place(room: Room, actor: Actor, placed: Placed) -> None:
    """A point on the map belongs to the form that is open; we keep no tracks of workers."""
    if not actor.person.holds(*TAKERS):
        await room.flows.reply(actor, NoticeKind.SAID, data={"what": "place_not_needed"})
        return
    await room.flows.take_down.point(actor, placed.point, placed.title)


async def give_contact(room: Room, actor: Actor, gave: GaveContact) -> None:
    """Raises Refused."""
    if not actor.person.holds(*TAKERS):
        raise Refused(Reason.UNKNOWN_WORDS)
    await room.flows.take_down.caller(actor, gave.name_given, gave.phone)


async def hand(_room: Room, _actor: Actor, handed: Handed) -> None:
    """A voice, a sticker, a file that is no picture. Raises Refused(NOT_A_PICTURE)."""
    raise Refused(Reason.NOT_A_PICTURE, kind=handed.kind)


async def correct(room: Room, actor: Actor, _: Corrected) -> None:
    """What was recorded stays as it was said; a correction must be said anew."""
    await room.flows.reply(actor, NoticeKind.SAID, data={"what": "correction_not_taken"})


async def _show_work(room: Room, actor: Actor, showed: Showed) -> None:
    """A caption that names an act is done once the picture is safe; any other is the note.

    Where it is not clear which case is meant the picture is kept and the worker is asked.
    """
    assert showed.picture is not None
    case_id = await room.case_meant(showed)
    meant = understood(actor, showed.caption)
    if meant is None:
        shown = Shown((showed.picture,), showed.caption, showed.message)
        await room.flows.show_work(actor, shown, case_id)
        return
    shown = Shown((showed.picture,), "", showed.message)
    number = CaseId(meant.number) if meant.number is not None else case_id
    found = await meanings_of(room, actor, meant, number)
    if len(found) != 1:
        await room.flows.show_work(actor, shown, number)
        return
    case_id, action = found[0]
    await room.flows.show_work(replace(actor, cause=None), shown, case_id)
    await act_in_words(room, actor, case_id, action, meant)


async def _act(room: Room, actor: Actor, said: Said, meant: Spoken) -> None:
    number = CaseId(meant.number) if meant.number is not None else await room.case_meant(said)
    case_id, action = await meaning_of(room, actor, meant, number)
    await act_in_words(room, actor, case_id, action, meant)


async def _command(room: Room, actor: Actor, text: str) -> None:
    name, _, rest = text[1:].partition(" ")
    command = COMMANDS.get(name.partition("@")[0].lower())
    if command is None:
        raise Refused(Reason.UNKNOWN_WORDS)
    await command(room, actor, rest)
