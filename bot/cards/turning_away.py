"""What is nothing for the grid, on the form: whose it is, on which ground, and what to say."""

from collections.abc import Iterator
from typing import Final

from bot.cards.choices import Rows, each_alone
from bot.cards.setting import Setting
from bot.chat import Weight
from bot.i18n import N_
from bot.plain import cut
from bot.sheet import Choice, Touch
from workflows.hotline.intake import Field, Intake
from workflows.hotline.turn_away import EMERGENCY, OTHER_BODY, Alarm, alarm_in
from workflows.policy.elsewhere import Topic, TopicKey
from workflows.rails import Offer

LABEL_MOST: Final = 20
"""Characters of a body's name on a button."""
AFTER_A_LOOK: Final = "not_found"
"""No ground for the form: nobody has been on site."""


def warning_lines(intake: Intake, setting: Setting) -> Iterator[str]:
    """An emergency, or whose matter it seems to be until the operator takes it for ours."""
    tongue = setting.tongue
    if alarm := _alarm(intake, setting):
        yield tongue("🚨 Sounds like an emergency for {number}", number=alarm.number)
        yield _because(alarm.words, setting)
    topic = _topic(intake, setting)
    if topic is None:
        return
    yield tongue("🏛 Not a matter for the grid: {topic}", topic=tongue.either(topic.zh, topic.en))
    body = tongue.either(topic.body_zh, topic.body_en)
    if topic.hotline:
        yield tongue("➡️ Taken by {body}, call {hotline}", body=body, hotline=topic.hotline)
    else:
        yield tongue("➡️ Taken by {body}", body=body)
    yield _because(intake.elsewhere_words, setting)
    yield tongue("If it is ours all the same, choose a class.")


def hand_over_rows(intake: Intake, setting: Setting) -> Rows:
    """One tap hands it over: to the number of an emergency, to the body that takes it."""
    tongue, found = setting.tongue, []
    if alarm := _alarm(intake, setting):
        label = tongue("🚨 Emergency: hand over to {number}", number=alarm.number)
        found.append((label, EMERGENCY))
    if topic := _topic(intake, setting):
        body = cut(tongue.either(topic.body_zh, topic.body_en), LABEL_MOST)
        found.append((tongue("➡️ Hand over: {body}", body=body), OTHER_BODY))
    return each_alone(
        Choice(label, _turn_away(ground, intake, setting), _weight(place))
        for place, (label, ground) in enumerate(found)
    )


def turn_away_choice(setting: Setting) -> Choice:
    """The way to all grounds."""
    return Choice(
        setting.tongue("🚫 Do not take"), Offer(Touch.FIELD, {"field": Field.GROUND.value})
    )


def ground_rows(intake: Intake, setting: Setting) -> Rows:
    """Every ground there is before anybody has looked; an emergency asks nothing more."""
    grounds = setting.book.policy.grounds.values()
    return each_alone(
        Choice(
            setting.tongue.either(ground.zh, ground.en),
            _turn_away(ground.code, intake, setting)
            if ground.code == EMERGENCY
            else Offer(Touch.CHOOSE_GROUND, {"ground": ground.code}),
        )
        for ground in grounds
        if ground.code != AFTER_A_LOOK
    )


def told_lines(intake: Intake, setting: Setting) -> tuple[str, ...]:
    """The chosen ground and the sentence that goes with it."""
    ground = setting.book.policy.grounds.get(intake.ground)
    if ground is None:
        return ()
    tongue = setting.tongue
    named = tongue("🚫 Not taken: {ground}", ground=tongue.either(ground.zh, ground.en))
    words = tongue("“{words}”", words=told(intake.ground, intake, setting))
    return named, words


def told_rows(intake: Intake, setting: Setting) -> Rows:
    """The sentence is said as it stands, and it is done."""
    offer = _turn_away(intake.ground, intake, setting)
    return ((Choice(setting.tongue("🗣 Tell them so"), offer, Weight.PRIMARY),),)


def turned_away(intake: Intake, setting: Setting) -> str:
    """What is left of a form that was turned away."""
    ground = setting.book.policy.grounds.get(intake.ground)
    words = setting.tongue.either(ground.zh, ground.en) if ground else intake.ground
    return setting.tongue("🚫 #{number} not taken · {ground}", number=intake.case_id, ground=words)


def told(code: str, intake: Intake, setting: Setting) -> str:
    """The sentence for whoever called: typed, or the ground's own, with the body it names."""
    if intake.told and code == intake.ground:
        return intake.told
    ground = setting.book.policy.grounds.get(code)
    if ground is None:
        return ""
    who = _who(code, intake, setting)
    handed = setting.tongue.either(ground.handed_zh, ground.handed_en)
    if who and handed:
        return handed.format(who=who)
    return setting.tongue.either(ground.told_zh, ground.told_en)


def _who(code: str, intake: Intake, setting: Setting) -> str:
    """Who takes it instead, with the number to call."""
    if code == EMERGENCY:
        alarm = _alarm(intake, setting)
        return alarm.number if alarm else ""
    topic = _topic(intake, setting) if code == OTHER_BODY else None
    if topic is None:
        return ""
    body = setting.tongue.either(topic.body_zh, topic.body_en)
    if not topic.hotline or topic.hotline in body:
        return body
    return setting.tongue(N_("{body} ({hotline})"), body=body, hotline=topic.hotline)


def _turn_away(ground: str, intake: Intake, setting: Setting) -> Offer:
    return Offer(Touch.NOT_TAKEN, {"ground": ground, "told": told(ground, intake, setting)})


def _weight(place: int) -> Weight:
    return Weight.SECONDARY if place else Weight.PRIMARY


def _because(words: tuple[str, ...], setting: Setting) -> str:
    tongue = setting.tongue
    return tongue("🔎 Because of: {words}", words=tongue(N_(", ")).join(words))


def _alarm(intake: Intake, setting: Setting) -> Alarm | None:
    return alarm_in(intake.words, setting.book.policy.grounds)


def _topic(intake: Intake, setting: Setting) -> Topic | None:
    """Another body's matter, until the operator has chosen a class for it."""
    if intake.class_code:
        return None
    return setting.book.policy.elsewhere.get(TopicKey(intake.elsewhere))
