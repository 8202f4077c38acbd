"""Reads what the ear goes by: sayings.csv beside the catalogue, and elsewhere.toml."""

import csv
import io
from collections.abc import Mapping
from typing import Any, Final

from workflows.policy.catalogue import Catalogue, ClassCode
from workflows.policy.elsewhere import Topic, TopicKey
from workflows.policy.mistakes import Mistake
from workflows.policy.tables import Table, TomlFile, text

COLUMNS: Final = ["class_code", "words"]
TOPIC: Final = "topic"
TOPIC_TEXTS: Final = ("key", "zh", "en", "body_zh", "body_en", "source")


def read_sayings(
    name: str, content: str, known: Catalogue | None, mistakes: list[Mistake]
) -> Mapping[ClassCode, tuple[str, ...]]:
    """What people say for a class, by its code.

    `known` is the catalogue that every code must stand in; None for the shipped sayings beside
    a district's own catalogue, where those for other classes lie idle.
    """
    reader = csv.reader(io.StringIO(content))
    if next(reader, []) != COLUMNS:
        remedy = f"Write {','.join(COLUMNS)} into the first line"
        mistakes.append(Mistake(name, 1, "these are not the columns of the sayings", remedy))
        return {}
    said: dict[ClassCode, tuple[str, ...]] = {}
    for cells in filter(None, reader):
        line, code = reader.line_num, ClassCode(cells[0].strip())
        if len(cells) != len(COLUMNS) or not cells[1].split():
            remedy = "Write a class code, a comma, and words with blanks between them"
            mistakes.append(Mistake(name, line, "this line holds no sayings", remedy))
        elif known is not None and code not in known.classes:
            remedy = "Take a code from catalogue.csv, or remove the line"
            mistakes.append(Mistake(name, line, f"there is no class {code}", remedy))
        elif code in said:
            remedy = "Put all of its words into one line"
            mistakes.append(Mistake(name, line, f"class {code} stands here twice", remedy))
        else:
            said[code] = tuple(cells[1].split())
    return said


def read_elsewhere(file: TomlFile) -> Mapping[TopicKey, Topic]:
    """Read the topics of other bodies; mistakes go to the file's list."""
    topics: dict[TopicKey, Topic] = {}
    for table in file.tables(TOPIC):
        topic = _topic(table)
        if topic.key in topics:
            table.mistake(f'topic "{topic.key}" stands here twice', "Join them", "key")
        topics[topic.key] = topic
    file.root().close()
    return topics


def _topic(table: Table) -> Topic:
    texts = {key: table.take(key, text, f'Write {key} = "..."', key) for key in TOPIC_TEXTS}
    nothing: tuple[str, ...] = ()
    words = table.take("words", _words, 'Write words = "养老金 退休"', nothing)
    hotline = table.take("hotline", _digits, 'Write digits, or "" where there is none', "")
    table.close()
    return Topic(
        TopicKey(texts["key"]),
        texts["zh"],
        texts["en"],
        words,
        texts["body_zh"],
        texts["body_en"],
        hotline,
        texts["source"],
    )


def _words(value: Any) -> tuple[str, ...]:
    return tuple(text(value).split())


def _digits(value: Any) -> str:
    """Raises ValueError for anything but digits."""
    if not isinstance(value, str) or not (value == "" or value.isdecimal()):
        raise ValueError(f"{value!r} is not a number to call")
    return value
