"""The way in for people: /sim/users and what is below it, JSON in and out."""

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.simulator import people
from bot.simulator.keys import WORLD
from bot.simulator.objects import user_json
from bot.simulator.people import ImpossibleError, Scene
from bot.simulator.phone_view import phone_json, screen
from bot.simulator.polling import update_json
from bot.simulator.pressing import press_button
from bot.simulator.speech import hear
from bot.simulator.state import JSON, Bot, Message, Person, Update
from bot.simulator.world import NotThereError, World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors of /sim as JSON: 404 for what is not there, 409 for what cannot be, 400 else."""
    try:
        return await handler(request)
    except NotThereError as unknown:
        return web.json_response({"error": str(unknown)}, status=404)
    except ImpossibleError as impossible:
        return web.json_response({"error": str(impossible)}, status=409)
    except (ValueError, KeyError, TypeError) as wrong:
        if not request.path.startswith("/sim"):
            raise
        return web.json_response({"error": f"cannot read this: {wrong!r}"}, status=400)


async def body(request: web.Request) -> JSON:
    """The JSON object of a request; an empty body is an empty object."""
    raw = await request.read()
    given = json.loads(raw) if raw.strip() else {}
    if not isinstance(given, dict):
        raise TypeError("a JSON object is expected")
    return given


def who(request: web.Request) -> tuple[World, Person]:
    world = request.app[WORLD]
    return world, world.person(int(request.match_info["id"]))


def bot_for(world: World, request: web.Request, given: JSON) -> Bot:
    raw = given.get("bot") or request.query.get("bot")
    return world.chosen_bot(int(raw) if raw else None)


def updates_json(updates: list[Update]) -> web.Response:
    return web.json_response([update_json(each) for each in updates])


async def add_user(request: web.Request) -> web.Response:
    world, given = request.app[WORLD], await body(request)
    newest = max(world.people, default=5_000_000_000 + world.clock.date() % 1_000_000_000)
    person = Person(
        int(given.get("id") or newest + 1),
        str(given["first_name"]),
        given.get("last_name"),
        given.get("username"),
        given.get("language_code"),
        str(given.get("phone_number") or ""),
        bool(given.get("hides_account")),
    )
    if person.id in world.people:
        raise ImpossibleError(f"there is a user {person.id} already")
    world.people[person.id] = person
    world.changed("user", user=person.id)
    return web.json_response(user_json(person))


async def list_users(request: web.Request) -> web.Response:
    return web.json_response([user_json(each) for each in request.app[WORLD].people.values()])


async def change_user(request: web.Request) -> web.Response:
    """A person takes another name, language or habit."""
    world, person = who(request)
    for key, value in (await body(request)).items():
        if key not in {"first_name", "last_name", "username", "language_code", "hides_account"}:
            raise ValueError(key)
        setattr(person, key, value)
    world.changed("user", user=person.id)
    return web.json_response(user_json(person))


async def delete_user(request: web.Request) -> web.Response:
    """The account is deleted: the bot gets 403 from here on."""
    world, person = who(request)
    person.deleted = True
    world.changed("user", user=person.id)
    return web.json_response(user_json(person))


async def show_phone(request: web.Request) -> web.Response:
    world, person = who(request)
    return web.json_response(phone_json(world, bot_for(world, request, {}), person))


async def show_messages(request: web.Request) -> web.Response:
    world, person = who(request)
    bot = bot_for(world, request, {})
    chat_id = request.query.get("chat_id")
    return web.json_response(screen(world, bot, person, int(chat_id) if chat_id else None))


async def write(request: web.Request) -> web.Response:
    world, person = who(request)
    return updates_json(await hear(world, person, request))


def on_screen(request: web.Request, given: JSON) -> tuple[Scene, Message]:
    """The message that the path names, where it hangs."""
    world, person = who(request)
    bot = bot_for(world, request, given)
    chat_id = given.get("chat_id") or request.query.get("chat_id")
    at = people.scene(world, bot, person, int(chat_id) if chat_id else None)
    return at, people.visible(at.chat, int(request.match_info["message_id"]))


async def rewrite(request: web.Request) -> web.Response:
    given = await body(request)
    at, message = on_screen(request, given)
    text = str(given.get("text", given.get("caption", "")))
    return updates_json(people.rewrite(at, message, text))


async def take_back(request: web.Request) -> web.Response:
    people.take_back(*on_screen(request, {}))
    return updates_json([])


async def touch(request: web.Request) -> web.Response:
    world, person = who(request)
    given = await body(request)
    return web.json_response(
        await press_button(world, bot_for(world, request, given), person, given)
    )


def act(doing: Callable[[World, Bot, Person], list[Update]]) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        world, person = who(request)
        return updates_json(doing(world, bot_for(world, request, await body(request)), person))

    return handle


def read_all(world: World, bot: Bot, person: Person) -> list[Update]:
    """The person looks at the phone: nothing is unread any more."""
    for chat in bot.chats.values():
        if person.id in chat.members:
            chat.view(person.id).unread = 0
            world.changed("read", chat, bot=bot.id)
    return []


async def start(request: web.Request) -> web.Response:
    world, person = who(request)
    given = await body(request)
    bot = bot_for(world, request, given)
    return updates_json(people.start(world, bot, person, str(given.get("payload") or "")))


def routes() -> list[web.RouteDef]:
    one = "/sim/users/{id:\\d+}"
    message = one + "/messages/{message_id:\\d+}"
    return [
        web.post("/sim/users", add_user),
        web.get("/sim/users", list_users),
        web.get(one, show_phone),
        web.patch(one, change_user),
        web.delete(one, delete_user),
        web.get(one + "/messages", show_messages),
        web.post(one + "/messages", write),
        web.patch(message, rewrite),
        web.delete(message, take_back),
        web.post(one + "/press", touch),
        web.post(one + "/start", start),
        web.post(one + "/read", act(read_all)),
        web.post(one + "/block", act(people.block)),
        web.post(one + "/unblock", act(people.unblock)),
    ]
