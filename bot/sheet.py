"""A card before its buttons have tokens: what is said, and what each button would do."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.chat import Button, Card, Weight
from workflows.rails import Offer


class Touch(StrEnum):
    """What a button does besides the actions of the law: moving about in the chat itself."""

    SEND_FORM = "send_form"
    DROP_FORM = "drop_form"
    CHOOSE_GROUND = "choose_ground"
    FIXED = "fixed"
    CLOSE_FIXED = "close_fixed"
    NOT_TAKEN = "not_taken"
    CALL_AGAIN = "called_again"
    FIELD = "field"
    CHOOSE_CLASS = "choose_class"
    CHOOSE_CONDITION = "choose_condition"
    BROWSE = "browse"
    NOBODY_WAITS = "nobody_waits"
    HIDE_CALLER = "hide_caller"
    BACK = "back"
    ANSWER = "answer"
    DROP_QUESTION = "drop_question"
    OPEN_CASE = "open_case"
    PAGE = "page"
    WHY = "why"
    COMPARE = "compare"
    CALL_REPLY = "call_reply"
    CALL_CLOSE = "call_close"
    CALL_AREA = "call_area"
    CALL_BROWSE = "call_browse"
    CALL_ROLE = "call_role"
    CALL_GROUND = "call_ground"
    CALL_EDIT = "call_edit"
    CALL_SEND = "call_send"
    CALL_DROP = "call_drop"
    EMERGENCIES = "emergencies"
    EMERGENCY_NEW = "emergency_new"
    EMERGENCY_OPEN = "emergency_open"
    EMERGENCY_APPROVE = "emergency_approve"
    EMERGENCY_REFUSE = "emergency_refuse"
    EMERGENCY_WITHDRAW = "emergency_withdraw"
    EMERGENCY_LONGER = "emergency_longer"
    EMERGENCY_END = "emergency_end"
    EMERGENCY_KEEP = "emergency_keep"
    EMERGENCY_MODE = "emergency_mode"
    EMERGENCY_AREA = "emergency_area"
    EMERGENCY_BROWSE = "emergency_browse"
    EMERGENCY_HOURS = "emergency_hours"
    EMERGENCY_EDIT = "emergency_edit"
    EMERGENCY_SEND = "emergency_send"
    EMERGENCY_DROP = "emergency_drop"
    PROPOSAL_OPEN = "proposal_open"
    PROPOSAL_APPROVE = "proposal_approve"
    PROPOSAL_REFUSE = "proposal_refuse"
    PROPOSAL_WITHDRAW = "proposal_withdraw"
    EXPORT_SET = "export_set"
    EXPORT_SEND = "export_send"
    EXPORT_DROP = "export_drop"
    REQUESTS = "requests"
    DUTY = "duty"
    DUTY_START = "duty_start"
    DUTY_CHOOSE = "duty_choose"
    DUTY_DROP = "duty_drop"
    SWAP_OPEN = "swap_open"
    SWAP_ANSWER = "swap_answer"
    AWAY_ANSWER = "away_answer"
    LANGUAGE = "language"
    UNDO_SYNONYM = "undo_synonym"
    SYNONYMS = "synonyms"
    TRAIL = "trail"
    LOOKS = "looks"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that has no token yet."""

    label: str
    offer: Offer
    weight: Weight = Weight.SECONDARY


@dataclass(frozen=True, slots=True)
class Sheet:
    """A card and its choices, row by row; `left_out` if its transport may not carry all of it."""

    card: Card
    choices: tuple[tuple[Choice, ...], ...] = ()
    left_out: bool = False

    @property
    def offers(self) -> tuple[Offer, ...]:
        return tuple(choice.offer for row in self.choices for choice in row)

    def with_token(self, token: str) -> Card:
        """The card with buttons that name this token and their place in it."""
        places = iter(range(len(self.offers)))
        buttons = tuple(
            tuple(Button(c.label, f"{token}.{next(places)}", c.weight) for c in row)
            for row in self.choices
        )
        return replace(self.card, buttons=buttons)


def split_token(data: str) -> tuple[str, int] | None:
    """Token and place of a press; None for anything that we never made."""
    token, dot, place = data.rpartition(".")
    return (token, int(place)) if dot and place.isdecimal() and len(place) < 4 else None
