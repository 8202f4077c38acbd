"""Emergencies as they are seen: reads what a card needs, calls the pure function."""

from datetime import datetime

from bot.cards.emergency import PAGE, emergencies_sheet, emergency_sheet
from bot.cards.emergency_form import Around, emergency_form_sheet
from bot.cards.setting import Setting
from bot.sheet import Sheet
from workflows.approving.answer import is_same
from workflows.emergency.emergency import Emergency, hours_left, may_approve, may_ask
from workflows.emergency.form import EmergencyField, EmergencyForm, form_of
from workflows.emergency.under import EmergencyId, ModeKey
from workflows.hotline.draft import Draft, DraftState
from workflows.joint.kept import Area
from workflows.notices import NoticeKind
from workflows.people import DISTRICT_CODE_LENGTH, AreaCode, Person, Role
from workflows.rails import Owed
from workflows.views import Views


async def emergency_seen(views: Views, owed: Owed, reader: Person, setting: Setting) -> Sheet:
    """One emergency, or the list of them. Raises Refused(NO_SUCH_EMERGENCY)."""
    if owed.notice.kind is NoticeKind.EMERGENCIES:
        return await emergency_list(views, owed, reader, setting)
    data = owed.notice.data
    view = await views.emergencies.one(EmergencyId(data["emergency"]))
    return emergency_sheet(view, reader, setting, ends=bool(data.get("ends")))


async def emergency_list(views: Views, owed: Owed, reader: Person, setting: Setting) -> Sheet:
    """Those that touch the reader's areas."""
    page = int(owed.notice.data.get("page", 0))
    areas = sorted({post.area for post in reader.posts})
    found = await views.emergencies.page(areas, setting.now, PAGE, page * PAGE)
    return emergencies_sheet(found, page, reader, setting)


async def emergency_form(views: Views, draft: Draft, reader: Person, setting: Setting) -> Sheet:
    """The form with what its next step has to offer."""
    form, around = form_of(draft), Around()
    if draft.state is not DraftState.OPEN:
        pass
    elif form.asks is EmergencyField.AREA:
        around = Around(areas=await areas_for(views, reader))
    elif form.asks is EmergencyField.HOURS:
        around = Around(most=await _most(views, form, setting))
    elif form.asks is None:
        people = await _approvers(views, reader, AreaCode(form.area), setting.now)
        around = Around(people=people)
    return emergency_form_sheet(draft, around, setting)


async def areas_for(views: Views, reader: Person) -> tuple[Area, ...]:
    """What an administrator may switch: the districts of their posts, and the streets in them."""
    found: dict[AreaCode, Area] = {}
    for post in reader.posts_as(Role.ADMIN):
        streets = await views.joint.streets(post.area)
        districts = {AreaCode(street.code[:DISTRICT_CODE_LENGTH]) for street in streets}
        whole = [Area(code, "") for code in sorted(districts) if may_ask(reader, code)]
        found |= {area.code: area for area in (*whole, *streets)}
    return tuple(area for area in found.values() if may_ask(reader, area.code))


async def _most(views: Views, form: EmergencyForm, setting: Setting) -> int:
    mode = setting.book.policy.emergency.modes.get(ModeKey(form.mode))
    if mode is None:
        return 0
    extends: Emergency | None = None
    if form.extends is not None:
        extends = (await views.emergencies.one(EmergencyId(form.extends))).emergency
    return hours_left(mode, extends, setting.now)


async def _approvers(views: Views, asker: Person, area: AreaCode, at: datetime) -> int:
    """How many would be asked; who of them is on duty is looked up once more when it is sent."""
    roles = (Role.ADMIN, Role.DUTY_CHIEF)
    there = await views.emergencies.on_duty_around(roles, area, at)
    return sum(may_approve(p, area) and not is_same(p, asker) for p in there)
