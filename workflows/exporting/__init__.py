"""Files of many cases: asked for with a purpose, masked, marked, and in the log."""
