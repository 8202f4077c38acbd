"""One act on a case, before the law has been asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.cases.case import NOTHING, Action, Given
from workflows.people import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """Who does what with what. `details` goes to the journal: rule, version, inputs."""

    action: Action
    actor: Actor
    given: Given = NOTHING
    details: Mapping[str, Any] = field(default_factory=dict)
