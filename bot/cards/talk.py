"""Short answers about the chat itself: help, me, language, caller, invitations, refusals."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bot.cards.choices import pairs
from bot.cards.lists import open_choice
from bot.cards.setting import Setting, name
from bot.chat import Card, Weight
from bot.commands import every_command_for, keyboard_words
from bot.i18n import N_
from bot.sheet import Choice, Sheet, Touch
from bot.texts.people import HELP, ROLES, SAID
from workflows.cases.case import CaseId
from workflows.people import Person, Role
from workflows.rails import Offer

WHICH_MOST: Final = 5
LANGUAGE_NAMES: Final = {"zh": "中文", "en": "English"}
"""Each in its own words, so that whoever cannot read the other finds it."""


def help_sheet(reader: Person, setting: Setting) -> Sheet:
    """What this person can do here, by their roles."""
    tongue = setting.tongue
    lines = [tongue(HELP[role]) for role in Role if reader.holds(role) and HELP[role]]
    known = [
        tongue("/{command} — {what}", command=command, what=what)
        for command, what in every_command_for(reader.roles, tongue)
    ]
    head = tongue("👋 {name}, this is how it works", name=name(reader.name))
    return Sheet(Card(head, (*lines, *known)))


def me_sheet(reader: Person, setting: Setting) -> Sheet:
    """Who we take this person for, and what we keep about them."""
    tongue = setting.tongue
    posts = [
        tongue(
            "{role} · {area}",
            role=tongue(ROLES[post.role]),
            area=f"{post.area} {post.agency}"
            if post.agency
            else post.area or tongue("everywhere"),
        )
        for post in reader.posts
    ]
    kept = tongue("We keep your name, your posts and what you did on cases. No location tracks.")
    head = tongue("🪪 {name} · number {number}", name=name(reader.name), number=reader.id)
    return Sheet(
        Card(head, (*posts, kept), help_line=tongue("Not right? Tell your administrator."))
    )


def languages_sheet(setting: Setting) -> Sheet:
    chosen = setting.tongue.code
    row = tuple(
        Choice(
            f"🌐 {label}",
            Offer(Touch.LANGUAGE, {"code": code}),
            Weight.PRIMARY if code == chosen else Weight.SECONDARY,
        )
        for code, label in LANGUAGE_NAMES.items()
    )
    return Sheet(Card("🌐 中文 / English"), (row,))


def invite_sheet(data: Mapping[str, Any], link: str, setting: Setting) -> Sheet:
    """The link as text, to be passed on; it works once."""
    tongue = setting.tongue
    until = setting.moment(datetime.fromisoformat(data["until"]))
    head = tongue("✉️ Invitation for {name}", name=name(data["name"]))
    lines = (
        tongue("Please pass this link on to them only. It works once, until {time}.", time=until),
    )
    return Sheet(Card(head, lines, link=link))


NOTHING: Final[Mapping[str, Any]] = {}


def welcome_sheet(reader: Person, setting: Setting) -> Sheet:
    """The first thing that somebody reads who has just come in."""
    tongue = setting.tongue
    shown = help_sheet(reader, setting).card
    roles = tongue(N_(", ")).join(tongue(ROLES[role]) for role in Role if reader.holds(role))
    head = tongue(
        "👋 Welcome, {name}! You are here as: {roles}", name=name(reader.name), roles=roles
    )
    return Sheet(Card(head, shown.lines, keyboard=keyboard_words(tongue)))


def said_sheet(
    what: str, case_id: CaseId | None, setting: Setting, known: Mapping[str, Any] = NOTHING
) -> Sheet | None:
    """A short answer by its name and what it tells; None for a name this version does not know."""
    words = SAID.get(what)
    if words is None:
        return None
    choices = ((open_choice(case_id),),) if case_id is not None else ()
    told = {"name": name(str(known.get("name", ""))), "number": known.get("number", "")}
    return Sheet(Card(setting.tongue(words, case=case_id or "", **told)), choices)


def refused_sheet(words: str, cases: tuple[CaseId, ...]) -> Sheet:
    """A refusal in a message of its own; where it asks which case, with their numbers."""
    head, _, rest = words.partition("\n")
    numbers = [open_choice(case_id) for case_id in cases[:WHICH_MOST]]
    return Sheet(Card(head, (rest,) if rest else ()), pairs(numbers))
