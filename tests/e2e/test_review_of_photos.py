"""What a reviewer reads of the photos stays true while the photos arrive."""

from tests.cast import HE, ZHOU
from tests.city import LiveCity
from tests.e2e.given import CLEAN, signed


async def test_a_review_that_began_before_the_photo_was_fetched_is_told_when_it_is_here(
    city: LiveCity,
) -> None:
    await signed(city)
    await city[ZHOU].shows(CLEAN[0])
    await city[ZHOU].shows(CLEAN[1], "完成 已清运")
    card = await city[HE].sees("处置说明：已清运")
    assert "正在取回" not in card.text
    assert await city[HE].count("处置说明：已清运") == 1
