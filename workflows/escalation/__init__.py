"""Ladders: who is told when a clock runs out, and what they can do about it."""
