"""Every way to say no. A refusal is a value with a reason; words and status codes live elsewhere.

Refused
    who      NOT_YOURS, TAUGHT_BY_YOU, STRANGER, DISMISSED, INVITE_*
    when     NOT_NOW (somebody else was first, or the case has moved on), CHANGED_MEANWHILE,
             UNDONE_ALREADY
    proof    PROOF_MISSING (names what is missing)
    thing    NO_SUCH_*, BUTTON_EXPIRED, UNKNOWN_WORDS, WHICH_CASE
    material PHOTO_*, NO_PHOTO_ASKED, NO_SUCH_PHOTO, NOT_A_PICTURE, TOO_MANY_PHOTOS,
             PHOTOS_OF_TODAY
    input    the rest: what a person typed cannot be used as it is
"""

from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    NOT_YOURS = "not_yours"
    NOT_NOW = "not_now"
    CHANGED_MEANWHILE = "changed_meanwhile"
    PROOF_MISSING = "proof_missing"
    NO_SUCH_CASE = "no_such_case"
    NO_SUCH_PERSON = "no_such_person"
    NO_SUCH_CLASS = "no_such_class"
    NO_SUCH_STATE = "no_such_state"
    NO_SUCH_DRAFT = "no_such_draft"
    NO_SUCH_SYNONYM = "no_such_synonym"
    TAUGHT_BY_YOU = "taught_by_you"
    UNDONE_ALREADY = "undone_already"
    NO_CONTACT = "no_contact"
    LOOKED_ENOUGH = "looked_enough"
    BUTTON_EXPIRED = "button_expired"
    BUTTON_NOT_YOURS = "button_not_yours"
    STRANGER = "stranger"
    DISMISSED = "dismissed"
    INVITE_USED = "invite_used"
    INVITE_EXPIRED = "invite_expired"
    INVITE_UNKNOWN = "invite_unknown"
    INVITE_NOT_PRIVATE = "invite_not_private"
    INVITE_TOO_OFTEN = "invite_too_often"
    ALREADY_BOUND = "already_bound"
    UNKNOWN_WORDS = "unknown_words"
    WHICH_CASE = "which_case"
    NO_OPEN_CASE = "no_open_case"
    NOT_A_PICTURE = "not_a_picture"
    PHOTO_TOO_LARGE = "photo_too_large"
    PHOTO_UNREADABLE = "photo_unreadable"
    PHOTO_NOT_NEEDED = "photo_not_needed"
    NO_SUCH_PHOTO = "no_such_photo"
    NO_PHOTO_ASKED = "no_photo_asked"
    TOO_MANY_PHOTOS = "too_many_photos"
    PHOTOS_OF_TODAY = "photos_of_today"
    DRAFT_INCOMPLETE = "draft_incomplete"
    TEXT_TOO_LONG = "text_too_long"
    BAD_INVITE_FORM = "bad_invite_form"
    BAD_LANGUAGE = "bad_language"
    NO_SUCH_AGENCY = "no_such_agency"
    NOBODY_AT_AGENCY = "nobody_at_agency"
    PART_IS_OPEN = "part_is_open"
    CALL_NOT_YOURS = "call_not_yours"
    CALL_ELSEWHERE = "call_elsewhere"
    CALL_INCOMPLETE = "call_incomplete"
    CALL_CLOSED = "call_closed"
    CALL_NOT_FOR_YOU = "call_not_for_you"
    NO_SUCH_CALL = "no_such_call"
    NOBODY_TO_CALL = "nobody_to_call"
    EMERGENCY_NOT_YOURS = "emergency_not_yours"
    EMERGENCY_ELSEWHERE = "emergency_elsewhere"
    EMERGENCY_OWN = "emergency_own"
    EMERGENCY_BAD_HOURS = "emergency_bad_hours"
    EMERGENCY_TOO_LONG = "emergency_too_long"
    EMERGENCY_INCOMPLETE = "emergency_incomplete"
    EMERGENCY_STANDS = "emergency_stands"
    EMERGENCY_WAITS = "emergency_waits"
    EMERGENCY_APPROVED = "emergency_approved"
    EMERGENCY_REFUSED = "emergency_refused"
    EMERGENCY_WITHDRAWN = "emergency_withdrawn"
    EMERGENCY_LAPSED = "emergency_lapsed"
    EMERGENCY_ENDED = "emergency_ended"
    NO_SUCH_EMERGENCY = "no_such_emergency"
    NO_SUCH_MODE = "no_such_mode"
    NO_SUCH_AREA = "no_such_area"
    NOBODY_TO_APPROVE = "nobody_to_approve"
    NO_SUCH_SHIFT = "no_such_shift"
    SHIFT_CHANGED = "shift_changed"
    SHIFT_BEGUN = "shift_begun"
    NOT_SAME_POST = "not_same_post"
    TWO_AT_ONCE = "two_at_once"
    NO_SHIFTS = "no_shifts"
    NO_SUCH_SWAP = "no_such_swap"
    SWAP_WAITS = "swap_waits"
    SWAP_ENDED = "swap_ended"
    SWAP_LAPSED = "swap_lapsed"
    NOT_YOUR_SWAP = "not_your_swap"
    ROSTER_NOT_YOURS = "roster_not_yours"
    IS_AWAY = "is_away"
    AWAY_ALREADY = "away_already"
    AWAY_ENDED = "away_ended"
    AWAY_BACKWARDS = "away_backwards"
    NO_SUCH_ABSENCE = "no_such_absence"
    WORKER_ELSEWHERE = "worker_elsewhere"
    MASTER_ENDED = "master_ended"
    NOBODY_TO_CHECK = "nobody_to_check"
    NOT_FOR_SELF_FIX = "not_for_self_fix"
    NO_SUCH_GROUND = "no_such_ground"
    BAD_DATE = "bad_date"
    DATE_PAST = "date_past"
    DATE_TOO_FAR = "date_too_far"


class Refused(Exception):  # noqa: N818  a refusal is an answer, not an error
    """No, and why. `data` is what the words of the answer need, JSON-able."""

    def __init__(self, reason: Reason, **data: Any) -> None:
        super().__init__(reason, data)
        self.reason = reason
        self.data = data
