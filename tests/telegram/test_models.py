"""aiogram comes with its models unbuilt, and each of them can be built when it is wanted."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADED = """
import wiring.serving
from aiogram.types import Sticker, Update
assert not Sticker.__pydantic_complete__
person = {"id": 7, "is_bot": False, "first_name": "W"}
message = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "from": person}
update = Update.model_validate({"update_id": 1, "message": {**message, "text": "hello"}})
assert update.message.from_user.first_name == "W"
"""
BUILT = """
import bot.telegram
from aiogram import methods, types
from pydantic import BaseModel
models = [getattr(home, name) for home in (methods, types) for name in home.__all__]
models = [each for each in models if isinstance(each, type) and issubclass(each, BaseModel)]
assert len(models) > 300
for model in models:
    model.model_rebuild()
    assert model.__pydantic_complete__, model
"""


def run(program: str) -> None:
    """In a process of its own, because here aiogram may have been loaded in any way."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_product_starts_without_building_what_it_does_not_use() -> None:
    run(LOADED)


@pytest.mark.soak
def test_every_model_can_be_built_when_it_is_wanted() -> None:
    run(BUILT)
