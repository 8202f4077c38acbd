"""What a transport raises where there is nothing to give back."""


class FetchError(Exception):
    """A picture could not be had; `lasting` if trying again is useless, for this `problem`."""

    def __init__(self, why: str, *, lasting: bool, problem: str = "unreadable") -> None:
        super().__init__(why)
        self.lasting = lasting
        self.problem = problem


class PoisonError(Exception):
    """An update that no reader will ever understand: to be kept aside, not tried again."""
