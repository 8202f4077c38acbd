"""What a transport cannot carry is not tried: the card says where the file is instead."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from bot.chat import Card
from bot.document import Document
from bot.sender import _with_document
from bot.sheet import Sheet
from bot.telegram.courier import TelegramCourier

CARD = Card("📤 abc", ("why",), document=Document("7", "abc.csv", 100), no_document="fetch it")


@pytest.mark.parametrize(("most", "carried"), [(0, False), (99, False), (100, True)])
def test_a_file_goes_where_it_can_go(most: int, carried: bool) -> None:
    able: Any = replace(TelegramCourier.capabilities, document_max=most)
    courier: Any = SimpleNamespace(capabilities=able)
    card = _with_document(Sheet(CARD), courier).card
    assert (card.document is not None) == carried
    assert ("fetch it" in card.plain()) != carried
