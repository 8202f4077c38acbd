"""Groups: making one, joining, leaving, throwing the bot out, and the upgrade to a supergroup."""

from aiohttp import web

from bot.simulator.keys import WORLD
from bot.simulator.objects import chat_json, user_json
from bot.simulator.people import Scene, made, membership
from bot.simulator.people_http import body, bot_for, updates_json
from bot.simulator.state import (
    JSON,
    Bot,
    Chat,
    ChatKind,
    Content,
    ContentKind,
    Message,
    Person,
    Update,
)
from bot.simulator.world import DAY, NotThereError, World

_SUPERGROUPS = -1_000_000_000_000


async def found_group(request: web.Request) -> web.Response:
    """`{title, members, supergroup?, admin?, privacy?}`: the first member adds the bot."""
    world, given = request.app[WORLD], await body(request)
    bot = bot_for(world, request, given)
    members = [world.person(int(each)) for each in given["members"]]
    chat = Chat(
        _free_id(world, bot),
        ChatKind.GROUP,
        str(given["title"]),
        {each.id for each in members},
        bot_sees_all=given.get("privacy") is False,
        bot_is_admin=bool(given.get("admin")),
    )
    if given.get("supergroup"):
        _make_super(chat, bot)
    bot.chats[chat.id] = chat
    if members:
        membership(Scene(world, bot, chat, members[0]), "left", _status(chat))
    world.changed("group", chat, bot=bot.id)
    return web.json_response(chat_json(chat, world.people))


def _status(chat: Chat) -> str:
    return "administrator" if chat.bot_is_admin else "member"


def _free_id(world: World, bot: Bot) -> int:
    """Group ids are negative, and rise with every start of the simulator."""
    taken = [abs(each) % 10**12 for each in bot.chats if each < 0]
    return -(max(taken, default=1_000_000_000 + world.clock.date() % 1_000_000_000) + 1)


def _make_super(chat: Chat, bot: Bot) -> None:
    """A supergroup counts its messages itself, so its ids meet those of other chats."""
    chat.id, chat.kind = _SUPERGROUPS + chat.id, ChatKind.SUPERGROUP
    chat.next_id = bot.next_message_id


def _group(request: web.Request, given: JSON) -> tuple[World, Bot, Chat]:
    world = request.app[WORLD]
    bot = bot_for(world, request, given)
    chat = bot.chats.get(int(request.match_info["id"]))
    if chat is None or chat.kind is ChatKind.PRIVATE:
        raise NotThereError("there is no such group")
    return world, bot, chat


async def upgrade(request: web.Request) -> web.Response:
    """The group becomes a supergroup: a new id, and two service messages that say so."""
    world, bot, old = _group(request, await body(request))
    new = Chat(old.id, old.kind, old.title, set(old.members), old.bot_sees_all, old.bot_is_admin)
    _make_super(new, bot)
    bot.chats[new.id] = new
    author = world.person(min(old.members))
    there = _announce(Scene(world, bot, old, author), {"migrate_to_chat_id": new.id})
    here = _announce(Scene(world, bot, new, author), {"migrate_from_chat_id": old.id})
    old.upgraded_to = new.id
    world.changed("group", new, bot=bot.id)
    return web.json_response(
        {
            "chat": chat_json(new, world.people),
            "updates": [each.id for each in there + here],
        }
    )


def _announce(at: Scene, parts: JSON) -> list[Update]:
    """A service message: the bot sees it even in privacy mode."""
    world, bot, chat = at.world, at.bot, at.chat
    content = Content(ContentKind.SERVICE, parts=parts)
    message = Message(
        world.next_id(bot, chat), chat.id, at.person.id, world.clock.date(), content, silent=True
    )
    world.post(bot, chat, message)
    payload = world.json_of(bot, chat, message)
    return made(world.emit(bot, "message", payload, key=f"chat{chat.id}", lives=DAY))


async def join(request: web.Request) -> web.Response:
    """`{user}` enters the group."""
    given = await body(request)
    world, bot, chat = _group(request, given)
    person = world.person(int(given["user"]))
    chat.members.add(person.id)
    return updates_json(_moved(world, bot, chat, person, "new_chat_members"))


async def leave(request: web.Request) -> web.Response:
    """`{user}` leaves the group."""
    given = await body(request)
    world, bot, chat = _group(request, given)
    person = world.person(int(given["user"]))
    chat.members.discard(person.id)
    return updates_json(_moved(world, bot, chat, person, "left_chat_member"))


def _moved(world: World, bot: Bot, chat: Chat, person: Person, what: str) -> list[Update]:
    user = user_json(person)
    return _announce(
        Scene(world, bot, chat, person), {what: [user] if what == "new_chat_members" else user}
    )


async def kick(request: web.Request) -> web.Response:
    """The bot is thrown out: 403 from here on."""
    given = await body(request)
    world, bot, chat = _group(request, given)
    chat.kicked = True
    author = world.person(min(chat.members))
    return updates_json(membership(Scene(world, bot, chat, author), _status(chat), "kicked"))


def routes() -> list[web.RouteDef]:
    one = "/sim/groups/{id:-\\d+}"
    return [
        web.post("/sim/groups", found_group),
        web.post(one + "/upgrade", upgrade),
        web.post(one + "/join", join),
        web.post(one + "/leave", leave),
        web.post(one + "/kick", kick),
    ]
