"""One Bot API call, whether it came over HTTP or as the answer of a webhook."""

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.simulator import (
    methods_chats,
    methods_edits,
    methods_media,
    methods_messages,
    methods_profile,
    methods_updates,
)
from bot.simulator.calls import Call
from bot.simulator.errors import Refusal, fail
from bot.simulator.methods_updates import Told, refuse_logged_out
from bot.simulator.outgoing import Turn
from bot.simulator.signatures import NAMES, SIGNATURES, complaints
from bot.simulator.state import JSON, Bot
from bot.simulator.wire import Arguments
from bot.simulator.world import World

METHODS: dict[str, Callable[[Turn], object]] = {
    **methods_chats.METHODS,
    **methods_edits.METHODS,
    **methods_media.METHODS,
    **methods_messages.METHODS,
    **methods_profile.METHODS,
    **methods_updates.METHODS,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer before it goes onto the wire."""

    status: int
    body: JSON
    headers: dict[str, str] = field(default_factory=dict)


def true_name(given: str) -> str:
    """The method that is meant, in any case of letters; refuses what does not exist."""
    if given.lower() not in NAMES:
        raise Refusal(404, "method not found")
    return NAMES[given.lower()]


def opened(world: World, bot: Bot, method: str, args: Arguments) -> tuple[Turn, Call]:
    """Write the call into the log, with everything odd about it."""
    parameters = _logged(method, args)
    call = world.calls.open(world.clock.now(), bot.id, method, parameters)
    call.warnings.extend(complaints(method, args))
    world.tell("call", method, parameters)
    return Turn(world, bot, args, call.warnings), call


def _logged(method: str, args: Arguments) -> JSON:
    """Parameters as they can be read: JSON decoded, files by size, `attach://` parts once."""
    known = SIGNATURES[method]
    shown: JSON = {}
    for name, value in args.values.items():
        if name != "method":
            shown[name] = _decoded(value) if known.get(name, ("t",))[0] == "j" else value
    for name, upload in args.uploads.items():
        if name in known or not _attached(name, args):
            shown[name] = f"<{len(upload.data)} bytes of {upload.name or 'a file'}>"
    return shown


def _attached(part: str, args: Arguments) -> bool:
    return any(f"attach://{part}" in value for value in args.values.values())


def _decoded(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


async def perform(turn: Turn, call: Call) -> Outcome:
    """Do what the call asks, and log how it ended."""
    try:
        refuse_logged_out(turn)
        result = METHODS[call.method](turn)
        if inspect.isawaitable(result):
            result = await result
    except Refusal as refusal:
        outcome = refused(refusal)
    else:
        outcome = _succeeded(result)
        turn.world.tell("reply", call.method, _unspoiled(turn, outcome.body["result"]))
    call.status, call.answer = outcome.status, outcome.body
    return outcome


def _unspoiled(turn: Turn, result: Any) -> Any:
    """What observers may judge: without updates that a fault has spoiled on purpose."""
    if not (turn.bot.spoiled and isinstance(result, list)):
        return result
    return [each for each in result if each.get("update_id") not in turn.bot.spoiled]


def _succeeded(result: object) -> Outcome:
    if isinstance(result, Told):
        return Outcome(200, {"ok": True, "result": True, "description": str(result)})
    return Outcome(200, {"ok": True, "result": result})


def refused(refusal: Refusal) -> Outcome:
    body, headers = fail(refusal), {}
    if "retry_after" in refusal.parameters:
        headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return Outcome(body["error_code"], body, headers)
