"""Where the application keeps what its handlers need."""

from aiohttp import web

from bot.simulator.world import Observer, World

WORLD = web.AppKey("world", World)
#: Callables `(kind, name, payload)`, told of every call, reply and update: for test oracles.
OBSERVERS: web.AppKey[list[Observer]] = web.AppKey("observers", list)
