"""Faults that strike a call: what is done instead of, or after, a proper answer."""

import asyncio
import json

from aiohttp import web

from bot.simulator.calling import Outcome, opened, perform, refused
from bot.simulator.errors import Refusal, Words, forbidden, too_many
from bot.simulator.faults import BEFORE_CALL, Fault, FaultKind, spoiled_reply
from bot.simulator.state import Bot
from bot.simulator.wire import Arguments
from bot.simulator.world import World, chat_of

_HOLD_SECONDS = 120.0
_HTML = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


async def answered(
    request: web.Request, world: World, bot: Bot, method: str, args: Arguments
) -> web.StreamResponse:
    """A call on the wire, with whatever fault was planned for it."""
    turn, call = opened(world, bot, method, args)
    chat = chat_of(bot, args.text("chat_id"))
    chat_id = chat.id if chat else _number(args.text("chat_id"))
    fault = world.faults.take(BEFORE_CALL, method=method.lower(), chat=chat_id)
    if fault is None:
        return on_the_wire(await perform(turn, call))
    call.fault = fault.kind.value
    if (refusal := _verdict(world, bot, fault, chat_id)) is not None:
        outcome = refused(refusal)
        call.status, call.answer = outcome.status, outcome.body
        return on_the_wire(outcome)
    if fault.kind is FaultKind.DELAY:
        await asyncio.sleep(float(fault.detail.get("seconds", 1)))
    done = await perform(turn, call) if _is_delivered(fault) else None
    return await _spoiled(request, world, fault, done)


def _number(raw: str) -> int | None:
    return int(raw) if raw.lstrip("-").isdecimal() else None


def _verdict(world: World, bot: Bot, fault: Fault, chat_id: int | None) -> Refusal | None:
    """Faults that are ordinary refusals."""
    match fault.kind:
        case FaultKind.TOO_MANY:
            seconds = int(fault.detail.get("retry_after", 1))
            if chat_id is not None:
                world.rates.close(bot.id, chat_id, seconds)
            return too_many(seconds)
        case FaultKind.BLOCKED:
            return forbidden(Words.BLOCKED)
        case FaultKind.MIGRATED:
            target = int(fault.detail.get("to") or -1_000_000_000_000 - abs(chat_id or 1))
            return Refusal(400, Words.UPGRADED, migrate_to_chat_id=target)
    return None


def _is_delivered(fault: Fault) -> bool:
    """Whether the call still has its effect; a rule may say so itself."""
    usual = fault.kind not in {FaultKind.BAD_GATEWAY, FaultKind.DROP, FaultKind.ANSWER}
    return bool(fault.detail.get("delivered", usual))


async def _spoiled(
    request: web.Request, world: World, fault: Fault, done: Outcome | None
) -> web.StreamResponse:
    match fault.kind:
        case FaultKind.BAD_GATEWAY:
            return web.Response(status=502, text=_HTML, content_type="text/html")
        case FaultKind.ANSWER:
            return _literal(fault)
        case FaultKind.DROP:
            return _hung_up(request)
        case FaultKind.TIMEOUT:
            await _hold(request, world, float(fault.detail.get("seconds", _HOLD_SECONDS)))
            return _hung_up(request)
    outcome = done or Outcome(200, {"ok": True, "result": True})
    if fault.kind is FaultKind.TRUNCATED:
        return await _cut(request, outcome)
    if fault.kind is FaultKind.UNKNOWN_REPLY_TAG and outcome.status == 200:
        result = spoiled_reply(outcome.body["result"], world.clock.date())
        world.tell("spoiled_reply", "", result)
        outcome = Outcome(200, outcome.body | {"result": result}, outcome.headers)
    return on_the_wire(outcome)


def _literal(fault: Fault) -> web.Response:
    """Exactly the status and body that the rule gives; an object is sent as JSON."""
    body = fault.detail.get("body", "")
    text = body if isinstance(body, str) else json.dumps(body)
    return web.Response(
        status=int(fault.detail.get("status", 500)),
        text=text,
        content_type=str(fault.detail.get("content_type", "application/json")),
    )


async def _hold(request: web.Request, world: World, seconds: float) -> None:
    """Say nothing until the client gives up, the time is over, or the simulator stops."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while loop.time() < deadline and not world.closing:
        if request.transport is None or request.transport.is_closing():
            return
        await world.bell.wait(min(0.2, deadline - loop.time()))


def _hung_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _cut(request: web.Request, outcome: Outcome) -> web.StreamResponse:
    """The connection breaks in the middle of the body."""
    body = _text(outcome).encode()
    response = web.StreamResponse(status=outcome.status)
    response.content_type = "application/json"
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    await asyncio.sleep(0.05)  # let the half arrive before the line breaks
    if request.transport is not None:
        request.transport.abort()
    return response


def on_the_wire(outcome: Outcome) -> web.Response:
    return web.Response(
        status=outcome.status,
        text=_text(outcome),
        content_type="application/json",
        headers=outcome.headers,
    )


def _text(outcome: Outcome) -> str:
    return json.dumps(outcome.body, ensure_ascii=False)
