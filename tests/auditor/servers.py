"""A mail server and a web server that live in the test: real sockets, real protocols."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiohttp import web
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


@dataclass
class PostOffice:
    """Keeps what it is handed; `refuses` is the answer it gives instead, such as `550 no`."""

    port: int = 0
    refuses: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    under_tls: list[bool] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    users: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        if self.refuses:
            return self.refuses
        letter = message_from_bytes(envelope.content, policy=default)
        self.letters.append(cast("EmailMessage", letter))
        self.under_tls.append(session.ssl is not None)
        self.receivers.extend(envelope.rcpt_tos)
        return "250 OK"

    def knows(
        self, _server: Any, _session: Any, _envelope: Any, _how: str, who: Any
    ) -> AuthResult:
        assert isinstance(who, LoginPassword)
        self.users.append(who.login.decode())
        return AuthResult(success=who.password == b"open sesame", handled=False)


@asynccontextmanager
async def post_office(
    context: ssl.SSLContext | None = None, *, asks_who: bool = False
) -> AsyncIterator[PostOffice]:
    """Listens on a port of its own; with a context it takes nothing before STARTTLS."""
    office = PostOffice()
    login = {"authenticator": office.knows, "auth_required": True} if asks_who else {}
    strict = {"tls_context": context, "require_starttls": context is not None}
    loop = asyncio.get_running_loop()

    def answer() -> SMTP:
        return SMTP(office, loop=loop, hostname="post.test", **strict, **login)

    server = await loop.create_server(answer, "127.0.0.1", 0)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        await server.wait_closed()


@dataclass
class Listener:
    """A web server that keeps each call: its method, headers and body; answers `status`."""

    url: str = ""
    status: int = 200
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        self.calls.append((request.method, dict(request.headers), await request.read()))
        headers = {"Location": "/elsewhere"} if 300 <= self.status < 400 else None
        return web.Response(status=self.status, headers=headers)


@asynccontextmanager
async def listener(port: int = 0) -> AsyncIterator[Listener]:
    listening = Listener()
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", listening.hear)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    [(host, at)] = [address[:2] for address in runner.addresses]
    listening.url = f"http://{host}:{at}/a-key-that-nobody-prints"
    try:
        yield listening
    finally:
        await runner.cleanup()
