"""How a refusal is put into words (messaging.md 1.2), and that nonsense never breaks anything."""

import pytest

from bot.simulator.errors import Refusal, Words, bad, fail, forbidden, not_found, too_many
from bot.simulator.signatures import SIGNATURES
from tests.simulator.conftest import Sim


@pytest.mark.parametrize(
    ("refusal", "code", "words"),
    [
        (bad("Message is too long"), 400, "Bad Request: message is too long"),
        (bad("BUTTON_DATA_INVALID"), 400, "Bad Request: BUTTON_DATA_INVALID"),
        (bad("can't parse"), 400, "Bad Request: can't parse"),
        (bad("A_B"), 400, "Bad Request: A_B"),
        (bad("X"), 400, "Bad Request: x"),
        (forbidden("Bot was blocked"), 403, "Forbidden: bot was blocked"),
        (forbidden("CHAT_WRITE_FORBIDDEN"), 400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        (not_found("pin"), 400, "Bad Request: message to pin not found"),
        (too_many(5), 429, "Too Many Requests: retry after 5"),
        (Refusal(401), 401, "Unauthorized"),
        (Refusal(500, "restart"), 500, "Internal Server Error: restart"),
    ],
)
def test_a_refusal_is_put_into_words(refusal: Refusal, code: int, words: str) -> None:
    answer = fail(refusal)
    assert (answer["error_code"], answer["description"]) == (code, words)
    assert answer["ok"] is False


def test_a_flood_says_how_long() -> None:
    assert fail(too_many(5))["parameters"] == {"retry_after": 5}


@pytest.mark.parametrize("words", list(Words))
def test_no_fixed_words_end_like_a_sentence(words: Words) -> None:
    assert not words.endswith((".", " "))


NONSENSE = ("[1]", '"x"', "{}", "null", "-99999999999999999999", '[{"type": 1}]', "{")
SPARED = {"close", "logOut", "getUpdates", "setWebhook"}


async def test_nonsense_is_refused_and_breaks_nothing(sim: Sim) -> None:
    person = await sim.user()
    card = await sim.done("sendMessage", chat_id=person, text="x")
    sensible = {
        "chat_id": person,
        "from_chat_id": person,
        "message_id": card["message_id"],
        "user_id": person,
        "text": "y",
        "latitude": 1,
        "longitude": 1,
        "title": "t",
        "address": "a",
        "action": "typing",
    }
    for method, known in SIGNATURES.items():
        usual = {name: value for name, value in sensible.items() if name in known}
        for name in known if method not in SPARED else ():
            for nonsense in NONSENSE:
                body = await sim.call(method, **(usual | {name: nonsense}))
                assert body["ok"] or body["error_code"] < 500, (method, name, nonsense)
