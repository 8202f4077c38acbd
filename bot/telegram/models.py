"""Loads aiogram so that each of its models is built when it is first used.

Left to itself it builds all of some four hundred at import, which takes four fifths of the time
in which the bot starts and most of its memory; the bot uses forty. Each model already asks to be
deferred, but aiogram's package asks for each to be rebuilt at once, because their modules do not
know each other's names. So we give every module the names its models speak of, which is all that
building them later needs. Importing this after aiogram is harmless, and useless.
"""

import re
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from pydantic import BaseModel

NAME: Final = re.compile(r"\w+")


def _later(model: type[BaseModel], /, *, _types_namespace: Mapping[str, Any], **_: object) -> None:
    """Instead of `model_rebuild`: let the model's module know what its fields are called."""
    module = vars(sys.modules[model.__module__])
    for each in model.__mro__:
        for hint in vars(each).get("__annotations__", {}).values():
            for name in NAME.findall(str(hint)):
                if name in _types_namespace:
                    module.setdefault(name, _types_namespace[name])


def _load() -> None:
    at_once = vars(BaseModel)["model_rebuild"]
    BaseModel.model_config["defer_build"] = True
    BaseModel.model_rebuild = classmethod(_later)  # type: ignore[method-assign, assignment]
    try:
        import_module("aiogram.types")
    finally:
        BaseModel.model_rebuild = at_once  # type: ignore[method-assign]
        del BaseModel.model_config["defer_build"]


if "aiogram" not in sys.modules:
    _load()
