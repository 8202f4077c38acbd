"""`run.py policy`: its words; what it does stands in `wiring.policy`, beside its storage."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    does = parser.add_subparsers(dest="does", required=True, metavar="WHAT")
    does.add_parser("status", help="what is in force, what was found, every difference")
    propose = does.add_parser("propose", help="put what was found before two people, again")
    propose.add_argument("--why", required=True, help="why the numbers shall change")
    propose.add_argument("--by", default="", help="your name; account and machine are added")
