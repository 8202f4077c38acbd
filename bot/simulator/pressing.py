"""Pressing a button that is on the screen, and waiting for what the bot answers."""

import asyncio
from collections.abc import Iterator

from bot.simulator import people
from bot.simulator.keyboards import buttons
from bot.simulator.phone_view import chats_of
from bot.simulator.state import JSON, Bot, Chat, Content, Message, Person, Press
from bot.simulator.world import NotThereError, World

WAIT_SECONDS = 5.0


async def press_button(world: World, bot: Bot, person: Person, given: JSON) -> JSON:
    """`label` or `data`, on `message_id` or the newest message that has it; `times` at once.

    `force` sends the `data` even if no button carries it, as an old screen or a forger would.
    `wait` is how many real seconds an answer is waited for. Raises NotThereError when no such
    button is on the screen.
    """
    if person.deleted:
        raise people.ImpossibleError("this account is deleted")
    if given.get("force"):
        at = people.scene(world, bot, person, given.get("chat_id"))
        return await _press(at, int(given["message_id"]), given)
    for chat, message, button in _buttons(bot, person, given):
        if "callback_data" in button:
            found = given | {"data": button["callback_data"]}
            at = people.scene(world, bot, person, chat.id)
            return await _press(at, message.id, found)
        return {"text": None, "show_alert": False, "answered": True, "button": button}
    return _press_keyboard(world, bot, person, given)


def _buttons(bot: Bot, person: Person, given: JSON) -> Iterator[tuple[Chat, Message, JSON]]:
    """The inline buttons on the screen that are meant, newest message first."""
    asked, chat_id = given.get("message_id"), given.get("chat_id")
    on_screen = [
        (message.date, message.id, chat, message)
        for chat in chats_of(bot, person)
        if chat_id in {None, chat.id}
        for message in chat.shown()
        if message.buttons and asked in {None, message.id}
    ]
    for _, _, chat, message in sorted(on_screen, key=lambda each: each[:2], reverse=True):
        for button in buttons(message.buttons or {}):
            if _meant(button, given):
                yield chat, message, button


def _meant(button: JSON, given: JSON) -> bool:
    if "label" in given:
        return str(button["text"]) == str(given["label"])
    return "data" in given and button.get("callback_data") == given["data"]


async def _press(at: people.Scene, message_id: int, given: JSON) -> JSON:
    """The bot's answer; of several presses the last one's, and all of them in `answers`."""
    data, times = str(given["data"]), int(given.get("times", 1))
    presses = [people.press(at, message_id, data) for _ in range(times)]
    await _answers(at.world, presses, float(given.get("wait", WAIT_SECONDS)))
    answers = [_answer(each) for each in presses]
    return answers[0] if times == 1 else answers[-1] | {"answers": answers}


async def _answers(world: World, presses: list[Press], seconds: float) -> None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while any(each.answer is None for each in presses) and loop.time() < deadline:
        await world.bell.wait(deadline - loop.time())


def _answer(press: Press) -> JSON:
    nothing: JSON = {"text": None, "show_alert": False}
    return (press.answer or nothing) | {"answered": press.answer is not None}


def _press_keyboard(world: World, bot: Bot, person: Person, given: JSON) -> JSON:
    """A button below the input field sends its label, or the telephone number it asks for."""
    for chat in chats_of(bot, person):
        for button in buttons(chat.view(person.id).keyboard or {}):
            if str(button["text"]) == str(given.get("label")):
                at = people.scene(world, bot, person, chat.id)
                people.say(at, people.Said(_content_of(button, person)))
                return {"text": None, "show_alert": False, "answered": True, "button": button}
    raise NotThereError(f"no such button on the screen: {given.get('label', given.get('data'))}")


def _content_of(button: JSON, person: Person) -> Content:
    if button.get("request_location"):
        raise people.ImpossibleError("this button asks for the place: send a location instead")
    if button.get("request_contact"):
        return people.contact(person)
    return people.text_content(str(button["text"]))
