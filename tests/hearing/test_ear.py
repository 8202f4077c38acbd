"""The ear: what it proposes and why, what it leaves alone, what may be remembered."""

import pytest

from bot.hearing.ear import CatalogueEar
from bot.hearing.likeness import TextLikeness
from bot.hearing.words import teachable, words_of
from workflows.hotline.understand import Meaning
from workflows.policy.load import load_policy

EAR = CatalogueEar(load_policy())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("学府小区3号楼下广场舞音响太吵，睡不着", "06028"),
        ("老街路灯三天不亮了，黑漆漆的", "01037"),
        ("桃园里门口堆满建筑垃圾和渣土", "06011"),
        ("隔壁工地通宵打桩，半夜还在施工", "08001"),
        ("有人在楼顶违章搭建阳光房", "06001"),
        ("A street light is out on the corner", "01037"),
    ],
)
def test_what_people_say_leads_to_the_class(words: str, code: str) -> None:
    hearing = EAR.hear(words)
    assert hearing.elsewhere is None
    assert hearing.guesses[0].class_code == code
    assert hearing.guesses[0].words


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("我的养老金什么时候发", "social_insurance"),
        ("公司拖欠农民工工资半年了", "work"),
        ("异地住院医保怎么报销", "medical_insurance"),
        ("孩子上小学怎么报名入学", "school"),
        ("户口迁移要什么材料", "household"),
        ("公交车末班车能不能晚一点", "transport"),
    ],
)
def test_somebody_elses_matter_is_named_with_its_body(words: str, topic: str) -> None:
    elsewhere = EAR.hear(words).elsewhere
    assert elsewhere is not None
    assert elsewhere.topic.key == topic
    assert elsewhere.topic.body_zh
    assert elsewhere.words


@pytest.mark.parametrize("words", ["", "😀😀", "……", "12345", "嗯嗯好的谢谢", "\x00"])
def test_nothing_is_guessed_from_nothing(words: str) -> None:
    hearing = EAR.hear(words)
    assert hearing.guesses == ()
    assert hearing.elsewhere is None


def test_what_was_taught_outweighs_what_the_catalogue_says() -> None:
    words = "垃圾站旁边又在直播"
    assert EAR.hear(words).guesses[0].class_code != "06028"
    taught = [Meaning("06028", ("直播",))]
    assert "06028" in [guess.class_code for guess in EAR.hear(words, taught).guesses]
    assert EAR.hear("楼下又在直播", taught).guesses[0].words == ("直播",)


def test_a_word_taught_for_many_classes_says_less_for_each() -> None:
    one = EAR.hear("直播", [Meaning("06028", ("直播",))]).guesses[0].score
    both = [Meaning("06028", ("直播",)), Meaning("09005", ("直播",))]
    assert EAR.hear("直播", both).guesses[0].score < one


def test_a_class_that_has_gone_from_the_catalogue_teaches_nothing() -> None:
    assert EAR.hear("直播", [Meaning("99999", ("直播",))]).guesses == ()


def test_names_numbers_and_places_are_never_remembered() -> None:
    said = "王建国先生在青浦区说直播太吵，电话13812345678，住在学府小区"
    words = teachable(said, ("学府小区",))
    assert "直播" in words
    for private in ("王建国", "建国", "青浦", "青浦区", "13812345678", "学府", "电话"):
        assert private not in words


@pytest.mark.parametrize(
    "said",
    [
        "楼下直播太吵，高峰 13812345678",
        "我叫高峰，楼下直播太吵",
        "高峰先生说楼下直播太吵",
        "楼下直播太吵，联系人：高峰",
        "楼下直播太吵。高峰，021-55667788",
    ],
)
def test_a_name_that_is_also_an_ordinary_word_is_not_remembered(said: str) -> None:
    assert "直播" in teachable(said, ())
    assert "高峰" not in teachable(said, ())


def test_what_carried_weight_already_is_not_taught_again() -> None:
    assert "垃圾" not in EAR.unheard("垃圾旁边又在直播", "06010")
    assert EAR.unheard("垃圾旁边又在直播", "H0001") == ()


def test_a_long_word_is_heard_by_its_parts_too_and_names_only_the_long_one() -> None:
    assert {"垃圾", "垃圾箱"} <= set(words_of("垃圾箱"))
    reasons = EAR.hear("垃圾箱满溢").guesses[0].words
    assert "垃圾箱" in reasons
    assert "垃圾" not in reasons


def test_the_same_words_are_alike_whatever_the_blanks_and_signs() -> None:
    said = "老街路灯坏了，三天没人修！"
    others = ["桃园里有人养鸡", "老街 路灯坏了\n三天没人修", "", "老街路灯坏了好几天"]
    found = TextLikeness().like(said, others)
    assert [like.place for like in found] == [1, 3]
    assert found[0].score == 100


def test_nothing_is_like_nothing() -> None:
    assert TextLikeness().like("", ["", "路灯"]) == ()
    assert TextLikeness().like("路灯", []) == ()
