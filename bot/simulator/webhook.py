"""Updates pushed to a webhook: order per chat, retries, and calls hidden in answers.

Lenient on purpose: a hook on the loopback address may be plain `http` on any port.
"""

import asyncio
import json
import random
from dataclasses import dataclass, field

import aiohttp

from bot.simulator.calling import opened, perform, true_name
from bot.simulator.errors import Refusal
from bot.simulator.polling import update_json
from bot.simulator.state import Bot, Hook, Update
from bot.simulator.wire import Arguments, arguments_of
from bot.simulator.world import World

LONGEST_RETRY_AFTER = 3600
GONE_SECONDS = 23 * 3600
_NOT_AS_ANSWER = frozenset({"setwebhook", "deletewebhook", "close", "logout"})
_Lane = tuple[int, str]


class WrongAnswerError(Exception):
    """The hook answered, but not with 2xx; `wait` is its `Retry-After` in seconds."""

    def __init__(self, why: str, wait: float | None = None, *, gone: bool = False) -> None:
        super().__init__(why)
        self.wait, self.gone = wait, gone


@dataclass(slots=True)
class Trouble:
    """How often the head of a lane has failed, and when (steady) it is tried again.

    A new hook starts afresh: trouble belongs to the hook it was had with.
    """

    hook: Hook
    failures: int = 0
    again: float = 0.0
    gone_since: float | None = None


@dataclass(slots=True)
class Postman:
    """Delivers for all bots that have a hook; a lane is one chat, or one person's presses."""

    world: World
    timeout: float
    _running: dict[_Lane, asyncio.Task[None]] = field(default_factory=dict)
    _trouble: dict[_Lane, Trouble] = field(default_factory=dict)

    async def run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=self.timeout)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            try:
                while True:
                    await self.world.bell.wait(self._start_due(session))
            finally:
                for task in self._running.values():
                    task.cancel()
                await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _start_due(self, session: aiohttp.ClientSession) -> float | None:
        """Begin every delivery that may begin; returns the seconds until the next may."""
        waits: list[float] = []
        for bot in self.world.bots.values():
            if bot.hook is None:
                continue
            self.world.forget_expired(bot)
            for update in self._heads(bot, bot.hook):
                lane = (bot.id, update.key)
                if (wait := self._wait(lane, bot.hook)) > 0:
                    waits.append(wait)
                else:
                    delivery = self._deliver(session, bot, bot.hook, update)
                    self._running[lane] = asyncio.create_task(delivery)
        return min(waits, default=None)

    def _heads(self, bot: Bot, hook: Hook) -> list[Update]:
        """The oldest update of every idle lane, as many as there are free connections."""
        busy = {key for bot_id, key in self._running if bot_id == bot.id}
        free = hook.max_connections - len(busy)
        heads: dict[str, Update] = {}
        ready = 0
        for update in bot.queue if free > 0 else ():
            if update.key not in busy and update.key not in heads:
                heads[update.key] = update
                ready += self._wait((bot.id, update.key), hook) <= 0
                if ready == free:
                    break
        return list(heads.values())

    def _wait(self, lane: _Lane, hook: Hook) -> float:
        trouble = self._trouble.get(lane)
        if trouble is None or trouble.hook is not hook:
            return 0.0
        return trouble.again - self.world.clock.steady()

    async def _deliver(
        self, session: aiohttp.ClientSession, bot: Bot, hook: Hook, update: Update
    ) -> None:
        lane = (bot.id, update.key)
        try:
            answer = await _post(session, hook, update)
        except (WrongAnswerError, aiohttp.ClientError, TimeoutError, OSError) as wrong:
            self._put_off(bot, hook, lane, wrong)
        else:
            self._trouble.pop(lane, None)
            bot.queue = _without(bot.queue, update)
            if answer is not None:
                await self._obey(bot, answer)
        finally:
            self._running.pop(lane, None)
            self.world.changed("delivery", bot=bot.id)

    def _put_off(self, bot: Bot, hook: Hook, lane: _Lane, wrong: Exception) -> None:
        """Try again at once, then after 2, 4, 8 … s up to a minute or two (durability.md 1.9)."""
        now = self.world.clock.steady()
        hook.last_error_date, hook.last_error = self.world.clock.date(), _in_words(wrong)
        trouble = self._trouble.get(lane)
        if trouble is None or trouble.hook is not hook:
            trouble = self._trouble[lane] = Trouble(hook)
        trouble.failures += 1
        wait = 0.0 if trouble.failures == 1 else 2.0 ** (trouble.failures - 1)
        wait = min(wait, random.uniform(60, 120))  # noqa: S311 - spreads retries, hides nothing
        if isinstance(wrong, WrongAnswerError) and wrong.wait is not None:
            wait = min(wrong.wait, LONGEST_RETRY_AFTER)
        trouble.again = now + wait
        self._give_up_if_gone(bot, hook, trouble, wrong)

    def _give_up_if_gone(self, bot: Bot, hook: Hook, trouble: Trouble, wrong: Exception) -> None:
        """A hook that says 410 for 23 hours is removed."""
        if not (isinstance(wrong, WrongAnswerError) and wrong.gone):
            trouble.gone_since = None
            return
        now = self.world.clock.steady()
        trouble.gone_since = now if trouble.gone_since is None else trouble.gone_since
        if now - trouble.gone_since >= GONE_SECONDS and bot.hook is hook:
            bot.hook = None

    async def _obey(self, bot: Bot, args: Arguments) -> None:
        """A method in the body of a 2xx is executed once, its result lost (messaging.md 1.6)."""
        name = args.text("method").lower()
        if not name or name.startswith("get") or name in _NOT_AS_ANSWER:
            return
        try:
            method = true_name(name)
        except Refusal:
            return
        await perform(*opened(self.world, bot, method, args))


async def _post(session: aiohttp.ClientSession, hook: Hook, update: Update) -> Arguments | None:
    """One attempt; returns what the body asks for, if it asks for anything."""
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate"}
    if hook.secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
    body = json.dumps(update_json(update), ensure_ascii=False).encode()
    async with session.post(
        hook.url, data=body, headers=headers, allow_redirects=False
    ) as response:
        content = await response.read()
        if not 200 <= response.status < 300:
            after = response.headers.get("Retry-After", "")
            raise WrongAnswerError(
                f"Wrong response from the webhook: {response.status} {response.reason}",
                float(after) if after.isdecimal() else None,
                gone=response.status == 410,
            )
    return arguments_of(content, response.content_type)


def _in_words(wrong: Exception) -> str:
    if isinstance(wrong, TimeoutError):
        return "Read timeout expired"
    if isinstance(wrong, aiohttp.ClientConnectorError):
        return "Connection refused"
    if isinstance(wrong, WrongAnswerError):
        return str(wrong)
    return "Connection closed"


def _without(queue: list[Update], update: Update) -> list[Update]:
    """The queue without one entry, even if the same update stands there twice."""
    at = next((place for place, each in enumerate(queue) if each is update), None)
    return queue if at is None else queue[:at] + queue[at + 1 :]
