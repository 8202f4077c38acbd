"""The door for people on Telegram: raw updates in, gestures out."""

import bot.telegram  # noqa: F401  first of all: how aiogram is loaded
