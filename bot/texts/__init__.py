"""Every word we say, in tables keyed by the domain's enums, and the words people say to us."""

from bot.texts.spoken import Spoken, spoken

__all__ = ["Spoken", "spoken"]
