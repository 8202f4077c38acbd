"""Turns, posts and people of a roster in words, as every card about rosters says them."""

from collections.abc import Iterable, Mapping

from bot import times
from bot.cards.call_form import area_words
from bot.cards.setting import Setting, name
from bot.i18n import N_
from bot.texts.people import ROLES
from workflows.duty.kept import Board
from workflows.duty.shift import Turn
from workflows.people import Person, PersonId, Post


def turn_words(turn: Turn, setting: Setting) -> str:
    """From when until when; the day is said once where it is the same."""
    zone = setting.book.calendar.zone
    starts, ends = turn.starts_at.astimezone(zone), turn.ends_at.astimezone(zone)
    until = f"{ends:%H:%M}" if starts.date() == ends.date() else setting.moment(turn.ends_at)
    return setting.tongue("{begin}–{until}", begin=day_and_time(turn, setting), until=until)


def day_and_time(turn: Turn, setting: Setting) -> str:
    return setting.moment(turn.starts_at)


def post_words(post: Post, board: Board, setting: Setting) -> str:
    tongue = setting.tongue
    agency = board.agencies.get(post.agency) if post.agency else None
    where = name(tongue.either(agency.name, agency.name_en)) if agency else (post.agency or "")
    area = area_words(post.area, board.areas.get(post.area, ""), setting)
    parts = [part for part in (tongue(ROLES[post.role]), where, area) if part]
    return " · ".join(parts)


def people_words(people: Iterable[Person], setting: Setting) -> str:
    return setting.tongue(N_(", ")).join(name(one.name) for one in people)


def name_of(names: Mapping[PersonId, str], person: PersonId | None) -> str:
    return name(names.get(person, "")) if person is not None else ""


def last_day(turn: Turn, setting: Setting) -> str:
    """The last whole day of an absence; one that was ended early ends at a time of day."""
    zone = setting.book.calendar.zone
    ends = turn.ends_at.astimezone(zone)
    if (ends.hour, ends.minute) == (0, 0) and turn.ends_at > turn.starts_at:
        return times.day_words((ends - times.MINUTE).date(), setting.tongue)
    return setting.moment(turn.ends_at)


def first_day(turn: Turn, setting: Setting) -> str:
    starts = turn.starts_at.astimezone(setting.book.calendar.zone)
    return times.day_words(starts.date(), setting.tongue)
