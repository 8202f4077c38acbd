"""What people ask, by command or by plain words: help, lists, a case, why, language, me."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from bot.commands import state_of
from handlers.chat.approving import COMMANDS as APPROVING_COMMANDS
from handlers.chat.auditing import COMMANDS as AUDIT_COMMANDS
from handlers.chat.auditing import number_in
from handlers.chat.calling import call
from handlers.chat.room import Room
from handlers.chat.rostering import COMMANDS as ROSTER_COMMANDS
from handlers.chat.switching import emergency
from workflows.cases.case import CaseId
from workflows.cases.machine import may_see
from workflows.hotline.synonyms import SUBJECT
from workflows.lists import ListKind
from workflows.notices import NoticeKind, case_subject
from workflows.people import Actor, AgencyCode, AreaCode, Post, Role
from workflows.privacy.scopes import Thing, must_have
from workflows.refusals import Reason, Refused

LANGUAGES: Final = frozenset({"zh", "en"})
Command = Callable[[Room, Actor, str], Awaitable[None]]


async def help_me(room: Room, actor: Actor, _: str) -> None:
    await room.flows.reply(actor, NoticeKind.HELP)


async def tasks(room: Room, actor: Actor, _: str) -> None:
    await turn_page(room, actor, {"list": ListKind.TASKS}, fresh=True)


async def orders(room: Room, actor: Actor, _: str) -> None:
    """Raises Refused."""
    await turn_page(room, actor, {"list": ListKind.ORDERS}, fresh=True)


async def board(room: Room, actor: Actor, rest: str) -> None:
    """`/board`, or `/board STATE` in the words of its buttons. Raises Refused."""
    args: dict[str, str] = {"list": ListKind.BOARD}
    if rest.strip():
        state = state_of(rest, tuple(room.speech.tongues.values()))
        if state is None:
            raise Refused(Reason.NO_SUCH_STATE, state=rest.strip()[:20])
        args["state"] = state
    await turn_page(room, actor, args, fresh=True)


async def supervised(room: Room, actor: Actor, _: str) -> None:
    """Raises Refused."""
    await turn_page(room, actor, {"list": ListKind.SUPERVISED}, fresh=True)


async def find(room: Room, actor: Actor, rest: str) -> None:
    """`/find WORDS`; without words the next thing that is typed. Raises Refused."""
    if rest.strip():
        await room.flows.find(actor, rest)
    else:
        await room.flows.find.ask(actor)


async def case(room: Room, actor: Actor, rest: str) -> None:
    await open_case(room, actor, number_in(rest))


async def why_command(room: Room, actor: Actor, rest: str) -> None:
    await why(room, actor, number_in(rest))


async def compare_command(room: Room, actor: Actor, rest: str) -> None:
    await compare(room, actor, number_in(rest))


async def reviews(room: Room, actor: Actor, _: str) -> None:
    """Work to be judged, what is worth a second look first. Raises Refused."""
    await turn_page(room, actor, {"list": ListKind.REVIEWS}, fresh=True)


async def language(room: Room, actor: Actor, rest: str) -> None:
    if rest.strip():
        await choose_language(room, actor, rest.strip().lower())
    else:
        await room.flows.reply(actor, NoticeKind.LANGUAGES, subject="languages")


async def me(room: Room, actor: Actor, _: str) -> None:
    await room.flows.reply(actor, NoticeKind.ME)


async def suspended(room: Room, actor: Actor, _: str) -> None:
    """Work that rests, for whoever answers for it. Raises Refused(NOT_YOURS)."""
    must_have(Thing.RESTING, actor)
    await room.flows.reply(actor, NoticeKind.SUSPENDED, subject="suspended")


async def new(room: Room, actor: Actor, _: str) -> None:
    await room.flows.take_down.start(actor)


async def invite(room: Room, actor: Actor, rest: str) -> None:
    """`/invite NAME ROLE AREA [AGENCY]`; the link comes back once, in this chat."""
    words = rest.split()
    if len(words) not in {3, 4} or words[1] not in set(Role) - {Role.SYSTEM}:
        raise Refused(Reason.BAD_INVITE_FORM, roles=sorted(set(Role) - {Role.SYSTEM}))
    name, role, area, *agency = words
    post = Post(Role(role), AreaCode(area), AgencyCode(agency[0]) if agency else None)
    await room.flows.invite(actor, name, (post,))


async def synonyms(room: Room, actor: Actor, _: str) -> None:
    await list_synonyms(room, actor, page=0, fresh=True)


COMMANDS: Final[dict[str, Command]] = {
    "start": help_me,
    "help": help_me,
    "tasks": tasks,
    "board": board,
    "orders": orders,
    "supervised": supervised,
    "find": find,
    "case": case,
    "why": why_command,
    "compare": compare_command,
    "reviews": reviews,
    "lang": language,
    "me": me,
    "suspended": suspended,
    "new": new,
    "call": call,
    "emergency": emergency,
    "synonyms": synonyms,
    "invite": invite,
    **ROSTER_COMMANDS,
    **AUDIT_COMMANDS,
    **APPROVING_COMMANDS,
}


LISTS_OF: Final = {
    ListKind.BOARD: Thing.BOARD,
    ListKind.SUPERVISED: Thing.BOARD,
    ListKind.REVIEWS: Thing.REVIEWS,
    ListKind.ORDERS: Thing.ORDERS,
}
"""Lists that only some roles have."""


async def turn_page(room: Room, actor: Actor, args: Mapping[str, Any], *, fresh: bool) -> None:
    """A page of a list, in the place of the one that is there or at the end of the chat.

    Raises Refused(NOT_YOURS).
    """
    if args.get("list") == NoticeKind.DIGEST:
        data, subject = dict(args), str(args["digest"])
        await room.flows.reply(actor, NoticeKind.DIGEST, data=data, subject=subject, fresh=fresh)
        return
    kind = ListKind(args.get("list", ListKind.TASKS))
    if kind in LISTS_OF:
        must_have(LISTS_OF[kind], actor)
    data = {key: value for key, value in args.items() if key != "list"}
    await room.flows.reply(actor, NoticeKind(kind), data=data, subject=kind, fresh=fresh)


async def list_synonyms(room: Room, actor: Actor, *, page: int, fresh: bool) -> None:
    """What corrections have taught. Raises Refused(NOT_YOURS)."""
    must_have(Thing.SYNONYMS, actor)
    await room.flows.reply(
        actor, NoticeKind.SYNONYMS, data={"page": page}, subject=SUBJECT, fresh=fresh
    )


async def open_case(room: Room, actor: Actor, case_id: CaseId) -> None:
    """Show the live card of a case at the end of the chat. Raises Refused."""
    await _seen(room, actor, case_id)
    await room.flows.reply(actor, NoticeKind.CASE, case_id, subject=case_subject(case_id))


async def why(room: Room, actor: Actor, case_id: CaseId) -> None:
    """Raises Refused."""
    await _seen(room, actor, case_id)
    await room.flows.reply(actor, NoticeKind.WHY, case_id)


async def compare(room: Room, actor: Actor, case_id: CaseId) -> None:
    """Before and after side by side. Raises Refused."""
    await _seen(room, actor, case_id)
    subject = f"comparison:{case_id}"
    await room.flows.reply(actor, NoticeKind.COMPARISON, case_id, subject=subject)


async def requests(room: Room, actor: Actor, case_id: CaseId) -> None:
    """What may be asked for on a case. Raises Refused."""
    await _seen(room, actor, case_id)
    subject = f"requests:{case_id}"
    await room.flows.reply(actor, NoticeKind.REQUESTS, case_id, subject=subject)


async def choose_language(room: Room, actor: Actor, code: str) -> None:
    """Raises Refused(BAD_LANGUAGE)."""
    if code not in LANGUAGES:
        raise Refused(Reason.BAD_LANGUAGE, languages=sorted(LANGUAGES))
    await room.flows.choose_language(actor, code)


async def _seen(room: Room, actor: Actor, case_id: CaseId) -> None:
    """Somebody else's case looks exactly like one that does not exist."""
    view = await room.views.case(case_id)
    if not may_see(view.case, actor):
        raise Refused(Reason.NO_SUCH_CASE, case_id=case_id)
