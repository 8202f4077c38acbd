"""One person's phone, seen from outside: types, sends photos, presses what can be read."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp

from bot.simulator.line import Json, Line, form, next_event, present
from bot.simulator.screens import NotSeen, Shown, Wanted, drawn, label_meant, newest, number_of

T = TypeVar("T")
_LOOK_AGAIN = 1.0  # seconds: looks even if an event was missed


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot said to a press: a toast, or an alert to be dismissed; text may be "".

    `answered` is false when the bot left the button spinning.
    """

    text: str
    show_alert: bool
    answered: bool = True


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
        return await self._sends(text=text, reply_to=number_of(reply_to))

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
        return await self._posts(form(files, caption=caption, reply_to=number_of(reply_to)))

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
        return await self._posts(form(files, caption=caption, reply_to=number_of(reply_to)))

    async def sends_album(
        self,
        pictures: Sequence[bytes],
        caption: str | None = None,
        *,
        delay: float = 0,
        late: int = 0,
        as_files: bool = False,
        reply_to: Shown | int | None = None,
    ) -> list[Json]:
        """Send several pictures at once, the first with the caption.

        With `delay` they come so many seconds apart, with `late` only the last so many of them.
        """
        part = "document" if as_files else "photo"
        files = [
            (part, data, f"IMG_{place:04}.jpg", "image/jpeg")
            for place, data in enumerate(pictures, start=1)
        ]
        answered = number_of(reply_to)
        return await self._posts(
            form(
                files,
                album=1,
                delay=delay or None,
                late=late or None,
                caption=caption,
                reply_to=answered,
            )
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
        return await self._sends(location=place, reply_to=number_of(reply_to))

    async def sends_contact(self, phone_number: str, first_name: str) -> list[Json]:
        return await self._sends(contact={"phone_number": phone_number, "first_name": first_name})

    async def edits(self, message: Shown | int, text: str) -> Any:
        path = f"/messages/{number_of(message)}"
        return await self._does(path, "PATCH", json={"text": text})

    async def deletes(self, message: Shown | int) -> Any:
        return await self._does(f"/messages/{number_of(message)}", "DELETE")

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
        looked_at = [each for each in messages if on is None or each.id == number_of(on)]
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
        given = {"data": data, "message_id": number_of(on), "force": True}
        return _answer(await self._does("/press", json=given))

    # Looking

    async def state(self) -> Json:
        """Unread, loud, pinned, keyboard, commands, last toast, as the simulator tells them."""
        state: Json = await self._does("", "GET")
        return state

    async def messages(self) -> list[Shown]:
        """What the phone shows now, oldest first."""
        raws, state = await asyncio.gather(self._does("/messages", "GET"), self.state())
        quiet = {(chat["id"], each) for chat in state["chats"] for each in chat.get("silent", ())}
        return [Shown(raw, (raw["chat"]["id"], raw["message_id"]) in quiet) for raw in raws]

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
        wanted = number_of(message)
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
        since = number_of(after) or 0

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


def _answer(given: Json) -> Answer:
    """Of several presses at once the simulator gives the last answer: it stays on the screen."""
    answered = bool(given.get("answered", True))
    return Answer(str(given.get("text") or ""), bool(given.get("show_alert")), answered)
