"""Where a forwarded message comes from (messaging.md 1.6)."""

from bot.simulator.objects import author_json
from bot.simulator.state import JSON, Bot, Message
from bot.simulator.world import World


def origin_of(given: JSON, world: World) -> JSON:
    """`{type, name, date}` as people give it, made into a Bot API origin.

    `user_id` may name a known person; who hides the account is only a name.
    """
    date = int(given.get("date") or world.clock.date())
    name = str(given.get("name") or "Somebody")
    head: JSON = {"type": given["type"], "date": date}
    match given["type"]:
        case "user":
            stranger: JSON = {"id": _id_of(name), "is_bot": False, "first_name": name}
            person_id = int(given.get("user_id") or 0)
            known = person_id in world.people
            return head | {"sender_user": _known(world, person_id) if known else stranger}
        case "hidden_user":
            return head | {"sender_user_name": name}
        case "chat":
            return head | {"sender_chat": _group(name, "supergroup")}
        case "channel":
            message_id = int(given.get("message_id") or 1)
            return head | {"chat": _group(name, "channel"), "message_id": message_id}
    raise ValueError(f"forward_origin.type {given['type']}")


def origin_of_message(world: World, bot: Bot, message: Message) -> JSON:
    """The origin of something on the screen; a forward of a forward keeps the first one."""
    if message.origin:
        return message.origin
    person = world.people.get(message.author)
    if person is not None and person.hides_account:
        hidden: JSON = {"type": "hidden_user", "date": message.date}
        return hidden | {"sender_user_name": person.first_name}
    author = author_json(bot, message.author, world.people)
    return {"type": "user", "date": message.date, "sender_user": author}


def _known(world: World, person_id: int) -> JSON:
    person = world.people[person_id]
    return {"id": person.id, "is_bot": False, "first_name": person.first_name}


def _id_of(name: str) -> int:
    """A stranger keeps the same id from one forward to the next."""
    return 4_000_000_000 + sum(name.encode())


def _group(title: str, kind: str) -> JSON:
    return {"id": -1_000_000_000_000 - _id_of(title), "type": kind, "title": title}
