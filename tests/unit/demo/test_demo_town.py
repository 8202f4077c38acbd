"""The demo's district hangs together: places lie in grids, agencies and classes exist."""

from shapely import Point, from_geojson

from handlers.terminal.demo_town import (
    AGENCIES,
    CATALOGUE,
    GRIDS,
    LANDMARKS,
    NEIGHBOURS,
    PEOPLE,
    RESIDENTS,
)
from workflows.people import WITH_AN_AGENCY, Role
from workflows.policy.load import load_policy


def test_every_landmark_lies_in_exactly_one_grid_and_no_two_grids_overlap() -> None:
    shapes = [from_geojson(grid.geometry) for grid in GRIDS]
    assert all(shape.is_valid for shape in shapes)
    for landmark in LANDMARKS:
        spot = Point(landmark.point.longitude, landmark.point.latitude)
        assert sum(shape.contains(spot) for shape in shapes) == 1, landmark.name
    for place, shape in enumerate(shapes):
        assert all(shape.intersection(other).area == 0 for other in shapes[place + 1 :])


def test_agencies_are_of_kinds_that_the_catalogue_knows() -> None:
    catalogue = load_policy(None).catalogue
    kinds = {kind for each in catalogue.conditions.values() for kind in each.agency_kinds}
    assert {agency.kind for agency in AGENCIES} <= kinds
    codes = {agency.code for agency in AGENCIES}
    for row in CATALOGUE:
        assert row.class_code in catalogue.classes
        assert row.agency in codes


def test_every_part_of_the_story_has_somebody_and_workers_have_an_agency() -> None:
    roles = {role for person in PEOPLE for role in (post.role for post in person.posts)}
    assert roles == set(Role) - {Role.COLLECTOR, Role.AUDITOR, Role.SYSTEM}
    posts = [post for person in PEOPLE for post in person.posts]
    assert all((post.agency is not None) == (post.role in WITH_AN_AGENCY) for post in posts)
    assert len({person.name for person in PEOPLE}) == len(PEOPLE)
    assert {person.language for person in PEOPLE} == {"zh", "en"}


def test_the_neighbours_add_who_looks_on_site_and_bring_their_agencies() -> None:
    posts = [post for person in NEIGHBOURS for post in person.posts]
    assert Role.COLLECTOR in {post.role for post in posts}
    assert all((post.agency is not None) == (post.role in WITH_AN_AGENCY) for post in posts)
    assert {post.agency for post in posts if post.agency} <= {agency.code for agency in AGENCIES}
    assert len({person.name for person in RESIDENTS}) == len(RESIDENTS)
