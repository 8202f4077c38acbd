"""Prints the law: a picture of every move, and a table of who may do what on which grounds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workflows.cases.case import ENDED, OPEN, Action, Proof, State
from workflows.cases.lifecycle import ALL_CLOCKS, CLOCKS, GUARDS, IN_TIME, LIFECYCLE, Move, Ticks
from workflows.deadlines.clocks import ClockKind
from workflows.people import Role

COLUMNS: Final = (
    "when",
    "action",
    "who",
    "becomes",
    "given",
    "provided",
    "ends",
    "starts",
    "rests",
    "source",
)
PHRASES: Final = ("every_open_state", "as_it_was", "every_clock")
"""What a cell says instead of all states, of the same state again, of all clocks."""


@dataclass(frozen=True, slots=True)
class Words:
    """One language: the words of the law, of its conditions by name, and of the table itself.

    `headings` has a word for each of COLUMNS and PHRASES.
    """

    states: Mapping[State, str]
    actions: Mapping[Action, str]
    roles: Mapping[Role, str]
    proofs: Mapping[Proof, str]
    conditions: Mapping[str, str]
    clocks: Mapping[ClockKind, str]
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """Moves that differ in nothing but the state they begin in."""

    when: tuple[State, ...]
    move: Move

    @property
    def stays(self) -> bool:
        return self.move.when is self.move.becomes


def rows(moves: Iterable[Move] = LIFECYCLE) -> tuple[Row, ...]:
    """The law in its own order, with the moves that are the same for several states in one row."""
    found: dict[tuple[object, ...], list[Move]] = {}
    for move in moves:
        target = None if move.when is move.becomes else move.becomes
        found.setdefault((move.action, move.by, target, move.given, move.source), []).append(move)
    return tuple(Row(tuple(move.when for move in same), same[0]) for same in found.values())


def picture(*languages: Words) -> str:
    """A Mermaid state diagram with one arrow for all moves between the same two states."""
    arrows: dict[tuple[State, State], list[Action]] = {}
    for move in LIFECYCLE:
        arrows.setdefault((move.when, move.becomes), []).append(move.action)
    lines = ["stateDiagram-v2"]
    for state in State:
        name = _beside([words.states[state] for words in languages], " · ")
        lines.append(f'    state "{name}" as {state}')
    lines.append(f"    [*] --> {State.DRAFT}")
    for (before, after), actions in arrows.items():
        labels = [
            _beside([words.actions[action] for words in languages], " · ") for action in actions
        ]
        lines.append(f"    {before} --> {after}: {'<br>'.join(labels)}")
    lines += [f"    {state} --> [*]" for state in State if state in ENDED]
    return "\n".join(lines)


def table(*languages: Words) -> str:
    """A Markdown table, one row a rule, every cell in all the languages."""
    headings = [_each(languages, column) for column in COLUMNS]
    lines = [_line(headings), _line(["---"] * len(COLUMNS))]
    for row in rows():
        each = [_cells(row, words) for words in languages]
        lines.append(_line([_beside(cell, "<br>") for cell in zip(*each, strict=True)]))
    return "\n".join(lines)


def _cells(row: Row, words: Words) -> tuple[str, ...]:
    """A row in one language, in the order of COLUMNS."""
    move, ticks = row.move, CLOCKS.get(row.move.action, Ticks())
    everywhere = row.when == OPEN
    states = _listed([words.states[state] for state in row.when])
    guards = (*GUARDS.get(move.action, ()), *IN_TIME.get(move.action, ()))
    return (
        words.headings["every_open_state"] if everywhere else states,
        words.actions[move.action],
        _listed([words.roles[role] for role in move.by]),
        words.headings["as_it_was"] if row.stays else words.states[move.becomes],
        _listed([words.proofs[proof] for proof in move.given]),
        _listed([words.conditions[guard.__name__] for guard in guards]),
        *(
            _clocks(kinds, words)
            for kinds in (ticks.ends, (*ticks.starts, *ticks.resumes), ticks.rests)
        ),
        move.source,
    )


def _clocks(kinds: tuple[ClockKind, ...], words: Words) -> str:
    if kinds == ALL_CLOCKS:
        return words.headings["every_clock"]
    return _listed([words.clocks[kind] for kind in kinds])


def _listed(words: Iterable[str]) -> str:
    return "; ".join(words)


def _each(languages: Sequence[Words], heading: str) -> str:
    return _beside([words.headings[heading] for words in languages], "<br>")


def _beside(texts: Sequence[str], between: str) -> str:
    """All languages, or one where they say the same."""
    return between.join(dict.fromkeys(text for text in texts if text))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
