"""People with phones, seen from outside: they type, send photos, and press what they can read."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp

from bot.simulator.line import Json, Line, TownError, form, next_event, present
from bot.simulator.screens import NotSeen, Shown, Wanted, drawn, has_button, label_meant, newest

__all__ = ["Answer", "NotSeen", "Phone", "Shown", "Town", "TownError", "has_button"]

T = TypeVar("T")
_LOOK_AGAIN = 1.0  # seconds: looks even if an event was missed


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot said to a press: a toast, or an alert to be dismissed; text may be ""."""

    text: str
    show_alert: bool


class Phone:
    """One person and the chat with the bot on that person's phone."""

    def __init__(self, line: Line, person_id: int, name: str) -> None:
        self._line, self.id, self.name = line, person_id, name

    # Sending

    async def starts(self, payload: str | None = None) -> list[Json]:
        """Press Start, or open a deep link that carries a payload."""
        made: list[Json] = await self._does("/start", json=present(payload=payload))
        return made

    async def says(self, text: str, reply_to: Shown | int | None = None) -> list[Json]:
        return await self._sends(text=text, reply_to=_number(reply_to))

    async def forwards(self, text: str, origin: Mapping[str, Any] | str) -> list[Json]:
        """Forward somebody's words; a bare name means a person who hides the account."""
        if isinstance(origin, str):
            origin = {"type": "hidden_user", "name": origin}
        return await self._sends(text=text, forward_origin=dict(origin))

    async def sends_photo(
        self, data: bytes, caption: str | None = None, reply_to: Shown | int | None = None
    ) -> list[Json]:
        """Send a picture the usual way: the app compresses it and strips its metadata."""
        files = [("photo", data, "photo.jpg", "image/jpeg")]
        return await self._posts(form(files, caption=caption, reply_to=_number(reply_to)))

    async def sends_file(
        self,
        data: bytes,
        name: str,
        mime: str,
        caption: str | None = None,
        reply_to: Shown | int | None = None,
    ) -> list[Json]:
        """Send something as a file: not a byte of it changes."""
        files = [("document", data, name, mime)]
        return await self._posts(form(files, caption=caption, reply_to=_number(reply_to)))

    async def sends_album(
        self,
        pictures: Sequence[bytes],
        caption: str | None = None,
        *,
        delay: float = 0,
        as_files: bool = False,
        reply_to: Shown | int | None = None,
    ) -> list[Json]:
        """Send several pictures at once, the first with the caption, `delay` seconds apart."""
        part = "document" if as_files else "photo"
        files = [
            (part, data, f"IMG_{place:04}.jpg", "image/jpeg")
            for place, data in enumerate(pictures, start=1)
        ]
        answered = _number(reply_to)
        return await self._posts(
            form(files, album=1, delay=delay or None, caption=caption, reply_to=answered)
        )

    async def sends_place(
        self,
        latitude: float,
        longitude: float,
        accuracy: float | None = None,
        reply_to: Shown | int | None = None,
    ) -> list[Json]:
        """Send a position (degrees); with `accuracy` (metres) it comes from the phone itself."""
        place = present(latitude=latitude, longitude=longitude, horizontal_accuracy=accuracy)
        return await self._sends(location=place, reply_to=_number(reply_to))

    async def sends_contact(self, phone_number: str, first_name: str) -> list[Json]:
        return await self._sends(contact={"phone_number": phone_number, "first_name": first_name})

    async def edits(self, message: Shown | int, text: str) -> Any:
        path = f"/messages/{_number(message)}"
        return await self._does(path, "PATCH", json={"text": text})

    async def deletes(self, message: Shown | int) -> Any:
        return await self._does(f"/messages/{_number(message)}", "DELETE")

    async def blocks(self) -> None:
        await self._does("/block")

    async def unblocks(self) -> None:
        await self._does("/unblock")

    async def presses(self, label: str, on: Shown | int | None = None, times: int = 1) -> Answer:
        """Press the button that reads `label`, on the newest message that shows it.

        A button of the keyboard below the chat sends its words instead. Raises NotSeen if no such
        button can be read, with the whole phone.
        """
        messages = await self.messages()
        looked_at = [each for each in messages if on is None or each.id == _number(on)]
        for shown in reversed(looked_at):
            if exact := label_meant(shown.labels, label):
                given = {"label": exact, "message_id": shown.id, "times": times}
                return _answer(await self._does("/press", json=given))
        if on is None and (exact := label_meant(await self.keyboard(), label)):
            await self.says(exact)
            return Answer("", show_alert=False)
        raise NotSeen(f"no button “{label}”\n{drawn(self.name, messages)}")

    async def presses_data(self, data: str, on: Shown | int) -> Answer:
        """Press with data of one's own, as a changed app could: no button need show it."""
        given = {"data": data, "message_id": _number(on)}
        return _answer(await self._does("/press", json=given))

    # Looking

    async def state(self) -> Json:
        """Unread, loud, pinned, keyboard, commands, last toast, as the simulator tells them."""
        state: Json = await self._does("", "GET")
        return state

    async def messages(self) -> list[Shown]:
        """What the phone shows now, oldest first."""
        return [Shown(raw) for raw in await self._does("/messages", "GET")]

    async def screen(self) -> str:
        """The text of the newest message."""
        messages = await self.messages()
        return messages[-1].text if messages else ""

    async def card(self, containing: str) -> Shown:
        """The newest message that holds the words. Raises NotSeen."""
        messages = await self.messages()
        found = newest(messages, containing)
        if found is None:
            raise NotSeen(f"no message with “{containing}”\n{drawn(self.name, messages)}")
        return found

    async def buttons(self, message: Shown | int) -> list[str]:
        """The labels under a message as it is now; none if it is gone."""
        wanted = _number(message)
        return [
            label for each in await self.messages() if each.id == wanted for label in each.labels
        ]

    async def keyboard(self) -> list[str]:
        """The labels of the keyboard below the chat."""
        rows = ((await self.state()).get("keyboard") or {}).get("keyboard", [])
        return [button["text"] for row in rows for button in row]

    async def drawn(self) -> str:
        """The phone as text."""
        return drawn(self.name, await self.messages())

    async def waits_for(
        self, wanted: Wanted, seconds: float = 10, after: Shown | int | None = None
    ) -> Shown:
        """Wait until a message holds the words or passes the test, and return the newest such.

        `after`: only messages later than this one count. Raises NotSeen after so many seconds.
        """
        since = _number(after) or 0

        def look(messages: list[Shown]) -> Shown | None:
            return newest(messages, wanted, since)

        return await self.waits_until(look, f"“{wanted}”", seconds)

    async def waits_until(
        self, look: Callable[[list[Shown]], T | None], what: str, seconds: float = 10
    ) -> T:
        """Look at the whole phone whenever something happens, until `look` finds its something."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        async with self._line.happenings() as stream:
            while True:
                messages = await self.messages()
                if (found := look(messages)) is not None and found is not False:
                    return found
                left = deadline - loop.time()
                if left <= 0:
                    raise NotSeen(f"{what} not seen in {seconds} s\n{drawn(self.name, messages)}")
                await next_event(stream, min(left, _LOOK_AGAIN))

    async def _sends(self, **given: Any) -> list[Json]:
        made: list[Json] = await self._does("/messages", json=present(**given))
        return made

    async def _posts(self, data: aiohttp.FormData) -> list[Json]:
        made: list[Json] = await self._does("/messages", data=data)
        return made

    async def _does(self, path: str, verb: str = "POST", **request: Any) -> Any:
        return await self._line.asks(verb, f"/sim/users/{self.id}{path}", **request)


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


def _number(message: Shown | int | None) -> int | None:
    return message.id if isinstance(message, Shown) else message


def _answer(given: Any) -> Answer:
    """Of several presses at once the last answer counts: that is what stays on the screen."""
    last = given[-1] if isinstance(given, list) else given
    return Answer(str(last.get("text") or ""), bool(last.get("show_alert")))
