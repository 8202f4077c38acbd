"""Words of the printed law that nobody reads in a chat: evidence and conditions as phrases.

They stand in pairs, Chinese and English, because the printed law shows both side by side.
"""

from typing import Final

from workflows.cases.case import Proof

PROOFS: Final[dict[Proof, tuple[str, str]]] = {
    Proof.CLASS: ("类别", "the class"),
    Proof.PLACE: ("地点", "the place"),
    Proof.PHOTO_BEFORE: ("巡查上报须有处置前照片", "a photo of the problem, from a patrol"),
    Proof.HARMLESS: ("按规定可自处置的立案条件", "a condition that its finder may fix alone"),
    Proof.BOTH_PHOTOS: ("处置前后照片", "photos of before and after"),
    Proof.FILING_CONDITION: ("立案条件", "the filing condition"),
    Proof.AGENCY: ("承办单位", "the agency"),
    Proof.WORKER: ("处置人员", "the worker"),
    Proof.CONTACT_RESULT: ("联系结果", "how the call went"),
    Proof.INTERIM_PHOTO: ("围挡和警示标志照片", "a photo of the barrier and the sign"),
    Proof.AFTER_PHOTOS: (
        "结案条件要求的处置后照片，或说明拍不了的原因",
        "as many closing photos as the filing condition asks, or why they cannot be taken",
    ),
    Proof.PHOTO_AS_FILE: (
        "立案条件要求的，照片须以文件发送，或说明拍不了的原因",
        "photos sent as files where the condition asks for it, or why that cannot be",
    ),
    Proof.PHOTO_IN_TIME: (
        "照片文件所载时间不早于报案，或说明原因",
        "no file whose camera time is before the report, or why",
    ),
    Proof.PHOTO_ON_SITE: (
        "立案条件要求的，照片文件所载位置在现场，或说明原因",
        "no file taken elsewhere where the condition asks for the place, or why",
    ),
    Proof.OF_SAME_SET: (
        "同一组（相册）的其他照片已收在本案",
        "other photos of the same album on the case",
    ),
    Proof.REPLY_POINTS: ("有来电人时须有答复要点", "what to tell the caller, if there is one"),
    Proof.CLOSING_CONDITION: ("结案条件已勾选", "the closing condition, ticked"),
    Proof.FACT_FINDING: ("有诉求时须作事实认定", "the fact finding, if somebody appealed"),
    Proof.DEMAND_FINDING: ("有诉求时须作诉求认定", "the demand finding, if somebody appealed"),
    Proof.OUTCOME: ("有诉求时须有办理结果", "how it came out, if somebody appealed"),
    Proof.REPLY: (
        "有诉求时须确认答复口径（单位、时间、做了什么，不超过规定字数）",
        "the confirmed reply, if somebody appealed: agency, time and what was done, in length",
    ),
    Proof.CONTACT_WORDS: ("“其他”原因须有说明", "words, where the reason is another one"),
    Proof.CALL_FAILURE: ("未接通原因", "why the call was in vain"),
    Proof.RESOLVED: (
        "来电人认为是否解决，或回访次数已满",
        "whether it is solved for the caller, or enough calls in vain",
    ),
    Proof.SATISFACTION: (
        "来电人是否满意，或回访次数已满",
        "whether the caller is satisfied, or enough calls in vain",
    ),
    Proof.NOT_CONTESTED: (
        "诉求合理的，未解决或首次不满意不得结案",
        "with a reasonable demand neither unsolved nor dissatisfied for the first time",
    ),
    Proof.CITIZENS_WORDS: ("来电人原话", "the caller's own words"),
    Proof.WHISTLE_KIND: ("吹哨类型", "the kind of whistle"),
    Proof.PARTNER: ("协办单位", "the agency that should come"),
    Proof.WRITTEN_WORDS: ("催办或督办意见", "what is asked, in writing"),
    Proof.WITHIN: ("回复时限", "the limit for a reply"),
    Proof.WRITTEN_REPLY: ("回复意见", "the reply, in writing"),
    Proof.REASON: ("理由", "the reason"),
    Proof.GROUND: ("不予受理的法定情形", "the ground for not taking it"),
    Proof.CITIZEN_TEXT: ("有来电人时须有告知内容", "what the caller is told, if there is one"),
    Proof.MASTER: ("主案", "the master case"),
    Proof.WHAT_TO_CHECK: ("核实或核查的内容", "what to look at"),
    Proof.CHECKER: ("当班的监督员", "a collector on duty"),
    Proof.CHECK_PHOTO: ("现场照片", "a photo of how it is"),
    Proof.CHECK_RESULT: ("核实或核查结果", "what the look showed"),
    Proof.RETURN_CODE: ("退单理由", "the reason for the return"),
    Proof.DUTY_PROOF: ("职责清单或地图依据", "a duty list or map that shows it"),
    Proof.PROPOSED_AGENCY: ("建议承办单位或不清楚", "a proposed agency, or that it is not known"),
    Proof.WAITS_FOR: ("挂账理由", "what the work waits for"),
    Proof.UNTIL: ("挂账截止日期", "until when it rests"),
    Proof.DOCUMENT: ("文号或计划", "a document number or plan"),
}

CONDITIONS: Final[dict[str, tuple[str, str]]] = {
    "caller_can_be_reached": ("来电人留有号码", "the caller left a number"),
    "caller_may_be_known": (
        "投诉办件单位的，仅热线可见来电人",
        "not hidden: only the hotline sees who called",
    ),
    "contact_not_settled": ("尚未联系上来电人", "the caller has not been reached yet"),
    "contact_made_or_excused": (
        "已先行联系，或已记录未联系上，或未留号码",
        "the caller was called, reached or not, or left no number",
    ),
    "is_urgent_and_not_arrived": ("P1 案件，尚未到场", "P1, and nobody has arrived yet"),
    "callback_is_possible": ("来电人留有号码，须回访", "the caller can be called back"),
    "nobody_to_call_back": ("无人可回访", "nobody can be called back"),
    "calls_are_left": ("回访次数未满", "not enough calls in vain yet"),
    "somebody_worked_on_it": (
        "本系统内有人处置过；否则请重新登记",
        "somebody here has worked on it; else it is reported anew",
    ),
    "is_not_reviewed": ("提交后尚未派核查、也未免予核查", "nobody has begun to look at it"),
    "soon_after_handing_in": ("提交后规定分钟之内", "within so many minutes of handing it in"),
    "no_order_stands": ("没有未销号的督办", "no supervision order stands"),
    "is_not_listed": ("尚未挂牌督办", "it is not on the district's list"),
    "order_stands": ("有未销号的督办", "a supervision order stands"),
    "awaits_reply": ("督办尚未回复", "the order waits for a reply"),
    "is_replied": ("督办已回复", "the order has been replied to"),
    "lists_for_the_district": (
        "由区级督查、值守长或系统挂牌",
        "by whoever supervises the whole district, or the system",
    ),
    "may_take_it_off_the_list": (
        "挂牌督办由区级督查、值守长处理",
        "of a listed one, by whoever supervises the whole district",
    ),
    "parts_settled": (
        "协办任务均已办结，或已说明不再等待的理由",
        "no other agency's part is open, or it was said why nobody waits for it",
    ),
    "waits_for_others": ("有协办任务未办结", "another agency's part is open"),
    "has_to_respond": (
        "本单位被吹哨，尚未响应",
        "this agency was whistled for and has not responded",
    ),
    "has_an_open_part": ("本单位协办任务未办结", "this agency's part has not ended"),
    "has_order": ("有来电人等待答复", "a caller waits for an answer"),
    "has_no_order": ("无来电人等待答复", "nobody waits for an answer"),
    "is_own_find": ("本人巡查发现", "found on patrol by oneself"),
    "is_self_fixed": ("自处置案件", "fixed by whoever found it"),
    "is_not_drawn": ("未被抽中抽查", "not drawn for audit"),
    "is_workers": ("不是自处置案件", "done by a worker, not by its finder"),
    "is_inspected_where_due": (
        "抽中核查或两次返工的，已核查",
        "inspected, where the lot fell on it or it was reworked twice",
    ),
    "holds_the_check": ("核实、核查任务派给了本人", "the look was given to this collector"),
    "is_in_ones_hands": ("由本人处置、核实或核查", "the work or the look is theirs"),
    "owes_inspection": ("须核查而尚未核查", "an inspection is due and has not been done"),
    "somebody_must_move": ("案件未结，或有待审批的申请", "the case is open, or a request waits"),
    "no_request_waits": ("无待审批的申请", "no request waits"),
    "nobody_asks_to_hand_it_on": (
        "无待审批的退单或挂账申请",
        "no return or suspension waits to be answered",
    ),
    "request_waits": ("有待审批的申请", "a request waits"),
    "is_not_endorsed_yet": ("申请尚未初审", "the request is not endorsed yet"),
    "is_endorsed": ("申请已初审或无须初审", "the request is endorsed, or needs no endorsing"),
    "decides_for_somebody_else": (
        "不是本人提出或初审的申请",
        "not one's own request, nor endorsed by oneself",
    ),
    "is_the_askers_own": ("本人提出的申请", "one's own request"),
    "agency_has_not_returned_it": ("本单位未退过本件", "this agency has not returned it before"),
    "was_not_forced": ("未被区中心强制派单", "not assigned for good by the district"),
    "not_for_the_district": ("退单单位不足两家", "fewer than two agencies have returned it"),
    "for_the_district": ("已有两家单位退单", "two agencies have returned it"),
    "speaks_for_the_district": ("全区的值守长", "the duty chief of the whole district"),
    "extensions_are_left": ("延期未满两次", "fewer than two extensions"),
    "was_not_suspended": ("未挂过账", "never suspended before"),
    "was_made_safe": ("P1 须已到场围护", "a P1 place has been made safe"),
    "was_late": ("超时结案", "closed late"),
    "was_not_appealed": ("未申诉过", "not contested before"),
    "in_the_return_window": ("在退单时限内", "within the window for returns"),
    "before_it_is_late": ("处置尚未超时", "disposal is not late yet"),
    "return_was_granted": ("退单已获批准", "the return was granted"),
    "extension_was_granted": ("延期已获批准", "the extension was granted"),
    "suspension_was_granted": ("挂账已获批准", "the suspension was granted"),
    "appeal_was_granted": ("申诉已获批准", "the appeal was granted"),
    "decided_by_a_person": (
        "值班长本人，或作废申请已获批准",
        "the shift leader, or a granted request",
    ),
    "has_lapsed": ("案件已流转，申请失去意义", "the case has moved on, so the request is moot"),
    "was_disputed": (
        "退单已获批准或已强制派单",
        "a return was granted, or it was assigned for good",
    ),
    "route_is_not_kept": ("尚未记入派遣目录", "not in the dispatch catalogue yet"),
    "route_is_kept": ("已记入派遣目录", "in the dispatch catalogue"),
    "is_alerted": ("有正在进行的告警", "an alert stands"),
    "is_not_known_yet": ("最近的告警无人知悉", "nobody has acknowledged the latest alert"),
}
"""The law's conditions by the names of their functions."""

HEADINGS: Final[dict[str, tuple[str, str]]] = {
    "when": ("当案件", "When it is"),
    "action": ("动作", "Action"),
    "who": ("何人", "Who"),
    "becomes": ("变为", "Becomes"),
    "given": ("须有证据", "Given"),
    "provided": ("且须", "Provided that"),
    "ends": ("停止计时", "Clocks ended"),
    "starts": ("开始或继续计时", "Clocks started or resumed"),
    "rests": ("暂停计时", "Clocks rested"),
    "source": ("出处", "Source"),
    "every_open_state": ("任一未结状态", "every open state"),
    "as_it_was": ("不变", "as it was"),
    "every_clock": ("全部计时", "every clock"),
}
"""Column headings, and what stands for all open states, for no change, for all clocks."""

TITLE: Final = ("# 案件流转规则", "# The law of a case")
INTRODUCTION: Final = (
    """本文由 `python run.py docs` 根据 `workflows/cases/lifecycle.py` 打印，请勿手工修改。
精简模式（lean）下，受理、立案、派遣、确认由系统按同样的规则代办，并记入日志。
先行联系只在来电人留有号码时计时，到场只在 P1 时计时；返工后处置时限按剩余时间继续。""",
    """Printed from `workflows/cases/lifecycle.py` by `python run.py docs`; do not edit it by hand.
In the profile `lean` the system itself accepts, files, dispatches and confirms, by the same rules
and with the same lines in the journal. First contact is timed only where a number was left,
arrival only for P1; after rework the disposal clock goes on with what was left.""",
)

PERIODS: Final = """# How long what is kept · 保存期限

Printed from `workflows/policy/retention.toml` by `make docs`; a district's own file of that name
replaces it. `run.py retention report` counts what is there and proves that nothing is older. A
legal hold (`run.py retention hold CASE --why ...`) keeps one case until it is lifted.

| Kind | What it is | Kept | Counted from | Then | On what grounds |
| --- | --- | --- | --- | --- | --- |"""

NOT_FORGOTTEN: Final = """Kept without a period: figures and times of cases, places, who acted in
which office and when, hashes of pictures (statistics without identity; DSL and CSL want logs of
access and acts for six months at least, we keep them three years and more). Lines of the journal
cannot be changed, so what people wrote there as a note, a reply or a ground stays in them: see
[the impact assessment](impact-assessment.md), risk 4. The ledger of deletions (table `deletion`,
and a line of the journal for each batch) holds a kind, a count and times, and nothing of
anybody."""
