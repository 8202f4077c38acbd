"""Where a story begins: a case that somebody has just reported, signed for or handed in."""

from typing import Final

from handlers.terminal.demo_photos import View, photo
from tests.cast import HE, LIN, WANG, ZHOU
from tests.city import LiveCity, Resident

BIN: Final = "茶山卫生院门口的垃圾箱满溢，垃圾堆到人行道上了"
"""An ordinary case (P3) for the cleaners of Yuntai."""
COVER: Final = "柳岸新村3号楼门口雨水井盖不见了，有人差点掉下去"
"""A dangerous case (P1) for the drain worker of the lakeside."""

CLEAN: Final = (photo(View.CLEAN_CORNER), photo(View.CLEAN_CLOSE))
REPAIRED: Final = (photo(View.COVER_BACK), photo(View.COVER_CLOSE))
BARRIER: Final = photo(View.MADE_SAFE)
LITTER: Final = photo(View.LITTER)

PHONE: Final = "13912340021"


async def reported(city: LiveCity, words: str = BIN, phone: str = "") -> int:
    """The operator takes it down; without a number nobody waits for an answer."""
    lin = city[LIN]
    await lin.says(f"{words}，来电{phone}" if phone else words)
    if not phone:
        await lin.presses("匿名")
    await lin.presses("登记")
    return await city.cases()


async def signed(city: LiveCity, words: str = BIN, phone: str = "") -> int:
    """Its worker has signed for it."""
    number = await reported(city, words, phone)
    worker = city[ZHOU if words == BIN else WANG]
    await worker.presses("签收")
    return number


async def handed_in(city: LiveCity) -> int:
    """A bin was emptied, photographed and handed in."""
    number = await signed(city)
    await city[ZHOU].shows_album(CLEAN)
    await city[ZHOU].says("完成 已清运，周边冲洗干净")
    return number


async def for_callback(city: LiveCity, words: str = BIN) -> int:
    """Done, handed in and approved: a caller with a number waits for the call."""
    number = await done_for_caller(city, words)
    await approves(city[HE])
    return number


async def done_for_caller(city: LiveCity, words: str = BIN, phone: str = PHONE) -> int:
    """Handed in, with a sentence for the caller."""
    number = await signed(city, words, phone)
    worker = city[ZHOU]
    if phone:
        await worker.says("已联系，马上过去")
    await worker.shows_album(CLEAN)
    await worker.says("完成 已清运，周边冲洗干净")
    return number


async def approves(reviewer: Resident, demand: str = "合理合法") -> None:
    """Every tap of an ordinary approval, from the button to the answer."""
    await reviewer.presses("通过")
    await reviewer.presses("属实")
    await reviewer.presses(demand)
    await reviewer.presses("实际解决")
    await reviewer.presses("☑️")
    await reviewer.presses("就这样答复")


async def called_back(operator: Resident, rated: str = "😀 满意") -> None:
    """The caller says that it is solved."""
    await operator.presses("回访完成")
    await operator.presses("已解决")
    await operator.presses(rated)
