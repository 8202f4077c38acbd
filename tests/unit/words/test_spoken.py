"""What people type, and what it means."""

import pytest

from bot.texts import Spoken, spoken
from bot.texts.spoken import word_for
from bot.texts.vocabulary import SPOKEN
from workflows.cases.case import Action, ContactResult

A = Action


@pytest.mark.parametrize(
    ("typed", "action", "number", "rest"),
    [
        ("签收 42", A.SIGN_FOR, 42, ""),
        ("42 签收", A.SIGN_FOR, 42, ""),
        ("签收42", A.SIGN_FOR, 42, ""),
        ("签收４２", A.SIGN_FOR, 42, ""),
        ("签收，42号", A.SIGN_FOR, 42, ""),
        ("42号签收", A.SIGN_FOR, 42, ""),
        ("签收#42", A.SIGN_FOR, 42, ""),
        ("签收", A.SIGN_FOR, None, ""),
        ("接单", A.SIGN_FOR, None, ""),
        ("收到！", A.SIGN_FOR, None, ""),
        ("Sign 42", A.SIGN_FOR, 42, ""),
        ("sign for #42", A.SIGN_FOR, 42, ""),
        ("#42 完成", A.SUBMIT, 42, ""),
        ("＃４２　完成", A.SUBMIT, 42, ""),
        ("完成", A.SUBMIT, None, ""),
        ("完成了。", A.SUBMIT, None, ""),
        ("处置完成，井盖已更换", A.SUBMIT, None, "井盖已更换"),
        ("完成 42 井盖已更换", A.SUBMIT, 42, "井盖已更换"),
        ("DONE", A.SUBMIT, None, ""),
        ("done, cover replaced", A.SUBMIT, None, "cover replaced"),
        ("done 42 cover replaced", A.SUBMIT, 42, "cover replaced"),
        ("到了", A.ARRIVE, None, ""),
        ("到现场了", A.ARRIVE, None, ""),
        ("arrived 42", A.ARRIVE, 42, ""),
        ("退回 42 没清干净", A.REWORK, 42, "没清干净"),
        ("rework 42 not clean", A.REWORK, 42, "not clean"),
        ("作废 42 重复上报", A.VOID, 42, "重复上报"),
        ("通过", A.APPROVE, None, ""),
        ("催办 42", A.URGE, 42, ""),
        ("知道了", A.ACKNOWLEDGE, None, ""),
        ("改派 42", A.REASSIGN, 42, ""),
        ("看号码", A.REVEAL_CALLER, None, ""),
    ],
)
def test_a_word_and_a_number_do_what_the_button_does(
    typed: str, action: Action, number: int | None, rest: str
) -> None:
    meant = spoken(typed)
    assert meant is not None
    assert (meant.action, meant.number, meant.rest) == (action, number, rest)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "42",
        "#42",
        "到了没有",
        "完成不了，缺配件",
        "签收不了",
        "一号路井盖破损",
        "12:30 到了",
        "3个井盖坏了",
        "13812345678 王女士",
        "sign is broken at the corner",
        "done with half of it",
        "close to the school gate",
        "accept my thanks",
        "到了，现场没人",
        "signal lost",
        "𠮷👍🏽",
    ],
)
def test_a_sentence_that_only_sounds_like_it_is_left_alone(typed: str) -> None:
    assert spoken(typed) is None


@pytest.mark.parametrize(
    ("typed", "contact"),
    [
        ("已联系", ContactResult.REACHED),
        ("已联系 42，约下午三点", ContactResult.REACHED),
        ("无人接听", ContactResult.NO_ANSWER),
        ("已联系 42 没人接", ContactResult.NO_ANSWER),
        ("对方关机", ContactResult.PHONE_OFF),
        ("没联系上", ContactResult.OTHER),
        ("called 42, no answer", ContactResult.NO_ANSWER),
    ],
)
def test_a_call_that_nobody_answered_is_no_contact(typed: str, contact: ContactResult) -> None:
    meant = spoken(typed)
    assert meant is not None
    assert meant.action is A.FIRST_CONTACT
    assert meant.contact is contact


def test_one_word_means_what_this_person_can_do() -> None:
    assert spoken("收到", lambda action: action is A.ACKNOWLEDGE) == Spoken(A.ACKNOWLEDGE)
    assert spoken("收到", lambda _: False) is None


def test_the_other_meanings_of_a_word_are_named() -> None:
    meant = spoken("通过 42")
    assert meant is not None
    assert meant.also == (A.CLOSE,)


@pytest.mark.parametrize(
    ("action", "word"), [(a, word) for a, words in SPOKEN.items() for word in words]
)
def test_every_word_is_understood_with_a_number_before_or_after(action: Action, word: str) -> None:
    for typed in (word, f"{word} 42", f"42 {word}", f"#42 {word.upper()}"):
        meant = spoken(typed, lambda each: each is action)
        assert meant is not None
        assert meant.action is action


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_word_that_is_taught_is_understood(language: str) -> None:
    for action in SPOKEN:
        meant = spoken(f"{word_for(action, language)} 42", lambda each, a=action: each is a)
        assert meant is not None
        assert meant.number == 42


def test_what_is_kept_of_a_sentence_is_kept_as_it_was_typed() -> None:
    said = spoken("完成 ４２，垃圾已清运，地面也冲洗过了。")
    assert said == Spoken(Action.SUBMIT, 42, "垃圾已清运，地面也冲洗过了。")
