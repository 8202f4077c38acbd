"""Two judges of everything the simulator says: the published description, and aiogram's models."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.oracles import models, schema

# Wrong on purpose: a fault was asked for.
_SPOILED = frozenset({"spoiled_update", "spoiled_reply"})


def check(kind: str, name: str, payload: Any) -> list[str]:
    """Problems of one thing that passed the wire, in words; none is good.

    `kind` "update": `payload` is the whole Update. "reply": `name` is the method, `payload` the
    `result`. "call": `name` is the method, `payload` the parameters, decoded
    or as their JSON text. What a fault has
    spoiled on purpose ("spoiled_…") is not judged. Raises ValueError for any other kind.
    """
    if kind in _SPOILED:
        return []
    described = _described()
    if kind == "update":
        found = models.update(payload)
        return found + (described.update(payload) if described else [])
    if kind == "reply":
        found = models.reply(name, payload)
        return found + (described.reply(name, payload) if described else [])
    if kind == "call":
        payload = _without_uploads(payload)
        found = models.call(name, payload)
        return found + (described.call(name, payload) if described else [])
    raise ValueError(f"nothing is known of {kind!r}")


def _without_uploads(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the parts that another parameter names as `attach://…`: a client invents them."""
    words = str(list(parameters.values()))
    return {name: value for name, value in parameters.items() if f"attach://{name}" not in words}


@cache
def _described() -> schema.Schema | None:
    """Read once; a test run without the folder is told so by `tests/oracles/test_oracles.py`."""
    return schema.load()
