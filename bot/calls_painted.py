"""Joint work as it is seen: reads what a card needs, calls the pure function."""

from collections.abc import Mapping

from bot.cards.call_form import Around, call_form_sheet
from bot.cards.call_out import called_sheet, tally_sheet
from bot.cards.setting import Setting
from bot.sheet import Sheet
from workflows.cases.case import Case
from workflows.hotline.draft import Draft, DraftState
from workflows.joint.call_form import CallField, form_of
from workflows.joint.call_out import FIELD, CallId
from workflows.joint.kept import Area, JointViews
from workflows.people import Agency, AreaCode, Person, Role
from workflows.privacy.scopes import Thing, posts_for
from workflows.rails import Owed
from workflows.views import Views


async def call_out(joint: JointViews, owed: Owed, setting: Setting) -> Sheet | None:
    """The tally for the caller, the question for everybody else."""
    assert owed.reader is not None
    data, reader = owed.notice.data, owed.reader
    since = setting.now - setting.book.policy.call_out.counted_for
    view = await joint.call(CallId(data["call"]), since)
    if view.call.by == reader.id:
        return tally_sheet(view, setting)
    return called_sheet(view, reader.id, int(data.get("reminder", 0)), setting)


async def call_form(joint: JointViews, draft: Draft, reader: Person, setting: Setting) -> Sheet:
    """The form with what its next step has to offer."""
    form, around = form_of(draft), Around()
    if draft.state is not DraftState.OPEN:
        pass
    elif form.asks is CallField.AREA:
        around = Around(areas=await areas_for(joint, reader, form.street))
    elif form.asks is None:
        roles = FIELD if form.role is None else (form.role,)
        people = await joint.count(roles, AreaCode(form.area or ""), reader.id)
        around = Around(people=people)
    return call_form_sheet(draft, around, setting)


async def calls_lately(
    joint: JointViews, reader: Person, area: AreaCode, setting: Setting
) -> Mapping[str, int]:
    """Who has called people out how often, for the duty chief, who watches over it."""
    if not reader.holds(Role.DUTY_CHIEF):
        return {}
    return await joint.counts(area, setting.now - setting.book.policy.call_out.counted_for)


async def areas_for(joint: JointViews, reader: Person, street: str) -> tuple[Area, ...]:
    """What a caller may choose: their areas as a whole and the streets in them, or its grids."""
    if street:
        names = {area.code: area.name for area in await joint.streets(AreaCode(street))}
        whole = Area(AreaCode(street), names.get(AreaCode(street), ""))
        return tuple(dict.fromkeys((whole, *await joint.grids(AreaCode(street)))))
    found: list[Area] = []
    for post in posts_for(Thing.CALL_OUT, reader):
        streets = await joint.streets(post.area)
        found += [Area(post.area, ""), *(Area(s.code, s.name, opens=True) for s in streets)]
    return tuple(dict.fromkeys(found))


async def partners_for(views: Views, case: Case) -> tuple[Agency, ...]:
    """The agencies around this case, those first who have somebody to hear a whistle."""
    led = {post.agency for lead in await views.holders(Role.AGENCY_LEAD) for post in lead.posts}
    near = await views.agencies(case.place.area)
    return tuple(sorted(near, key=lambda agency: agency.code not in led))
