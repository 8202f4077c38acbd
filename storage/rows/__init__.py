"""The tables, one file per family; a row never leaves storage."""
