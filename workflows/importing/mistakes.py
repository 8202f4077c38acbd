"""What is wrong in a file that a person wrote for us, all of it at once."""

from collections.abc import Iterable

from workflows.policy.mistakes import Mistake


class ImportMistakes(Exception):  # noqa: N818  says what it holds, like PolicyMistakes
    """Nothing of the file was taken; `mistakes` holds all that was found, in file order."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))
