"""A city that is pushed to instead of asking: where its door is, and how to knock."""

import socket
from typing import Any

import aiohttp

from tests.faults.house import House

PATH = "/hook/0123456789abcdef"
SECRET = "a-secret-of-more-than-32-characters-0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Door:
    """The webhook of one process. Several processes of one test use the same."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PAIDAN_PORT": str(self.port),
            "PAIDAN_WEBHOOK_URL": f"http://127.0.0.1:{self.port}{PATH}",
            "PAIDAN_WEBHOOK_SECRET": SECRET,
        }

    async def knock(self, update: Any) -> tuple[int, str]:
        """Push one update. Returns the status and what Retry-After says."""
        url, headers = f"http://127.0.0.1:{self.port}{PATH}", {HEADER: SECRET}
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, json=update, headers=headers) as answer,
        ):
            return answer.status, answer.headers.get("Retry-After", "")

    async def readiness(self) -> int:
        url = f"http://127.0.0.1:{self.port}/readyz"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status


def words(house: House, phone_id: int, number: int, text: str) -> dict[str, Any]:
    """An update of somebody's words, as the messenger would write it."""
    person = {"id": phone_id, "is_bot": False, "first_name": "甲"}
    chat = {"id": phone_id, "type": "private", "first_name": "甲"}
    message = {
        "message_id": 900_000 + number,
        "date": int(house.board.now().timestamp()),
        "chat": chat,
        "from": person,
        "text": text,
    }
    return {"update_id": 900_000_000 + number, "message": message}
