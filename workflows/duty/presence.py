"""Who is there when, and when nobody is: worked out from one reading of the roster.

The same rules as the question that orders ask (`People.on_duty`): a shift counts for whoever
does it, whoever is away does not, the replacement stands in, and whoever was never named by a
roster is always there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from workflows.duty.arranging import answers_for
from workflows.duty.kept import LastShifts, Staff
from workflows.duty.shift import Absence, Shift, Turn
from workflows.people import Person, PersonId, Post, Role
from workflows.privacy.scopes import Thing


@dataclass(frozen=True, slots=True)
class Crew:
    """Everybody who can do the work of one post, and when they are there.

    `holes` are the stretches in which nobody is; `rostered` says whether anybody has shifts.
    """

    post: Post
    staff: Staff
    rostered: bool
    now: tuple[Person, ...]
    holes: tuple[Turn, ...]


def crews(staff: Staff, posts: Iterable[Post], span: Turn) -> tuple[Crew, ...]:
    """A crew for each of these posts, with its holes inside the span."""
    return tuple(_crew(staff, post, span) for post in dict.fromkeys(posts))


def posts_seen(staff: Staff, reader: Person) -> tuple[Post, ...]:
    """The posts that a reader holds, leads or watches, their own first, and one of a kind."""
    own = [post for post in reader.posts if post.role not in {Role.SYSTEM, Role.AUDITOR}]
    others = {post for one in staff.people for post in one.posts if _concerns(reader, post)}
    ranked = sorted(
        others, key=lambda post: (list(Role).index(post.role), post.agency or "", post.area)
    )
    return tuple(dict.fromkeys((*own, *ranked)))


def present(staff: Staff, post: Post, at: datetime) -> tuple[Person, ...]:
    """Who is there for this post at a moment."""
    able = {one.id: one for one in staff.people if _can(one, post)}
    away = {one.person: one for one in staff.absences if one.holds(at)}
    there: list[PersonId] = []
    for number in able:
        if on_roster(staff, number, post.role, at):
            found = _standing_in(number, away)
            there += [found] if found is not None else []
    return tuple(able[number] for number in dict.fromkeys(there) if number in able)


def on_roster(staff: Staff, person: PersonId, role: Role, at: datetime) -> bool:
    """Whether the roster alone has somebody there, away or not."""
    if person not in staff.rostered:
        return True
    return any(
        shift.person == person and shift.role in {None, role} and shift.holds(at)
        for shift in staff.shifts
    )


def roster_end(crew: Crew, last: LastShifts) -> datetime | None:
    """When the last shift of a crew ends; None where somebody is there without a roster."""
    able = {one.id for one in crew.staff.people}
    if not able or able - crew.staff.rostered:
        return None
    roles = (None, crew.post.role)
    ends = [last[who, role] for who in able for role in roles if (who, role) in last]
    return max(ends, default=None)


def _standing_in(person: PersonId, away: dict[PersonId, Absence]) -> PersonId | None:
    """Whoever is there in the end; nobody where a chain has no end or goes round in a circle."""
    seen: set[PersonId] = set()
    while person in away:
        replacement = away[person].replacement
        if replacement is None or person in seen:
            return None
        seen.add(person)
        person = replacement
    return person


def _crew(staff: Staff, post: Post, span: Turn) -> Crew:
    able = {one.id for one in staff.people if _can(one, post)}
    mine = Staff(
        people=tuple(one for one in staff.people if one.id in able),
        shifts=tuple(s for s in staff.shifts if s.person in able and s.role in {None, post.role}),
        absences=tuple(one for one in staff.absences if one.person in able),
        rostered=staff.rostered & able,
    )
    there = present(mine, post, span.starts_at)
    return Crew(post, mine, bool(mine.rostered), there, tuple(_holes(mine, post, span)))


def _holes(staff: Staff, post: Post, span: Turn) -> Iterator[Turn]:
    """Between two changes of the roster nothing changes, so each stretch is looked at once."""
    edges = {span.starts_at, span.ends_at}
    for turn in (*staff.shifts, *staff.absences):
        edges |= {at for at in (turn.starts_at, turn.ends_at) if span.holds(at)}
    begins: datetime | None = None
    moments = sorted(edges)
    for at in moments[:-1]:
        if present(staff, post, at):
            if begins is not None:
                yield Turn(begins, at)
            begins = None
        elif begins is None:
            begins = at
    if begins is not None:
        yield Turn(begins, span.ends_at)


def next_of(crew: Crew, at: datetime) -> tuple[datetime, tuple[Person, ...]] | None:
    """When the crew changes next to somebody, and who is there then."""
    changes = {turn.starts_at for turn in (*crew.staff.shifts, *crew.staff.absences)}
    changes |= {turn.ends_at for turn in (*crew.staff.shifts, *crew.staff.absences)}
    for moment in sorted(change for change in changes if change > at):
        there = present(crew.staff, crew.post, moment)
        if there and there != crew.now:
            return moment, there
    return None


def until(crew: Crew, person: PersonId, at: datetime) -> datetime | None:
    """Until when somebody is there without a break; None for whoever has no shifts.

    Of whoever stands in for somebody it is told until when the other is away or on shift.
    """
    turns: list[Turn] = [s for s in crew.staff.shifts if s.person == person and s.ends_at > at]
    if not any(turn.holds(at) for turn in turns):
        covered = [
            one for one in crew.staff.absences if one.replacement == person and one.holds(at)
        ]
        for absence in covered:
            theirs = [
                s.ends_at for s in crew.staff.shifts if s.person == absence.person and s.holds(at)
            ]
            turns += [Turn(at, min([absence.ends_at, *theirs]))]
    end: datetime | None = None
    for turn in sorted(turns, key=lambda turn: turn.starts_at):
        if turn.holds(end or at) or turn.starts_at == end:
            end = max(end or turn.ends_at, turn.ends_at)
    return end


def shifts_of(staff: Staff, person: PersonId, at: datetime) -> tuple[Shift, ...]:
    """What somebody has still to do."""
    return tuple(one for one in staff.shifts if one.person == person and one.ends_at > at)


def _can(person: Person, post: Post) -> bool:
    return any(
        mine.role is post.role and mine.agency == post.agency and mine.covers(post.area)
        for mine in person.posts
    )


def _concerns(reader: Person, post: Post) -> bool:
    if post.role in {Role.SYSTEM, Role.AUDITOR}:
        return False
    return any(answers_for(Thing.ARRANGE, mine, post) for mine in reader.posts)
