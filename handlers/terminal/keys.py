"""`run.py keys`: its words; what it does stands in `wiring.keys`, beside the storage it needs."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is done to which file."""
    parser.add_argument(
        "what",
        choices=["new", "rotate", "retire", "status"],
        help="make a key file; put a new key first; drop keys that seal nothing; count by key",
    )
    parser.add_argument("file", type=Path, nargs="?", help="default: PAIDAN_KEYS_FILE")
    parser.add_argument("--look", action="store_true", help="rotate: the look-up key as well")
