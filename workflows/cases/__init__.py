"""A case from report to closing: nouns, the law, and one verb a file."""
