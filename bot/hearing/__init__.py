"""Hears what was written: words, what they are about, whose matter it is, and what is alike."""
