"""What the menu and /help offer to each role."""

from dataclasses import replace

import pytest

from bot.cards.talk import help_sheet
from bot.commands import MOST, commands_for, every_command_for
from tests.unit.words.given import ZH, person, setting
from workflows.people import Post, Role
from workflows.privacy.scopes import Thing, roles_for


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_everybody_gets_help_for_their_own_role(role: Role, language: str) -> None:
    card = help_sheet(person(role), setting(language)).card
    assert any(line.startswith("/tasks") for line in card.lines)
    assert any("/new" in line for line in card.lines) == (role in {Role.OPERATOR, Role.COLLECTOR})
    assert len(card.plain().encode()) <= 2048


def test_nobody_has_more_commands_than_a_thumb_can_find() -> None:
    for role in Role:
        names = {name for name, _ in commands_for({role}, ZH)}
        assert len(names) <= MOST
        assert {"find", "tasks", "case", "why", "help", "lang"} <= names
    every = commands_for(set(Role), ZH)
    assert len(every) <= MOST
    special = {"new", "orders", "board", "suspended", "call", "synonyms", "invite"}
    assert {*special, "find", "tasks", "help"} == {n for n, _ in every}


def test_who_may_undo_what_was_taught_finds_it_in_the_menu() -> None:
    for role in roles_for(Thing.UNDO_SYNONYM):
        assert "synonyms" in {name for name, _ in commands_for({role}, ZH)}


def test_help_names_also_what_the_menu_has_no_room_for() -> None:
    both = {Role.OPERATOR, Role.AGENCY_LEAD, Role.DUTY_CHIEF}
    assert "me" not in {name for name, _ in commands_for(both, ZH)}
    assert "me" in {name for name, _ in every_command_for(both, ZH)}
    busy = replace(person(Role.OPERATOR), posts=tuple(Post(role) for role in both))
    lines = help_sheet(busy, setting()).card.lines
    assert any(line.startswith("/me") for line in lines)
