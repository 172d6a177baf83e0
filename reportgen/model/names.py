"""Names as they are compared: without blanks, quotes and variants of brackets and digits."""

from __future__ import annotations

import re
from functools import lru_cache

_DROPPED = re.compile("[\\s\u3000“”\"'‘’＂]+")
_BRACKETS = str.maketrans("()[]【】，：；－", "（）（）（）、:；-")
_NUMBERED = re.compile(
    r"^(?:（[\d一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+[.．]?|其中[：:])+"
)
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    r"""Return the form under which two spellings of a name are equal.

    >>> plain("社会保障和 就业支出") == plain("社会保障和\n就业支出")
    True
    >>> plain("财政拨款“三公”经费 (元)")
    '财政拨款三公经费（元）'
    >>> plain("公开０５表")
    '公开05表'
    """
    return fold_digits(_DROPPED.sub("", name).translate(_BRACKETS))


def fold_digits(text: str) -> str:
    """Full-width digits become plain ones; everything else stays.

    >>> fold_digits("表０５（３０１）")
    '表05（301）'
    """
    return text.translate(_DIGITS)


def unnumbered(label: str) -> str:
    r"""A label without its number: 一、 or 1. or （一）, and without 其中：.

    >>> unnumbered("二十一、国有资本经营预算支出"), unnumbered("1.副部（省）级及以上领导用车")
    ('国有资本经营预算支出', '副部（省）级及以上领导用车')
    >>> unnumbered("一般公共预算财政拨款"), unnumbered("8.其他用车"), unnumbered("其中：（一）货物")
    ('一般公共预算财政拨款', '其他用车', '货物')
    >>> unnumbered("\u3000\u3000其中：政府性基金收入")  # indented
    '政府性基金收入'
    """
    return _NUMBERED.sub("", label.lstrip()) or label
