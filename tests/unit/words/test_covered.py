"""Whoever judges photos reads how many faces and plates were covered, on each and on all."""

from bot.cards.show import evidence
from tests.unit.words.given import case, person, photo, setting, view
from workflows.cases.case import PhotoState, Stage
from workflows.evidence.facts import PictureFacts
from workflows.people import Actor, Role


def shown(*covered: tuple[int, int], language: str = "zh") -> tuple[list[str], tuple[str, ...]]:
    """The captions, and what the card says beside them."""
    photos = [
        photo(n, Stage.BEFORE, state=PhotoState.KEPT, sha256=f"{n:064}", facts=facts)
        for n, facts in enumerate((PictureFacts(faces=f, plates=p) for f, p in covered), start=1)
    ]
    reviewer = Actor(person(Role.ACCEPTOR))
    found = evidence(view(case(), photos=tuple(photos)), reviewer, setting(language))
    return [each.caption for each in found.pictures], found.flags


def test_the_reviewers_card_says_how_much_was_covered_on_each_photo_and_on_all() -> None:
    captions, flags = shown((2, 0), (0, 0), (1, 1))
    assert captions == [
        "处置前 · 已遮挡：人脸 2 处、车牌 0 处",
        "处置前",
        "处置前 · 已遮挡：人脸 1 处、车牌 1 处",
    ]
    assert "🙈 照片上已遮挡：人脸 3 处、车牌 1 处；原片已封存。" in flags


def test_in_english_too() -> None:
    captions, flags = shown((2, 1), language="en")
    assert captions[0].endswith("covered: faces 2, plates 1")
    assert "🙈 Covered on the photos: faces 2, plates 1; originals sealed." in flags


def test_where_nothing_was_covered_nothing_is_said() -> None:
    captions, flags = shown((0, 0))
    assert captions == ["处置前"]
    assert not any("遮挡" in flag for flag in flags)
