"""/duty: who is there now and next, where nobody is, who is away, and what one can do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.cards.choices import Rows, pairs
from bot.cards.roster_words import first_day, last_day, people_words, post_words, turn_words
from bot.cards.setting import Setting, name
from bot.chat import Card, Weight
from bot.i18n import N_
from bot.sheet import Choice, Sheet, Touch
from bot.texts.duty import DUTY_STARTS
from workflows.duty.form import DutyAct
from workflows.duty.kept import Board
from workflows.duty.presence import Crew, next_of, shifts_of, until
from workflows.duty.report_gaps import Outlook
from workflows.duty.shift import Absence, Swap, Turn
from workflows.people import Person
from workflows.privacy.scopes import Thing, has
from workflows.rails import Offer

PAGE: Final = 3
HOLES_MOST: Final = 3
GAPS_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class OnDuty:
    """What the page is about. `crews` have rosters; `others` counts posts that have none."""

    board: Board
    crews: Sequence[Crew]
    others: int
    asked: Sequence[Swap]
    soon: Turn


def duty_sheet(found: OnDuty, reader: Person, page: int, setting: Setting) -> Sheet:
    """Three posts to a page, the reader's own first."""
    tongue = setting.tongue
    pages = max(-(-len(found.crews) // PAGE), 1)
    page = min(max(page, 0), pages - 1)
    shown = found.crews[page * PAGE : (page + 1) * PAGE]
    lines = [line for crew in shown for line in _crew_lines(crew, found, setting)]
    lines += _own_lines(found, reader, setting)
    if found.others and page == pages - 1:
        lines.append(
            tongue.many(
                "{n} post without a roster: always on duty.",
                "{n} posts without a roster: always on duty.",
                n=found.others,
            )
        )
    if not lines:
        lines.append(tongue("Nobody here has a roster. Whoever holds a post is always on duty."))
    head = tongue("🗓 On duty · {time}", time=setting.moment(setting.now))
    hint = tongue("Or type: swap · away 12/1-12/5 and who stands in")
    return Sheet(
        Card(head, tuple(lines), help_line=hint),
        (*_offers(found, reader, setting), *_turns(page, pages, setting)),
    )


def gaps_sheet(found: Outlook, setting: Setting) -> Sheet:
    """A day ahead: where nobody would be. Some days ahead: which roster ends."""
    tongue = setting.tongue
    lines = tuple(_gaps_lines(found, setting))
    board_button = Choice(tongue("🗓 Roster"), Offer(Touch.DUTY, {"page": 0}))
    if not found.holes:
        head = tongue.many(
            "🗓 The roster of {n} post ends", "🗓 The roster of {n} posts ends", n=len(found.ends)
        )
        hint = tongue("After that nobody is on duty. Please have the roster imported again.")
        return Sheet(Card(head, lines, help_line=hint), ((board_button,),))
    head = tongue.many(
        "⚠️ Nobody is on duty tomorrow for {n} post",
        "⚠️ Nobody is on duty tomorrow for {n} posts",
        n=len(found.holes),
    )
    hint = tongue("Orders of that time would find nobody. Please give the shift to somebody.")
    reassign = Choice(
        tongue(DUTY_STARTS[DutyAct.OVERRIDE]),
        Offer(Touch.DUTY_START, {"act": DutyAct.OVERRIDE.value}),
        Weight.PRIMARY,
    )
    return Sheet(Card(head, lines, help_line=hint), ((reassign,), (board_button,)))


def _gaps_lines(found: Outlook, setting: Setting) -> Iterator[str]:
    tongue = setting.tongue
    for crew in found.holes[:GAPS_MOST]:
        yield tongue(
            "{post}: {turns}",
            post=post_words(crew.post, found.board, setting),
            turns=_turns_words(crew.holes, setting),
        )
    if len(found.holes) > GAPS_MOST:
        yield tongue("and {n} more", n=len(found.holes) - GAPS_MOST)
    for crew, at in found.ends[:GAPS_MOST]:
        post = post_words(crew.post, found.board, setting)
        yield tongue("{post}: no shifts after {time}", post=post, time=setting.moment(at))
    if len(found.ends) > GAPS_MOST:
        yield tongue("and {n} more", n=len(found.ends) - GAPS_MOST)


def _crew_lines(crew: Crew, found: OnDuty, setting: Setting) -> Iterator[str]:
    tongue, now = setting.tongue, setting.now
    yield tongue("▪️ {post}", post=post_words(crew.post, found.board, setting))
    if crew.now:
        there = tongue(N_(", ")).join(_until(crew, one, setting) for one in crew.now)
        yield tongue("Now: {people}", people=there)
    else:
        yield tongue("⚠️ Nobody is there now")
    if following := next_of(crew, now):
        at, people = following
        yield tongue(
            "Next: {people} from {time}",
            people=people_words(people, setting),
            time=setting.moment(at),
        )
    holes = [hole for hole in crew.holes if hole.meets(found.soon)]
    if holes:
        yield tongue("⚠️ Nobody: {turns}", turns=_turns_words(holes, setting))
    for absence in crew.staff.absences:
        if absence.meets(found.soon):
            yield _away(crew, absence, setting)


def _until(crew: Crew, person: Person, setting: Setting) -> str:
    ends = until(crew, person.id, setting.now)
    who = name(person.name)
    if ends is None:
        return who
    return setting.tongue("{who} (until {time})", who=who, time=setting.moment(ends))


def _away(crew: Crew, absence: Absence, setting: Setting) -> str:
    names = {one.id: name(one.name) for one in crew.staff.people}
    who, days = names.get(absence.person, ""), last_day(absence, setting)
    if absence.starts_at > setting.now:
        days = f"{first_day(absence, setting)}–{days}"
    if absence.replacement is None:
        return setting.tongue("🌴 {who} away until {day}, nobody stands in", who=who, day=days)
    other = names.get(absence.replacement, "")
    return setting.tongue(
        "🌴 {who} away until {day}, {other} stands in", who=who, day=days, other=other
    )


def _own_lines(found: OnDuty, reader: Person, setting: Setting) -> Iterator[str]:
    mine = shifts_of(found.board.staff, reader.id, setting.now)
    for one, following in pairwise(mine):
        if one.meets(following):
            yield setting.tongue(
                "⚠️ Two shifts of yours at once: {first} and {second}",
                first=turn_words(one, setting),
                second=turn_words(following, setting),
            )
            break
    if mine:
        yield setting.tongue("Your next shift: {turn}", turn=turn_words(mine[0], setting))


def _offers(found: OnDuty, reader: Person, setting: Setting) -> Rows:
    tongue = setting.tongue
    rows: list[tuple[Choice, ...]] = []
    if found.asked:
        args = {"swap": found.asked[0].id}
        label = tongue.many("📨 {n} answer due", "📨 {n} answers due", n=len(found.asked))
        rows.append((Choice(label, Offer(Touch.SWAP_OPEN, args), Weight.PRIMARY),))
    beside: list[Choice] = []
    if any(
        s.starts_at > setting.now for s in shifts_of(found.board.staff, reader.id, setting.now)
    ):
        beside.append(_start(DutyAct.SWAP, setting))
    away = [one for one in found.board.staff.absences if one.person == reader.id]
    if away:
        back = Offer(Touch.AWAY_ANSWER, {"absence": away[0].id, "answer": "end"})
        beside.append(Choice(tongue("↩️ I am back"), back))
    elif has(Thing.OWN_SHIFTS, reader):
        beside.append(_start(DutyAct.AWAY, setting))
    if has(Thing.ARRANGE, reader) and found.crews:
        beside.append(_start(DutyAct.OVERRIDE, setting))
    return (*rows, *pairs(beside))


def _start(act: DutyAct, setting: Setting) -> Choice:
    return Choice(setting.tongue(DUTY_STARTS[act]), Offer(Touch.DUTY_START, {"act": act.value}))


def _turns(page: int, pages: int, setting: Setting) -> Rows:
    return pairs(
        [
            Choice(
                setting.tongue(label, page=to + 1, pages=pages), Offer(Touch.DUTY, {"page": to})
            )
            for label, to in (
                (N_("‹ {page}/{pages}"), page - 1),
                (N_("{page}/{pages} ›"), page + 1),
            )
            if 0 <= to < pages
        ]
    )


def _turns_words(turns: Sequence[Turn], setting: Setting) -> str:
    words = [turn_words(turn, setting) for turn in turns[:HOLES_MOST]]
    if len(turns) > HOLES_MOST:
        words.append(setting.tongue("and {n} more", n=len(turns) - HOLES_MOST))
    return setting.tongue(N_(", ")).join(words)
