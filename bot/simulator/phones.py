"""A town of people with phones, driven over HTTP by tests and by the demo's tour."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from bot.simulator.line import Json, Line, TownError, present
from bot.simulator.phone import Answer, Phone
from bot.simulator.screens import NotSeen, Shown, has_button

__all__ = ["Answer", "NotSeen", "Phone", "Shown", "Town", "TownError", "has_button"]


class Town:
    """A running simulator and the people in it, reached over HTTP only.

    Use as `async with Town("http://127.0.0.1:8081") as town`.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._line: Line | None = None

    async def __aenter__(self) -> Self:
        self._line = Line(self._base)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._on_line().close()

    async def person(
        self, first_name: str, *, language: str = "zh-hans", username: str | None = None
    ) -> Phone:
        """Give a new person a phone."""
        given = present(first_name=first_name, language_code=language, username=username)
        user = await self._asks("POST", "/sim/users", **given)
        return Phone(self._on_line(), user["id"], first_name)

    async def people(self) -> list[Phone]:
        """Everybody who is already there."""
        users = await self._on_line().asks("GET", "/sim/users")
        return [Phone(self._on_line(), user["id"], user["first_name"]) for user in users]

    async def group(self, title: str, members: Sequence[Phone]) -> Json:
        """Put people and the bot into a group; returns the Bot API Chat."""
        ids = [member.id for member in members]
        chat: Json = await self._asks("POST", "/sim/groups", title=title, members=ids)
        return chat

    async def advance(self, seconds: float) -> None:
        """Move the simulator's clock: presses, updates and file links grow older by so much."""
        await self._asks("POST", "/sim/clock", advance=seconds)

    async def calls(self, method: str | None = None) -> list[Json]:
        """Every Bot API call so far, or those of one method, oldest first."""
        calls: list[Json] = await self._on_line().asks("GET", "/sim/calls")
        wanted = (method or "").lower()
        return [call for call in calls if wanted in ("", call["method"].lower())]

    async def warnings(self) -> list[str]:
        """Our own typing errors that the real server would have passed over."""
        return [
            f"{call['method']}: {warning}"
            for call in await self.calls()
            for warning in call["warnings"]
        ]

    async def faults(self, kind: str, **more: Any) -> None:
        """Misbehave from now on, e.g. `faults("429", method="sendMessage", retry_after=2)`."""
        await self._asks("POST", "/sim/faults", kind=kind, **more)

    async def no_faults(self) -> None:
        await self._asks("DELETE", "/sim/faults")

    async def rates(self, mode: str) -> None:
        """Set the budgets: "off", "documented" or "strict"."""
        await self._asks("POST", "/sim/rates", mode=mode)

    async def _asks(self, verb: str, path: str, **given: Any) -> Any:
        return await self._on_line().asks(verb, path, json=given)

    def _on_line(self) -> Line:
        if self._line is None:
            raise TownError("use the town inside `async with`")
        return self._line
