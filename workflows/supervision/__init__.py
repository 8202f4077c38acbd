"""Supervision beside the case: orders with a text, a deadline and a reply; all pure."""
