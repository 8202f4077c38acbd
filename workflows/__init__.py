"""What the city does: every verb by name. Standard library only. Start at cases/lifecycle.py."""

from collections.abc import Callable
from dataclasses import dataclass

from workflows.approving.carry_out import Carrier, CarryOut
from workflows.approving.decide import DecideProposal
from workflows.approving.offer_policy import OfferPolicy, PutInForce
from workflows.approving.proposal import ProposalKind
from workflows.approving.propose import Propose
from workflows.auditing.rearm import Rearm
from workflows.book import Book
from workflows.cases.ask import Answer, Ask
from workflows.cases.correct_note import CorrectNote
from workflows.cases.fetched import PhotoFetched
from workflows.cases.find import Find
from workflows.cases.move_case import MoveCase
from workflows.cases.reckon_again import ReckonAgain
from workflows.cases.record import Record
from workflows.cases.report_case import ReportCase
from workflows.cases.show_work import ShowWork
from workflows.cases.take_back_photo import TakeBackPhoto
from workflows.duty.arrange import ArrangeDuty
from workflows.duty.away import BeAway
from workflows.duty.import_shifts import ImportShifts
from workflows.duty.override import OverrideShift
from workflows.duty.report_gaps import ReportGaps
from workflows.duty.swap import SwapShifts
from workflows.emergency.ask_emergency import AskEmergency
from workflows.emergency.close import EndEmergency, WatchEmergency
from workflows.emergency.decide import DecideEmergency
from workflows.emergency.prepare import PrepareEmergency
from workflows.escalation.fire_due import FireDue
from workflows.escalation.lost_contact import LostContact
from workflows.exporting.kept import OpenWriter
from workflows.exporting.make import MakeExport
from workflows.exporting.prepare import PrepareExport
from workflows.exporting.request import RequestExport
from workflows.hotline.call_again import CallAgain
from workflows.hotline.self_fix import SelfFix
from workflows.hotline.synonyms import Learn, UndoSynonym
from workflows.hotline.take_down import TakeDown
from workflows.hotline.turn_away import TurnAway
from workflows.hotline.understand import Ear, Likeness
from workflows.importing.bring_in import BringIn, LoadApproved
from workflows.importing.take_in import TakeIn
from workflows.joint.answer_call import AnswerCall
from workflows.joint.call_people import CallPeople
from workflows.joint.close_call import CloseCall
from workflows.joint.prepare_call import PrepareCall
from workflows.joint.watch_call import WatchCall
from workflows.outages.clock_jumped import ClockJumped
from workflows.outages.keep_alive import KeepAlive
from workflows.outages.live_again import LiveAgain
from workflows.ports import Begin, Clock
from workflows.privacy.access import NoteAccess
from workflows.privacy.audits import Audit
from workflows.rails import Slots
from workflows.team.invite import AcceptInvite, Invite
from workflows.team.reply import ChooseLanguage, Reply
from workflows.team.summarise import Summarise
from workflows.views import Views


@dataclass(frozen=True, slots=True)
class Workflows:
    """Every verb. Whoever holds this can do anything that the law allows, and nothing else."""

    book: Book
    now: Clock
    ear: Ear
    move_case: MoveCase
    report_case: ReportCase
    show_work: ShowWork
    correct_note: CorrectNote
    take_back_photo: TakeBackPhoto
    ask: Ask
    answer: Answer
    note_access: NoteAccess
    audit: Audit
    find: Find
    take_down: TakeDown
    turn_away: TurnAway
    call_again: CallAgain
    self_fix: SelfFix
    prepare_call: PrepareCall
    answer_call: AnswerCall
    close_call: CloseCall
    watch_call: WatchCall
    prepare_emergency: PrepareEmergency
    decide_emergency: DecideEmergency
    end_emergency: EndEmergency
    watch_emergency: WatchEmergency
    propose: Propose
    decide_proposal: DecideProposal
    carry_out: CarryOut
    offer_policy: OfferPolicy
    bring_in: BringIn
    request_export: RequestExport
    prepare_export: PrepareExport
    make_export: MakeExport
    swap_shifts: SwapShifts
    be_away: BeAway
    import_shifts: ImportShifts
    arrange_duty: ArrangeDuty
    report_gaps: ReportGaps
    undo_synonym: UndoSynonym
    fire_due: FireDue
    lost_contact: LostContact
    keep_alive: KeepAlive
    live_again: LiveAgain
    clock_jumped: ClockJumped
    photo_fetched: PhotoFetched
    invite: Invite
    accept_invite: AcceptInvite
    reply: Reply
    choose_language: ChooseLanguage
    summarise: Summarise
    take_in: TakeIn
    reckon_again: ReckonAgain
    rearm: Rearm


@dataclass(frozen=True, slots=True)
class Outside:
    """What the verbs need from outside."""

    begin: Begin
    now: Clock
    views: Views
    slots: Slots
    ear: Ear
    likeness: Likeness
    new_token: Callable[[], str]
    open_writer: OpenWriter


def assemble(book: Book, outside: Outside) -> Workflows:
    """Build every verb, each from what it needs."""
    begin, now = outside.begin, outside.now
    record = Record(book, now)
    move_case = MoveCase(begin, record)
    report_case = ReportCase(begin, record, outside.likeness)
    show_work = ShowWork(begin, record)
    ear = outside.ear
    take_down = TakeDown(begin, now, ear, report_case, Learn(ear, now))
    rules = book.policy.approving
    propose = Propose(now, rules)
    request_export = RequestExport(begin, propose, outside.new_token)
    carriers: dict[ProposalKind, Carrier] = {
        ProposalKind.POLICY: PutInForce(),
        ProposalKind.CHANGE: LoadApproved(now),
    }
    swap_shifts, be_away = SwapShifts(begin, now, book), BeAway(begin, now, book)
    return Workflows(
        book=book,
        now=now,
        ear=ear,
        move_case=move_case,
        report_case=report_case,
        show_work=show_work,
        correct_note=CorrectNote(begin, record, outside.views),
        take_back_photo=TakeBackPhoto(begin, record, outside.views),
        ask=Ask(begin, move_case),
        answer=Answer(begin, move_case, show_work),
        note_access=NoteAccess(begin, now),
        audit=Audit(begin, now),
        find=Find(begin, now),
        take_down=take_down,
        turn_away=TurnAway(begin, take_down, report_case),
        self_fix=SelfFix(begin, take_down, report_case),
        call_again=CallAgain(begin, take_down, move_case),
        swap_shifts=swap_shifts,
        be_away=be_away,
        import_shifts=ImportShifts(begin, now, book),
        arrange_duty=ArrangeDuty(
            begin, now, book, swap_shifts, OverrideShift(begin, now, book), be_away
        ),
        report_gaps=ReportGaps(begin, now, book, outside.views, outside.slots),
        undo_synonym=UndoSynonym(begin, now),
        prepare_call=PrepareCall(begin, now, CallPeople(now, book.policy.call_out)),
        answer_call=AnswerCall(begin, now),
        close_call=CloseCall(begin, now),
        watch_call=WatchCall(begin, now, book.policy.call_out),
        prepare_emergency=PrepareEmergency(begin, now, AskEmergency(now, book.policy.emergency)),
        decide_emergency=DecideEmergency(begin, now),
        end_emergency=EndEmergency(begin, now),
        watch_emergency=WatchEmergency(begin, now),
        propose=propose,
        decide_proposal=DecideProposal(begin, now),
        carry_out=CarryOut(begin, now, carriers),
        bring_in=BringIn(begin, now, propose),
        offer_policy=OfferPolicy(begin, now, propose),
        request_export=request_export,
        prepare_export=PrepareExport(begin, now, book.calendar.zone, request_export),
        make_export=MakeExport(
            begin,
            now,
            outside.views.proposals,
            outside.views.exports,
            outside.open_writer,
            rules.alone_rows,
        ),
        fire_due=FireDue(begin, record),
        lost_contact=LostContact(begin, record),
        keep_alive=KeepAlive(begin, now, book.policy.outages),
        live_again=LiveAgain(begin),
        clock_jumped=ClockJumped(begin, now),
        photo_fetched=PhotoFetched(begin, record, now),
        invite=Invite(begin, now, outside.new_token),
        accept_invite=AcceptInvite(begin, now),
        reply=Reply(begin, now),
        choose_language=ChooseLanguage(begin, now),
        summarise=Summarise(begin, now, outside.views, outside.slots),
        take_in=TakeIn(begin, now, report_case, outside.views),
        reckon_again=ReckonAgain(begin, record, outside.views),
        rearm=Rearm(begin, record),
    )
