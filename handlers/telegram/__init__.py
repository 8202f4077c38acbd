"""The door for people on Telegram: raw updates in, gestures out."""
