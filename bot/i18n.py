"""Translation: English source texts, gettext catalogues compiled in memory at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Self

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES: Final = Path(__file__).parent / "locales"
LANGUAGES: Final = ("zh", "en")
"""The first one is the house's own language."""


def N_(source: str) -> str:  # noqa: N802  gettext's own name for "to be translated when used"
    """Mark an English source text; it is translated where it is used."""
    return source


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: called with a source text it gives the sentence, its places filled in.

    Whatever fills a place is never read as a template itself, so people may write braces.
    """

    code: str
    catalogue: GNUTranslations

    def __call__(self, source: str, /, **values: object) -> str:
        return self.catalogue.gettext(source).format_map(values)

    def many(self, one: str, several: str, /, n: int, **values: object) -> str:
        """Choose the form that goes with a number; the number fills `{n}`."""
        return self.catalogue.ngettext(one, several, n).format_map({"n": n, **values})

    def either(self, zh: str, en: str) -> str:
        """A name that the district's own files carry in both languages."""
        return (zh if self.code == "zh" else en) or zh


@dataclass(frozen=True, slots=True)
class Speech:
    """Every language we speak. Built once, when a process starts."""

    tongues: Mapping[str, Tongue]

    @classmethod
    def load(cls, locales: Path = LOCALES) -> Self:
        """Read and compile the catalogues. Raises OSError if one is missing."""
        return cls({code: Tongue(code, _compiled(locales, code)) for code in LANGUAGES})

    def in_(self, language: str) -> Tongue:
        """The tongue for a language code as phones give it (`zh-hans`, `en-GB`); else English."""
        is_chinese = language.lower().replace("_", "-").partition("-")[0] == "zh"
        return self.tongues["zh" if is_chinese else "en"]


@cache
def _compiled(locales: Path, code: str) -> Any:
    with (locales / code / "LC_MESSAGES" / "paidan.po").open("rb") as file:
        catalogue = read_po(file, locale=code, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
