"""Paints the question before an act, with what may be chosen as things stand now."""

from bot.calls_painted import partners_for
from bot.cards.answers import Asked
from bot.cards.question import proposed_first, question_sheet
from bot.cards.setting import Setting
from bot.sheet import Sheet
from workflows.cases.case import WITH_WORKER, Action, CaseId
from workflows.cases.machine import may_see
from workflows.cases.questions import KEYS, Question, question_of
from workflows.hotline.draft import DraftState
from workflows.notices import DraftId
from workflows.people import Actor, Person
from workflows.rails import Owed
from workflows.views import CaseView, Views


async def asked_now(views: Views, owed: Owed, reader: Person, setting: Setting) -> Sheet | None:
    """The question as it stands now; None where it has been answered and is on no screen."""
    draft = await views.draft(DraftId(owed.notice.data["draft"]))
    if draft.state is not DraftState.OPEN and not owed.live:
        return None
    question, case_id = question_of(draft), draft.body.get("case")
    view = await views.case(CaseId(case_id)) if case_id is not None else None
    asked = Asked(view)
    if draft.state is DraftState.OPEN and question is Question.WHICH_CASE:
        tasks = await views.tasks(reader)
        mine = [c for c in tasks if c.assignee == draft.person and c.state in WITH_WORKER]
        asked = Asked(None, cases=mine)
    elif question is Question.WORKER and view is not None:
        found = await views.colleagues(view.case, setting.now)
        asked = Asked(view, colleagues=proposed_first(found, view))
    elif question is Question.MASTER and view is not None:
        asked = Asked(view, masters=await _masters(views, view, reader))
    elif draft.body["action"] == Action.WHISTLE and view is not None:
        asked = Asked(view, agencies=await partners_for(views, view.case))
    elif view is not None and "proposed" in {KEYS[question], *draft.body.get("answer", {})}:
        near = await views.agencies(view.case.place.area)
        asked = Asked(view, agencies=[a for a in near if a.code != view.case.agency])
    return question_sheet(draft, asked, setting)


async def _masters(views: Views, view: CaseView, reader: Person) -> list[CaseView]:
    """The cases that it may be a duplicate of, without those that the reader may not see."""
    others = [await views.case(CaseId(each.case_id)) for each in view.case.alike]
    return [other for other in others if may_see(other.case, Actor(reader))]
