"""A decided dispute as a row of the dispatch catalogue, and back out of it again."""

from workflows.cases.case import Case
from workflows.ports import Work


async def keep_route(work: Work, before: Case, after: Case) -> None:
    """Write class and area to the agency that has the case now, or take that very row back.

    The journal's line of the move says who did it, when and from which case.
    """
    area, agency = after.place.area, after.agency
    if area is None or agency is None:
        return
    if after.route_kept_at is not None:
        await work.places.keep_route(after.class_code, area, agency, after.route_kept_at)
    elif before.route_kept_at is not None:
        await work.places.forget_route(after.class_code, area, before.route_kept_at)
