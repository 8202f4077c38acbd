"""Splits what was written into words, and knows which of them may be remembered."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import rjieba  # its dictionary takes 34 MB, read once when it is imported

CHINESE: Final = re.compile(r"[一-鿿]+")
LATIN: Final = re.compile(r"[a-z]{2,}")
NAMES: Final = re.compile(
    r"[一-鿿]{1,4}(?=先生|女士|小姐|阿姨|师傅|老师|大爷|大妈|同志|经理|医生)"
    r"|[一-鿿]{1,4}[\s,，:：;；]*(?=\+?\d[\d -]{5,})"
    r"|(?<=我叫)[一-鿿]{1,4}|(?<=我是)[一-鿿]{1,4}|(?<=姓名)[:：\s]*[一-鿿]{1,4}|(?<=联系人)[:：\s]*[一-鿿]{1,4}"
)
"""Where a name is likely to stand: it may be an ordinary word of the dictionary as well."""

EVERYWHERE: Final = """
异常 问题 有人 我们 你们 他们 没有 现在 已经 这个 那个 怎么 什么 可以 希望 请求 反映 投诉 咨询
关于 政府 部门 相关 解决 处理 尊敬 您好 领导 你好 谢谢 小区 居民 附近 门口 影响 严重 情况
一个 不能 不是 还是 就是 因为 所以 但是 如果 进行 以及 目前 长期 多次 一直 每天 有关 是否
时间 地方 市民 群众 老百姓 生活 先生 女士 小姐 阿姨 师傅 来电 电话 手机 号码 热线 转发
an at by in is it no of on or the and are for not was with fault problem
"""
SILENT: Final = frozenset(EVERYWHERE.split())
"""Words that every message and every class could hold."""

PARTS: Final = "n v vn a an ad vd l i j nz b z"
TEACHABLE: Final = frozenset(PARTS.split())
"""Parts of speech that may become a synonym: no person (nr), no place (ns), no time, no number."""


def words_of(text: str) -> tuple[str, ...]:
    """Every word once, in the order in which it is first said; a long word also by its parts."""
    return tuple(dict.fromkeys(_each(text.lower())))


def teachable(text: str, private: Sequence[str]) -> tuple[str, ...]:
    """Words that may be kept for ever: from the dictionary, of nobody, of no place.

    What stands in a `private` text, such as the caller's name or the place, is left out.
    """
    hidden = "\n".join(private).lower()
    return tuple(
        dict.fromkeys(
            word
            for run in CHINESE.findall(NAMES.sub(" ", text))
            for word, part in rjieba.tag(run, hmm=False)
            if len(word) > 1 and part in TEACHABLE and word not in SILENT and word not in hidden
        )
    )


def _each(text: str) -> Iterator[str]:
    for run in CHINESE.findall(text):
        for word in rjieba.cut_for_search(run):
            if len(word) > 1 and word not in SILENT:
                yield word
    yield from (word for word in LATIN.findall(text) if word not in SILENT)
