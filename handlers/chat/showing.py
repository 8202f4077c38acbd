"""Pictures, places, contacts and things we cannot use, from somebody we know."""

from dataclasses import replace

from bot.chat import Corrected, GaveContact, Handed, Placed, Showed
from bot.texts.spoken import Spoken
from handlers.chat.acting import act_in_words, meanings_of, understood
from handlers.chat.calling import pointed
from handlers.chat.room import Room
from handlers.chat.talking import TAKERS
from workflows.cases.case import CaseId
from workflows.cases.show_work import Shown
from workflows.hotline.draft import DraftKind
from workflows.notices import NoticeKind
from workflows.people import Actor, Role
from workflows.refusals import Reason, Refused


async def show(room: Room, actor: Actor, showed: Showed) -> None:
    """A picture: of the work from a worker, of the defect from whoever reports. Raises Refused.

    An item of an album goes where the others went, however late it comes.
    """
    assert showed.picture is not None
    meant = understood(actor, showed.caption)
    on = await room.views.case_of_set(actor.id, showed.picture.album)
    looks = actor.person.holds(Role.WORKER) or on is not None
    looks = looks or await _looks_on_site(room, actor, showed)
    if meant is not None and looks:
        await _show_and_act(room, actor, showed, meant, on)
    elif looks:
        shown = Shown((showed.picture,), showed.caption, showed.message)
        await room.flows.show_work(actor, shown, on or await room.case_meant(showed))
    elif actor.person.holds(*TAKERS):
        await room.flows.take_down.picture(actor, showed.picture, showed.caption)
    else:
        raise Refused(Reason.PHOTO_NOT_NEEDED)


async def _looks_on_site(room: Room, actor: Actor, showed: Showed) -> bool:
    """A collector with a look to do, who is not writing a report of their own."""
    about = await room.case_meant(showed)
    tasks = [c.id for c in await room.views.tasks(actor.person) if c.checker == actor.id]
    if about is not None or not tasks:
        return about in tasks
    form = await room.views.open_draft(actor.id)
    return form is None or form.kind is not DraftKind.INTAKE


async def place(room: Room, actor: Actor, placed: Placed) -> None:
    """A point on the map belongs to the form that is open; we keep no tracks of workers."""
    if await pointed(room, actor, placed):
        return
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


async def correct(room: Room, actor: Actor, corrected: Corrected) -> None:
    """A note follows while its work is not handed in; anything else must be said anew.

    A caption never follows: what came with a photo stays as it was recorded.
    """
    follows = not corrected.of_picture
    if follows and await room.flows.correct_note(actor, corrected.message, corrected.text):
        return
    await room.flows.reply(actor, NoticeKind.SAID, data={"what": "correction_not_taken"})


async def _show_and_act(
    room: Room, actor: Actor, showed: Showed, meant: Spoken, on: CaseId | None
) -> None:
    """A caption that names an act: done once the picture is safe, with all others of its album.

    Where it is not clear which case is meant the picture is kept and the worker is asked.
    """
    assert showed.picture is not None
    shown, in_set = Shown((showed.picture,), "", showed.message), bool(showed.picture.album)
    number = CaseId(meant.number) if meant.number is not None else on
    number = number or await room.case_meant(showed)
    found = await meanings_of(room, actor, meant, number)
    case_id, action = found[0] if len(found) == 1 else (number, None)
    if in_set and not showed.set_closed:
        await room.flows.show_work(actor, shown, case_id, set_is_open=True)
    elif action is None or case_id is None:
        await room.flows.show_work(actor, shown, number)
    else:
        if not in_set:
            await room.flows.show_work(replace(actor, cause=None), shown, case_id)
        await act_in_words(room, actor, case_id, action, meant)
