"""When the roster of a post ends, and that whoever is there without one has no end."""

from datetime import UTC, datetime

import pytest

from workflows.duty.kept import LastShifts, Staff
from workflows.duty.presence import Crew, roster_end
from workflows.people import AreaCode, Person, PersonId, Post, Role

POST = Post(Role.WORKER, AreaCode("319900002"))
WANG, LI = (Person(PersonId(n), name, "zh", (POST,)) for n, name in ((1, "王"), (2, "李")))
MONDAY, TUESDAY = (datetime(2026, 11, day, tzinfo=UTC) for day in (23, 24))


@pytest.mark.parametrize(
    ("rostered", "last", "end"),
    [
        ({1, 2}, {(1, None): MONDAY, (2, None): TUESDAY}, TUESDAY),
        ({1, 2}, {(1, Role.WORKER): TUESDAY, (1, None): MONDAY}, TUESDAY),
        ({1, 2}, {(1, Role.ACCEPTOR): TUESDAY, (2, None): MONDAY}, MONDAY),
        ({1}, {(1, None): MONDAY}, None),
        ({1, 2}, {}, None),
    ],
)
def test_a_roster_ends_with_the_last_shift_of_all_who_can_do_the_work(
    rostered: set[PersonId], last: LastShifts, end: datetime | None
) -> None:
    staff = Staff(people=(WANG, LI), rostered=frozenset(rostered))
    assert roster_end(Crew(POST, staff, rostered=True, now=(), holes=()), last) == end
