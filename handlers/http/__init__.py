"""The door for programs, Telegram's webhook among them."""
