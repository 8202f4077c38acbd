"""aiogram's own models as a judge, at exactly the client's version.

They swallow unknown fields and numeric strings; what they swallowed unknown lies in `model_extra`,
so an empty one everywhere is the proof (messaging.md 1.10).
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from aiogram import methods
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter, ValidationError


def update(payload: Any) -> list[str]:
    return _judged("update", Update, payload)


def reply(method: str, payload: Any) -> list[str]:
    known = _method(method)
    if known is None:
        return [f"{method}: aiogram has no such method"]
    return _judged(method, known.__returning__, payload)


def call(method: str, parameters: Mapping[str, Any]) -> list[str]:
    """Required parameters present, and none that the client could not have named."""
    known = _method(method)
    if known is None:
        return [f"{method}: aiogram has no such method"]
    fields = {field.alias or name: field for name, field in known.model_fields.items()}
    missing = [name for name, field in fields.items() if field.is_required()]
    return [
        *(f"{method}.{name}: missing for aiogram" for name in missing if name not in parameters),
        *(f"{method}.{name}: unknown to aiogram" for name in parameters if name not in fields),
    ]


def _method(name: str) -> type[TelegramMethod[Any]] | None:
    by_lower_name = {known.lower(): known for known in methods.__all__}
    found = getattr(methods, by_lower_name.get(name.lower(), ""), None)
    return found if found is not TelegramMethod else None


def _judged(path: str, kind: Any, payload: Any) -> list[str]:
    try:
        value = _adapter(kind).validate_python(payload)
    except ValidationError as error:
        return [
            f"{path}.{'.'.join(str(step) for step in each['loc'])}: {each['msg']} (aiogram)"
            for each in error.errors()
        ]
    return [f"{found}: unknown to aiogram" for found in _extras(path, value)]


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Building one takes longer than a thousand judgements."""
    return TypeAdapter(kind)


def _extras(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from _extras(f"{path}.{name}", getattr(value, name))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _extras(f"{path}[{place}]", item)
