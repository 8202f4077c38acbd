"""How cards are shown, and gestures' pictures fetched, by Telegram's Bot API."""
