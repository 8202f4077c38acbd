"""getUpdates: offsets, waiting, and two pollers (messaging.md 1.6, 0.15)."""

import asyncio
import json
from typing import Any

from bot.simulator.errors import Refusal, Words
from bot.simulator.outgoing import Turn
from bot.simulator.state import JSON, Bot, Update
from bot.simulator.world import ON_DEMAND, World

LONGEST_WAIT = 50
SLOW_DOWN_SECONDS = 3.0
ONE_ONLY_SECONDS = 0.5
ANSWER_BYTES = 4 << 20
KINDS = ON_DEMAND | {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
}


def take_allowed(turn: Turn) -> None:
    """Keep `allowed_updates` until it is given again; nothing usable means the default."""
    try:
        given: Any = turn.args.parsed("allowed_updates")
    except ValueError:
        given = None
    if isinstance(given, list):
        known = KINDS & {str(each).lower() for each in given}
        turn.bot.allowed = known or None


async def get_updates(turn: Turn) -> list[JSON]:
    world, bot = turn.world, turn.bot
    if bot.hook is not None:
        await conflict(world, bot, Words.POLLED_WITH_HOOK)
    take_allowed(turn)
    offset = turn.args.whole("offset")
    limit = turn.args.whole("limit", 100, low=1, high=100)
    wait = float(turn.args.whole("timeout", low=0, high=LONGEST_WAIT))
    limit, until = _trickle(world, bot, offset, limit, wait)
    _confirm(world, bot, offset)
    me = bot.polling.waiting = object()
    deadline = asyncio.get_running_loop().time() + wait
    while not (batch := _batch(world, bot, limit)):
        if world.closing:
            raise Refusal(500, "restart")
        left = max(deadline - asyncio.get_running_loop().time(), until - world.clock.steady())
        if left <= 0 or bot.polling.waiting is not me:
            break
        await world.bell.wait(left)
    if bot.polling.waiting is not me:
        await conflict(world, bot, bot.polling.ended_by or Words.POLLED_TWICE)
    bot.polling.waiting = None
    bot.polling.last_finish = world.clock.steady()
    return batch


def _trickle(world: World, bot: Bot, offset: int, limit: int, wait: float) -> tuple[int, float]:
    """Slow down who asks the same again: a longer wait within 3 s, one update within 0.5 s.

    Returns the limit, and until when (steady) an empty answer is held back.
    """
    memory, now = bot.polling, world.clock.steady()
    until = now
    if offset == memory.last_offset:
        if wait < SLOW_DOWN_SECONDS and now < memory.last_start + SLOW_DOWN_SECONDS:
            until = now + SLOW_DOWN_SECONDS
        if now < memory.last_finish + ONE_ONLY_SECONDS:
            limit = 1
    memory.last_offset, memory.last_start = offset, now
    if memory.waiting is not None:
        memory.waiting, memory.ended_by = None, Words.POLLED_TWICE
        world.bell.ring()
    return limit, until


def _confirm(world: World, bot: Bot, offset: int) -> None:
    """Forget what lies below the offset; a negative one keeps so many of the newest."""
    world.forget_expired(bot)
    if offset < 0:
        bot.queue = bot.queue[offset:]
    elif offset and offset <= bot.next_update_id + 1:
        bot.queue = [each for each in bot.queue if each.id >= offset]


def _batch(world: World, bot: Bot, limit: int) -> list[JSON]:
    """The head of the queue, cut inside an album and at 4 MB."""
    world.forget_expired(bot)
    batch: list[JSON] = []
    size = 0
    for update in bot.queue[:limit]:
        entry = update_json(update)
        size += len(json.dumps(entry))
        if batch and (update.parted or size > ANSWER_BYTES):
            break
        batch.append(entry)
    return batch


def update_json(update: Update) -> JSON:
    return {"update_id": update.id, update.kind: update.payload}


def end_poll(world: World, bot: Bot) -> None:
    """`setWebhook` ends a waiting poll."""
    if bot.polling.waiting is not None:
        bot.polling.waiting, bot.polling.ended_by = None, Words.POLL_ENDED_BY_HOOK
        world.bell.ring()


async def conflict(world: World, bot: Bot, why: str) -> None:
    """Refuse with 409, at least 3 s after the last one (test clock)."""
    at = max(world.clock.steady(), bot.polling.next_conflict)
    bot.polling.next_conflict = at + SLOW_DOWN_SECONDS
    await world.sleep_until(at)
    raise Refusal(409, why)
