"""How cards are shown, and gestures' pictures fetched, by Telegram's Bot API."""

from bot.telegram import models as models  # first of all: how aiogram is loaded
