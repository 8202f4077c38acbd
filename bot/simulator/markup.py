"""HTML as Telegram reads it: few tags, entities as the result, byte offsets in complaints."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.simulator.entities import (
    Entity,
    MarkupError,
    clean,
    detect_entities,
    given_entities,
    is_blank,
    tidy,
    utf16_length,
    with_people,
)

__all__ = [
    "Entity",
    "MarkupError",
    "clean",
    "detect_entities",
    "given_entities",
    "is_blank",
    "parse_html",
    "utf16_length",
    "with_people",
]

_KINDS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
_KINDS |= {"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough"}
_KINDS |= {"u": "underline", "ins": "underline", "tg-spoiler": "spoiler", "span": "spoiler"}
_TAGS = frozenset(_KINDS) | {"a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_SPACE = b" \t\r\n\x00\x0b"
_HEX = b"0123456789abcdefABCDEF"
_TOKEN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
_LETTERS = _TOKEN[:52]
_LINK_SCHEMES = frozenset({"http", "https", "tg", "ton"})


def parse_html(raw: str) -> tuple[str, list[Entity]]:
    """Text and Bot API entities (UTF-16 offsets) of a text sent with `parse_mode` HTML.

    Raises MarkupError in Telegram's words, with byte offsets (messaging.md 1.8). A mention by id
    comes back with `user` holding the id only: complete it with `with_people`.
    """
    text, entities = _Reading(raw.encode()).read()
    return tidy(text, entities)


def _wrong(why: str) -> MarkupError:
    return MarkupError(f"can't parse entities: {why}")


@dataclass(frozen=True, slots=True)
class _Open:
    """A tag that waits for its end: where its text begins, in characters and in UTF-16 units."""

    tag: str
    attributes: dict[str, str]
    character: int
    offset: int


@dataclass(slots=True)
class _Reading:
    """One pass over the bytes; `at` is the next byte to look at."""

    source: bytes
    at: int = 0
    text: list[str] = field(default_factory=list)
    offset: int = 0
    opened: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self._peek() == b"<":
                self._tag()
            else:
                self._put(self._reference() or self._character())
        if self.opened:
            tag = self.opened[-1].tag
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self.text), [_finished(entity) for entity in self.entities]

    def _peek(self) -> bytes:
        return self.source[self.at : self.at + 1]

    def _put(self, character: str) -> None:
        self.text.append(character)
        self.offset += utf16_length(character)

    def _character(self) -> str:
        first = self.source[self.at]
        width = 1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
        self.at += width
        return self.source[self.at - width : self.at].decode()

    def _while(self, allowed: bytes) -> bytes:
        begin = self.at
        while self.at < len(self.source) and self._peek() in allowed:
            self.at += 1
        return self.source[begin : self.at]

    def _until(self, stop: bytes) -> bytes:
        begin = self.at
        while self.at < len(self.source) and self._peek() not in stop:
            self.at += 1
        return self.source[begin : self.at]

    def _reference(self) -> str:
        """Read a character written as `&…;`, or nothing (and take no step) for any other text."""
        begin = self.at
        if self._peek() != b"&":
            return ""
        self.at += 1
        found = (
            self._number(begin) if self._peek() == b"#" else _NAMED.get(self._while(_LETTERS), "")
        )
        if not found:
            self.at = begin
        elif self._peek() == b";":
            self.at += 1
        return found

    def _number(self, begin: int) -> str:
        self.at += 1
        base, digits = 10, _HEX[:10]
        if self._peek() == b"x":
            self.at += 1
            base, digits = 16, _HEX
        code = int(self._while(digits) or b"0", base)
        usable = 0 < code < 0x10FFFF and self.at - begin < 10 and not 0xD800 <= code < 0xE000
        return chr(code) if usable else ""

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == b"/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        name = self._until(_SPACE + b">")
        if self.at >= len(self.source):
            raise _wrong(f"Unclosed start tag at byte offset {begin}")
        tag = name.decode().lower()
        if tag not in _TAGS:
            raise _wrong(f'Unsupported start tag "{tag}" at byte offset {begin}')
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.opened.append(_Open(tag, attributes, len(self.text), self.offset))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        """Name and value of each; a bare name has the value "". Leaves after the closing `>`."""
        found: dict[str, str] = {}
        while True:
            self._while(_SPACE)
            if self.at >= len(self.source):
                raise _wrong(f'Unclosed start tag "{tag}" at byte offset {begin}')
            if self._peek() == b">":
                self.at += 1
                return found
            name = self._until(_SPACE + b"=>").decode()
            if not name:
                raise _wrong(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            self._while(_SPACE)
            value = ""
            if self._peek() == b"=":
                self.at += 1
                self._while(_SPACE)
                value = self._value()
            found.setdefault(name.lower(), value)

    def _value(self) -> str:
        quote = self._peek()
        if quote in (b'"', b"'"):
            self.at += 1
            return self._quoted(quote)
        begin = self.at
        token = self._while(_TOKEN)
        if self.at < len(self.source) and self._peek() not in _SPACE + b">":
            raise _wrong(f"Unexpected end of name token at byte offset {begin}")
        return token.decode().lower()

    def _quoted(self, quote: bytes) -> str:
        value = ""
        while self.at < len(self.source) and self._peek() != quote:
            value += self._reference() or self._character()
        self.at += 1
        return value

    def _end_tag(self, begin: int) -> None:
        if not self.opened:
            raise _wrong(f"Unexpected end tag at byte offset {begin}")
        self.at += 1
        name = self._until(_SPACE + b">").decode().lower()
        self._while(_SPACE)
        if self._peek() != b">":
            raise _wrong(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        last = self.opened.pop()
        if name not in ("", last.tag):
            raise _wrong(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{last.tag}>", found "</{name}>"'
            )
        if self.offset > last.offset:
            self._close(last)

    def _close(self, last: _Open) -> None:
        described = self._described(last)
        if described is None:
            return
        whole: Entity = {
            "type": described.pop("type"),
            "offset": last.offset,
            "length": self.offset - last.offset,
            **described,
        }
        previous = self.entities[-1] if self.entities else {}
        if last.tag in ("pre", "code") and _joins(previous, whole):
            language = previous.get("language") or whole.get("language")
            whole = previous | {"type": "pre"} | ({"language": language} if language else {})
            self.entities.pop()
        self.entities.append(whole)

    def _described(self, last: _Open) -> dict[str, Any] | None:
        attributes = last.attributes
        if last.tag in _KINDS:
            return {"type": _KINDS[last.tag]}
        if last.tag == "blockquote":
            return {
                "type": "expandable_blockquote" if "expandable" in attributes else "blockquote"
            }
        if last.tag == "a":
            return _link(attributes.get("href") or "".join(self.text[last.character :]))
        if last.tag == "tg-emoji":
            identifier = attributes.get("emoji-id", "")
            if not identifier.isdecimal() or int(identifier) == 0:
                raise _wrong("Invalid custom emoji identifier specified")
            return {"type": "custom_emoji", "custom_emoji_id": identifier}
        if last.tag == "tg-time":
            return _moment(attributes)
        language = attributes.get("class", "").removeprefix("language-")
        return {"type": last.tag} | (
            {"language": language} if last.tag == "code" and language else {}
        )


def _finished(entity: Entity) -> Entity:
    """Only a block may name its language; on words in a line it was there to be joined."""
    kept = {name: value for name, value in entity.items() if name != "language"}
    return entity if entity["type"] == "pre" else kept


def _joins(previous: Entity, new: Entity) -> bool:
    """Tell `pre` and `code` around the very same words: together they are one block of code."""
    kinds = {previous.get("type"), new["type"]}
    same = all(previous.get(name) == new[name] for name in ("offset", "length"))
    return kinds == {"pre", "code"} and same


def _moment(attributes: dict[str, str]) -> dict[str, Any] | None:
    unix = attributes.get("unix", "")
    if not unix.isdecimal():
        return None
    shape = attributes.get("format")
    return {"type": "date_time", "unix_time": int(unix)} | (
        {"date_time_format": shape} if shape else {}
    )


def _link(address: str) -> dict[str, Any] | None:
    """Read a link or a mention by id; an address nobody could open is no entity and no error."""
    address = address.strip()
    known = address.partition(":")[0].lower() in _LINK_SCHEMES and "://" in address
    try:
        parts = urlsplit(address if known else f"http://{address}")
    except ValueError:  # half an IPv6 address
        return None
    if parts.scheme == "tg" and parts.netloc == "user":
        number = parse_qs(parts.query).get("id", [""])[0]
        return (
            {"type": "text_mention", "user": {"id": int(number)}} if number.isdecimal() else None
        )
    if parts.scheme in ("http", "https") and ("." not in parts.netloc or " " in parts.netloc):
        return None
    if not parts.netloc:
        return None
    path = parts.path or ("/" if parts.scheme in ("http", "https") else "")
    return {
        "type": "text_link",
        "url": parts._replace(netloc=parts.netloc.lower(), path=path).geturl(),
    }
