"""The published description of the Bot API as a judge: missing, unknown and mistyped fields.

The description lies beside the project, not in it (`shared/data/telegram`, Bot API 10.1); where it
is absent, `load` says so by returning nothing, and the callers say it aloud.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WHERE = Path(__file__).resolve().parents[3] / "shared" / "data" / "telegram" / "api.min.json"
DID_NOT_RUN = f"the schema oracle did not run: no {WHERE.name} in {WHERE.parent.name}"

# Sent by the real server beside `forward_origin`, and no longer described (messaging.md 1.10).
_FORWARD_FIELDS = frozenset(
    {
        "forward_from",
        "forward_from_chat",
        "forward_from_message_id",
        "forward_signature",
        "forward_sender_name",
        "forward_date",
    }
)
EXTRAS = {"Message": _FORWARD_FIELDS}
# aiogram sends the old switch beside the new options; python-telegram-bot does not.
CALL_EXTRAS = frozenset({"disable_web_page_preview"})

_PLAIN: dict[str, Any] = {"String": str, "Boolean": bool, "Integer": int, "Float": (int, float)}
_ALWAYS = re.compile(r"always (?=[“\"\d])[“\"]?(\w+)")


@dataclass(frozen=True, slots=True)
class Schema:
    """Types and methods by name, as the description has them."""

    types: Mapping[str, Any]
    methods: Mapping[str, Any]

    def update(self, payload: Any) -> list[str]:
        return list(self._value("update", payload, ["Update"]))

    def reply(self, method: str, payload: Any) -> list[str]:
        described = self._method(method)
        if described is None:
            return [f"{method}: no such method"]
        return list(self._value(method, payload, described["returns"]))

    def call(self, method: str, parameters: Mapping[str, Any]) -> list[str]:
        """Judge names; values only where they are decoded objects, for scalars arrive as text."""
        described = self._method(method)
        if described is None:
            return [f"{method}: no such method"]
        fields = {field["name"]: field for field in described.get("fields", [])}
        return [
            *(f"{method}.{name}: missing" for name in _missing(fields, parameters)),
            *(
                f"{method}.{name}: unknown"
                for name in parameters
                if name not in fields and name not in CALL_EXTRAS
            ),
            *(
                problem
                for name, value in parameters.items()
                if name in fields
                for problem in self._sent(f"{method}.{name}", value, fields[name]["types"])
            ),
        ]

    def _method(self, name: str) -> Any:
        by_lower_name = {known.lower(): known for known in self.methods}
        return self.methods.get(by_lower_name.get(name.lower(), ""))

    def _sent(self, path: str, value: Any, types: list[str]) -> Iterator[str]:
        """Judge an object or array, given as such or as its JSON text."""
        if isinstance(value, str) and value[:1] in ("{", "[") and "String" not in types:
            try:
                value = json.loads(value)
            except ValueError:
                yield f"{path}: no JSON"
        if isinstance(value, dict | list) and "InputFile" not in types:
            yield from self._value(path, value, types)

    def _value(self, path: str, value: Any, types: list[str]) -> Iterator[str]:
        """Problems under the type that fits best."""
        verdicts = [list(self._one(path, value, name)) for name in types]
        yield from min(verdicts, key=len)

    def _one(self, path: str, value: Any, name: str) -> Iterator[str]:
        if name.startswith("Array of "):
            if isinstance(value, list):
                for place, item in enumerate(value):
                    yield from self._value(f"{path}[{place}]", item, [name[9:]])
            else:
                yield f"{path}: {value!r} is no array"
        elif name in _PLAIN:
            truth_for_number = isinstance(value, bool) and name != "Boolean"
            if truth_for_number or not isinstance(value, _PLAIN[name]):
                yield f"{path}: {value!r} is no {name}"
        elif "subtypes" in self.types[name]:
            yield from self._value(path, value, self.types[name]["subtypes"])
        elif isinstance(value, dict):
            yield from self._object(path, value, name)
        else:
            yield f"{path}: {value!r} is no {name}"

    def _object(self, path: str, value: Mapping[str, Any], name: str) -> Iterator[str]:
        fields = {field["name"]: field for field in self.types[name].get("fields", [])}
        for absent in _missing(fields, value):
            yield f"{path}.{absent}: missing in {name}"
        for key, item in value.items():
            if key in EXTRAS.get(name, ()):
                continue
            if key not in fields:
                yield f"{path}.{key}: unknown in {name}"
                continue
            yield from self._value(f"{path}.{key}", item, fields[key]["types"])
            yield from _constant(f"{path}.{key}", item, fields[key])


def _missing(fields: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    return [name for name, field in fields.items() if field["required"] and name not in given]


def _constant(path: str, value: Any, field: Mapping[str, Any]) -> Iterator[str]:
    """A field that tells the members of a union apart has one value for each."""
    always = _ALWAYS.search(field["description"])
    scalar = isinstance(value, str | int) and not isinstance(value, bool)
    if field["required"] and always and scalar and str(value) != always.group(1):
        yield f"{path}: {value!r} is not {always.group(1)!r}"


def load(where: Path = WHERE) -> Schema | None:
    """The schema, or nothing where the folder beside the project is absent."""
    if not where.exists():
        return None
    described = json.loads(where.read_text(encoding="utf-8"))
    return Schema(described["types"], described["methods"])
