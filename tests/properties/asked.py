"""What an honest observer knows of the requests on one case, from domain.md 2.4 alone."""

from dataclasses import dataclass, field
from datetime import datetime

from tests.lawbook import book
from workflows.cases.case import Action, State
from workflows.deadlines.limits import Limit, due
from workflows.people import PersonId, Role

A, R = Action, Role

KINDS = {
    A.ASK_RETURN: "return",
    A.ASK_EXTENSION: "extension",
    A.ASK_SUSPENSION: "suspension",
    A.ASK_VOID: "void",
    A.ASK_APPEAL: "appeal",
}
TURNS = {A.ENDORSE, A.GRANT, A.REFUSE, A.WITHDRAW}
ON_ENDED = {A.ASK_APPEAL, A.LAPSE, A.EXEMPT, A.ESCALATE, *TURNS}
"""What can still be done to a case that has ended, none of which opens it again."""

ASKS = {
    A.ASK_RETURN: {R.WORKER, R.AGENCY_LEAD},
    A.ASK_EXTENSION: {R.WORKER, R.AGENCY_LEAD},
    A.ASK_SUSPENSION: {R.WORKER, R.AGENCY_LEAD},
    A.ASK_VOID: {R.WORKER, R.AGENCY_LEAD, R.OPERATOR, R.COLLECTOR},
    A.ASK_APPEAL: {R.AGENCY_LEAD},
}
THROUGH_THE_AGENCY = ("return", "extension", "suspension")
FIRST = {
    **{kind: {R.AGENCY_LEAD, R.DUTY_CHIEF} for kind in THROUGH_THE_AGENCY},
    "appeal": {R.DISPATCH_OFFICER, R.DUTY_CHIEF},
    "void": set(),
}
SECOND = {
    **{kind: {R.DISPATCH_OFFICER, R.DUTY_CHIEF} for kind in THROUGH_THE_AGENCY},
    "appeal": {R.ACCEPTOR},
    "void": {R.SHIFT_LEADER},
}
ALIVE = {
    "return": {State.PENDING_SIGN, State.HANDLING},
    "extension": {State.PENDING_SIGN, State.HANDLING},
    "suspension": {State.HANDLING},
    "appeal": {State.CLOSED},
}
WINDOW = {True: "15 min", False: "4 work_hour"}


@dataclass
class Asked:
    """The request that waits, and what was granted before."""

    kind: str = ""
    asker: PersonId | None = None
    endorser: PersonId | None = None
    endorsed: bool = False
    agency: str | None = None
    returned: list[str | None] = field(default_factory=list)
    return_decided: list[str | None] = field(default_factory=list)
    extended: int = 0
    rested: int = 0
    appealed: int = 0
    forced: bool = False
    to_carry_out: str = ""

    @property
    def waits(self) -> bool:
        return self.kind != ""

    @property
    def freezes(self) -> bool:
        return self.kind in {"return", "extension", "suspension"}

    @property
    def for_district(self) -> bool:
        return len(set(self.returned)) >= 2

    def who(self, action: Action) -> set[Role]:
        """Whose turn it is (domain.md 2.4)."""
        if action is A.WITHDRAW:
            return {R.WORKER, R.AGENCY_LEAD, R.OPERATOR, R.COLLECTOR}
        if not self.waits:
            return set()
        if action is A.GRANT:
            return SECOND[self.kind] if self.endorsed else set()
        if action is A.ENDORSE:
            return set() if self.endorsed else FIRST[self.kind]
        return SECOND[self.kind] if self.endorsed else FIRST[self.kind]

    def asked_rightly(
        self,
        action: Action,
        at: datetime,
        agency: str | None,
        dispatched: datetime | None,
        due_at: datetime | None,
        *,
        urgent: bool,
        late: bool,
    ) -> None:
        assert not self.waits, "one request at a time"
        match action:
            case A.ASK_RETURN:
                assert dispatched is not None
                assert not self.forced, "what was forced is never returned"
                assert agency not in self.return_decided, "one return an agency"
                window = Limit.parse(WINDOW[urgent])
                closes = due(dispatched, window, book().calendar).due_at
                assert closes is not None
                assert at <= closes
            case A.ASK_EXTENSION | A.ASK_SUSPENSION:
                assert due_at is not None
                assert at <= due_at, "nobody asks for more time when it is late"
                assert self.extended < 2 or action is A.ASK_SUSPENSION
                assert self.rested < 1 or action is A.ASK_EXTENSION
            case A.ASK_APPEAL:
                assert late
                assert self.appealed < 1

    def note(self, action: Action, who: PersonId, agency: str | None, *, leads: bool) -> None:
        if action in KINDS:
            kind = KINDS[action]
            through = kind in {"return", "extension", "suspension"}
            self.kind, self.asker, self.endorser, self.agency = kind, who, None, agency
            self.endorsed = kind == "void" or (through and leads)
        elif action is A.ENDORSE:
            self.endorsed, self.endorser = True, who
        elif action in {A.GRANT, A.REFUSE}:
            self._decided(granted=action is A.GRANT)
        elif action in {A.WITHDRAW, A.LAPSE}:
            self.kind = ""
        elif action in {A.RETURN, A.EXTEND, A.SUSPEND, A.EXEMPT, A.VOID}:
            self.to_carry_out = ""
        elif action is A.FORCE_ASSIGN:
            self.forced = True

    def _decided(self, *, granted: bool) -> None:
        kind, self.kind = self.kind, ""
        if granted:
            self.to_carry_out = kind
        if kind == "return":
            self.return_decided.append(self.agency)
            self.returned += [self.agency] * granted
        self.extended += granted and kind == "extension"
        self.rested += granted and kind == "suspension"
        self.appealed += kind == "appeal"
        assert self.extended <= 2, "at most two grants"

    def moot(self, state: State, agency: str | None, *, is_open: bool) -> bool:
        """Nobody can want an answer any more."""
        if not self.waits:
            return False
        if self.kind == "void":
            return not is_open
        gone = self.freezes and agency != self.agency
        return state not in ALIVE[self.kind] or gone
