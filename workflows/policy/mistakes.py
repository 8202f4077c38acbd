"""What is wrong in the policy files, each with its place and its remedy, all at once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing to put right. Lines count from 1."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}. {self.remedy}."


class PolicyMistakes(Exception):  # noqa: N818 - says what it holds, and reads well in a raise
    """The policy cannot be used; `mistakes` holds everything that was found, in file order."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))
