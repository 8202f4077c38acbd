"""How well the ear hears real messages that were labelled by hand; `make hearing` prints it.

labels.csv holds identifiers and labels only, made by one reader (domain.md names no labels):
class codes, or `elsewhere:TOPIC`; several where several would do. The half is fixed by the
last digit of the hash of file and number. The words are read where they lie, never kept here.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.hearing.ear import CatalogueEar
from tests.hearing.baseline import KeywordCount
from workflows.policy.load import load_policy

HERE = Path(__file__).parent
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "complaints"
ENCODINGS = {
    "zh_messages_labelled.csv": "utf-8",
    "zh_messages_replies.gb18030.csv": "gb18030",
    "zh_messages_2019q3.csv": "utf-8-sig",
}
ELSEWHERE = "elsewhere:"
NO_DATA = "the real messages are not on this machine"


@dataclass(frozen=True)
class Example:
    file: str
    message: str
    half: str
    labels: frozenset[str]
    words: str

    @property
    def ours(self) -> bool:
        return not any(label.startswith(ELSEWHERE) for label in self.labels)

    @property
    def not_ours(self) -> bool:
        return all(label.startswith(ELSEWHERE) for label in self.labels)


def messages(file: str) -> Iterator[tuple[str, str]]:
    """Number and words (subject, then text) of every message of one file."""
    text = (DATA / file).read_bytes().decode(ENCODINGS[file])
    for row in csv.DictReader(io.StringIO(text)):
        yield row["留言编号"], f"{row['留言主题']}\n{row['留言详情']}"


def examples(half: str) -> list[Example]:
    words = {(f, number): said for f in ENCODINGS for number, said in messages(f)}
    with (HERE / "labels.csv").open(encoding="utf-8", newline="") as file:
        return [
            Example(
                row["file"],
                row["message"],
                row["half"],
                frozenset(row["labels"].split("|")),
                words[row["file"], row["message"]],
            )
            for row in csv.DictReader(file)
            if row["half"] == half
        ]


@dataclass(frozen=True)
class Measured:
    """Shares of one half, and what fails: identifiers, labels and guesses, never words."""

    ours: int
    not_ours: int
    first: float
    first_three: float
    recognised: float
    right_body: float
    false_alarms: float
    baseline_first: float
    baseline_three: float
    failing: tuple[str, ...]


def measure(half: str) -> Measured:
    policy = load_policy()
    ear, before = CatalogueEar(policy), KeywordCount(policy.catalogue)
    count: Counter[str] = Counter()
    failing: list[str] = []
    for example in examples(half):
        hearing = ear.hear(example.words)
        guessed = [guess.class_code for guess in hearing.guesses]
        topic = f"{ELSEWHERE}{hearing.elsewhere.topic.key}" if hearing.elsewhere else ""
        if example.ours:
            old = before.classes(example.words)
            count["ours"] += 1
            count["first"] += bool(example.labels & set(guessed[:1]))
            count["three"] += bool(example.labels & set(guessed))
            count["alarm"] += bool(topic)
            count["old first"] += bool(example.labels & set(old[:1]))
            count["old three"] += bool(example.labels & set(old))
        elif example.not_ours:
            count["not ours"] += 1
            count["recognised"] += bool(topic)
            count["body"] += topic in example.labels
        missed = example.ours and not example.labels & set(guessed)
        if missed or (example.ours and topic) or (example.not_ours and not topic):
            wanted, got = " ".join(sorted(example.labels)), " ".join((*guessed, topic))
            failing.append(f"{example.file} {example.message}: {wanted} <- {got}")
    ours, others = count["ours"], count["not ours"]
    return Measured(
        ours,
        others,
        count["first"] / ours,
        count["three"] / ours,
        count["recognised"] / others,
        count["body"] / others,
        count["alarm"] / ours,
        count["old first"] / ours,
        count["old three"] / ours,
        tuple(failing),
    )


def main() -> None:
    """Print both halves, and what fails in the judging one."""
    if not DATA.exists():
        print(NO_DATA)
        return
    for half in ("build", "judge"):
        found = measure(half)
        print(f"{half} half: {found.ours} ours, {found.not_ours} not ours")
        for name, share, beside in (
            ("first guess right", found.first, f"keyword count {found.baseline_first:.1%}"),
            ("in the first three", found.first_three, f"keyword count {found.baseline_three:.1%}"),
            ("not ours recognised", found.recognised, f"right body {found.right_body:.1%}"),
            ("ours taken for theirs", found.false_alarms, "the operator may go on"),
        ):
            print(f"  {name:<22} {share:6.1%}  ({beside})")
    print("what still fails in the judging half: wanted <- heard")
    print("\n".join(found.failing))


if __name__ == "__main__":
    main()
