"""Everything the simulator knows, and the few acts that every other module builds on.

All state changes are synchronous functions on one event loop: the loop is the one lock.
"""

import asyncio
import heapq
import itertools
import math
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.simulator.calls import CallLog
from bot.simulator.clock import Bell, SimClock
from bot.simulator.errors import Refusal
from bot.simulator.faults import FaultKind, Faults, spoiled_update
from bot.simulator.files import FileStore
from bot.simulator.objects import bot_profile, message_json
from bot.simulator.rates import Rates
from bot.simulator.state import JSON, Bot, Chat, ChatKind, Message, Person, Update

Observer = Callable[[str, str, object], None]

DAY = 86_400
PRESS_SECONDS = 150
#: How long a person's app waits for the answer to a press (messaging.md 1.3).
ANSWER_SECONDS = 15
#: Kinds that an empty `allowed_updates` leaves out (messaging.md 1.6).
ON_DEMAND = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_FIRST_DAY = 1_767_225_600  # 2026-01-01, so that ids rise from one start to the next


class NotThereError(LookupError):
    """Nobody, no chat or no button of that name, in words for whoever drives the people."""


@dataclass(slots=True)
class World:
    token: str | None
    clock: SimClock
    rates: Rates
    files: FileStore
    bell: Bell = field(default_factory=Bell)
    faults: Faults = field(default_factory=Faults)
    calls: CallLog = field(default_factory=CallLog)
    people: dict[int, Person] = field(default_factory=dict)
    bots: dict[int, Bot] = field(default_factory=dict)
    observers: list[Observer] = field(default_factory=list)
    listeners: set[asyncio.Queue[JSON]] = field(default_factory=set)
    closing: bool = False
    _due: list[tuple[float, int, Callable[[], object]]] = field(default_factory=list)
    _count: "itertools.count[int]" = field(default_factory=itertools.count)

    def tell(self, kind: str, name: str, payload: object) -> None:
        for observer in self.observers:
            observer(kind, name, payload)

    def changed(self, what: str, chat: Chat | None = None, **more: object) -> None:
        """Wake whoever waits, and let every page know that something is new."""
        event: JSON = {"type": what, **more}
        if chat is not None:
            event["chat_id"] = chat.id
            event["users"] = sorted(chat.members)
        for listener in self.listeners:
            listener.put_nowait(event)
        self.bell.ring()

    # Bots

    def bot_of(self, token: str) -> Bot:
        """The bot of a token, made at its first call; refuses as the open server does."""
        if not re.fullmatch(r"\d{1,18}:[\w-]+", token):
            raise Refusal(401, "invalid token specified")
        bot_id = int(token.partition(":")[0])
        bot = self.bots.get(bot_id)
        if (bot and bot.token != token) or (self.token and token != self.token):
            raise Refusal(401)
        bot = bot or self.open_bot(bot_id, token)
        if bot.first_call is None:
            bot.first_call = self.clock.steady()
        return bot

    def open_bot(self, bot_id: int, token: str) -> Bot:
        """A new bot, or the one that people have been writing to before any bot called."""
        if (bot := self.bots.pop(0, None)) is None:
            base = max(1000, (self.clock.date() - _FIRST_DAY) * 4)
            bot = Bot(bot_id, token, secrets.token_hex(8), base, 100_000_000 + base)
        bot.id, bot.token = bot_id, token
        bot.profile.update(bot_profile(bot_id, bot.name))
        self.bots[bot_id] = bot
        return bot

    def chosen_bot(self, bot_id: int | None) -> Bot:
        """Whom a person talks to: the only bot, the named one, or the first one to come."""
        if bot_id is not None:
            if bot_id not in self.bots:
                raise NotThereError(f"no bot {bot_id} has called yet")
            return self.bots[bot_id]
        if len(self.bots) > 1:
            raise NotThereError("there are several bots: name one by its id in `bot`")
        return next(iter(self.bots.values()), None) or self.open_bot(0, "")

    def person(self, person_id: int) -> Person:
        if person_id not in self.people:
            raise NotThereError(f"there is no user {person_id}")
        return self.people[person_id]

    # Messages

    def next_id(self, bot: Bot, chat: Chat) -> int:
        """Private chats and basic groups share the account's counter (messaging.md 1.7)."""
        if chat.next_id is not None:
            chat.next_id += 1
            return chat.next_id
        bot.next_message_id += 1
        return bot.next_message_id

    def json_of(self, bot: Bot, chat: Chat, message: Message) -> JSON:
        return message_json(bot, chat, message, self.people)

    def post(self, bot: Bot, chat: Chat, message: Message) -> None:
        """Put a message on the phones of everybody in the chat."""
        chat.messages[message.id] = message
        for person_id in chat.members - {message.author}:
            view = chat.view(person_id)
            view.unread += 1
            view.loud += not message.silent
            view.typing = None
        if chat.kind is ChatKind.PRIVATE and message.author == chat.id:
            chat.view(chat.id).unread = 0
        self.changed("message", chat, bot=bot.id, message_id=message.id)

    # Updates

    def emit(
        self, bot: Bot, kind: str, payload: JSON, *, key: str, lives: float, parted: bool = False
    ) -> Update | None:
        """Queue an update, unless the bot did not ask for its kind (then it is gone for good)."""
        wanted = kind not in ON_DEMAND if bot.allowed is None else kind in bot.allowed
        if not wanted:
            return None
        bot.next_update_id += 1
        expires = self.clock.steady() + lives
        update = Update(bot.next_update_id, kind, payload, expires, key, parted)
        copies = self._befallen(bot, update, payload)
        bot.queue.extend([update] * copies)
        bot.soonest_expiry = min(bot.soonest_expiry, expires)
        self.changed("update", bot=bot.id, update_id=update.id)
        return update

    def _befallen(self, bot: Bot, update: Update, payload: JSON) -> int:
        """Let a planned fault spoil or double the update; returns how often it is delivered."""
        chat = payload.get("chat") or payload.get("message", {}).get("chat", {})
        fault = self.faults.take(
            {
                FaultKind.DUPLICATE_UPDATE,
                FaultKind.UNDECODABLE_UPDATE,
                FaultKind.UNKNOWN_UPDATE_TAG,
            },
            chat=chat.get("id"),
        )
        if fault is None or fault.kind is FaultKind.DUPLICATE_UPDATE:
            self.tell("update", update.kind, {"update_id": update.id, update.kind: payload})
            return 2 if fault else 1
        bot.spoiled.add(update.id)
        update.payload = spoiled_update(fault.kind, payload, self.clock.date())
        self.tell("spoiled_update", update.kind, {"update_id": update.id, update.kind: payload})
        return 1

    def forget_expired(self, bot: Bot) -> None:
        """Drop what is too old; costs nothing until something is."""
        now = self.clock.steady()
        if now >= bot.soonest_expiry:
            bot.queue = [each for each in bot.queue if each.expires > now]
            bot.soonest_expiry = min((each.expires for each in bot.queue), default=math.inf)

    # Time

    def later(self, seconds: float, act: Callable[[], object]) -> None:
        """Do something when the clock has moved so far."""
        heapq.heappush(self._due, (self.clock.steady() + seconds, next(self._count), act))
        self.bell.ring()

    def catch_up(self) -> float | None:
        """Do what has become due; returns the seconds until the next thing is."""
        while self._due and self._due[0][0] <= self.clock.steady():
            heapq.heappop(self._due)[2]()
        return self._due[0][0] - self.clock.steady() if self._due else None

    def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.catch_up()
        self.changed("clock")

    async def sleep_until(self, steady: float) -> None:
        """Wait for a moment of the movable clock, or until the simulator stops."""
        while not self.closing and (left := steady - self.clock.steady()) > 0:
            await self.bell.wait(left)


def chat_of(bot: Bot, raw: str) -> Chat | None:
    """The chat a `chat_id` parameter means, if the bot knows it."""
    try:
        return bot.chats.get(int(raw))
    except ValueError:
        titles = {f"@{each.title}": each for each in bot.chats.values() if each.title}
        return titles.get(raw)
