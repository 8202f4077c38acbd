"""Puts the house together: the only place that knows every ring, and no ring knows it."""
