"""Pages of ours as HTML: for a phone, without a script, nothing fetched from anywhere else."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from typing import Final

from bot.chat import Card
from bot.i18n import N_, Speech, Tongue
from bot.plain import clean
from workflows.cases.case import Point

STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{margin:0 auto;max-width:40rem;padding:1rem;font:1.125rem/1.6 system-ui,-apple-system,"
    "'PingFang SC','HarmonyOS Sans SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif;"
    "overflow-wrap:anywhere}"
    "h1{font-size:1.35rem;line-height:1.4;margin:.5rem 0 1rem}"
    "p{margin:.5rem 0}figure{margin:1rem 0}img{display:block;width:100%;height:auto;"
    "border-radius:.5rem}figcaption,footer{opacity:.75;font-size:1rem}"
    "section{border-top:1px solid #8886;margin-top:1rem;padding-top:.5rem}"
    "button,a{display:block;box-sizing:border-box;width:100%;min-height:3.5rem;margin:1rem 0;"
    "padding:.9rem;border:0;border-radius:.75rem;background:#0b57d0;color:#fff;font:inherit;"
    "font-weight:600;text-align:center;text-decoration:none}"
)
"""Touch targets of 56 px and more; the reader's own size of letters is kept."""

_STYLE_HASH: Final = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy that goes with every page."""

OPEN_IT: Final = N_("Open the page")
OPENS_ONCE: Final = N_("This link opens once, for you alone. Please do not pass it on.")
CLOSED: Final = N_("This link does not work: it was used, its time is over, or it is not yours.")
FRESH: Final = N_("For a new one press the button in the chat again, or type there: /case NUMBER")
GO_ON: Final = N_("Opened on this phone a moment ago? Go on")


def door_page(speech: Speech) -> str:
    """Asks for one tap, which a link preview never makes. Tells nothing of what is behind it."""
    texts = [tongue(OPENS_ONCE) for tongue in _both(speech)]
    label = " / ".join(tongue(OPEN_IT) for tongue in _both(speech))
    button = f'<form method="post"><button>{escape(label)}</button></form>'
    return _page(_paragraphs(texts) + button, "zh-Hans")


def closed_page(speech: Speech, here: str) -> str:
    """The same words for a link that is used, over, somebody else's or none; `here` is itself.

    A browser that came from a messenger sends no strict cookie; a tap on our own page does.
    """
    texts = [tongue(words) for tongue in _both(speech) for words in (CLOSED, FRESH)]
    label = " / ".join(tongue(GO_ON) for tongue in _both(speech))
    again = f'<a href="{escape(here)}">{escape(label)}</a>'
    return _page(_paragraphs(texts) + again, "zh-Hans")


def card_page(card: Card, pictures: Sequence[str], until: str, tongue: Tongue) -> str:
    """The card with its pictures, by their addresses; `until` is when the page closes."""
    rows = (f"{label}：{value}" if label else value for label, value in card.rows)
    body = [f"<h1>{_shown(card.head)}</h1>", _paragraphs((*card.lines, *rows))]
    if card.place is not None:
        body.append(_map_link(card.place, tongue))
    body += _figures(pictures, card)
    act = tongue("To act, go back to the chat: its buttons are there.")
    body.append(f"<section>{_paragraphs((card.help_line, act))}</section>")
    closes = tongue("This page closes at {time}. Looking at it is on record.", time=until)
    body.append(f"<footer>{_paragraphs((closes,))}</footer>")
    return _page("".join(body), "zh-Hans" if tongue.code == "zh" else tongue.code)


def _figures(pictures: Sequence[str], card: Card) -> Iterator[str]:
    for source, shot in zip(pictures, card.pictures, strict=True):
        caption = _shown(shot.caption)
        yield (
            f'<figure><img src="{escape(source)}" alt="{caption}">'
            f"<figcaption>{caption}</figcaption></figure>"
        )


def _map_link(point: Point, tongue: Tongue) -> str:
    """For the phone's own map; no map service hears of it before the reader wants that."""
    where = f"{point.latitude:.6f},{point.longitude:.6f}"
    label = tongue("🗺 Open in the map")
    return f'<a href="geo:{where}">{escape(label)}</a>'


def _both(speech: Speech) -> tuple[Tongue, ...]:
    """Before anybody is known, in every language, Chinese first."""
    return tuple(speech.tongues.values())


def _paragraphs(texts: Iterable[str]) -> str:
    lines = (line for text in texts for line in text.split("\n"))
    return "".join(f"<p>{_shown(line)}</p>" for line in lines if line)


def _shown(text: str) -> str:
    return escape(clean(text))


def _page(body: str, language: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex,nofollow">'
        f"<title>派单 Paidan</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )
