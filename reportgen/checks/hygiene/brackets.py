"""Brackets and quotes that don't come in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.checks.hygiene.corpus import SEPARATOR, Corpus, Hit
from reportgen.findings import Severity
from reportgen.rules.text_rules import TextRules

_PAIRS = {
    "（": "）",
    "(": ")",
    "【": "】",
    "《": "》",
    "“": "”",
    "「": "」",
    "〔": "〕",
    "[": "]",
    "［": "］",
    "{": "}",
    "｛": "｝",
}
_OPENING = {close: opening for opening, close in _PAIRS.items()}
_SAME = {"（": "(", "［": "[", "｛": "{"}
_SIGNS = re.compile("[（）()【】《》“”「」〔〕\\[\\]［］{}｛｝\x1e]")
_MARKER = re.compile(r"(?:^|[\s。；，：、;,\x1e])[0-9A-Za-z一二三四五六七八九十]{1,3}$")
_INTERVAL = re.compile(r"[\d.,，、~～%％\s-]{1,20}")
_HINT = "请补上或删去一个。"


def unbalanced(corpus: Corpus, _rules: TextRules) -> Iterator[Hit]:
    """H104: an opening sign without its closing one, or the other way round, in one text."""
    text = corpus.text
    stack: list[tuple[str, int]] = []
    for match in _SIGNS.finditer(text):
        sign, position = match.group(), match.start()
        if sign == SEPARATOR:
            yield from _left_open(stack)
            stack.clear()
        elif sign in _PAIRS:
            stack.append((sign, position))
        elif stack and stack[-1][0] == _OPENING[sign]:
            stack.pop()
        elif stack and _narrow(stack[-1][0]) == _narrow(_OPENING[sign]):
            message = f"中括号一半全角一半半角（{stack.pop()[0]}{sign}）"
            hint = "请改为同一种括号。"
            yield Hit("H104", position, position + 1, message, hint, Severity.WARNING)
        elif stack and _is_interval(text, stack[-1], sign, position):
            stack.pop()
        elif not _is_marker(text, sign, position):
            message = f"中 {sign} 没有成对，少了 {_OPENING[sign]}"
            yield Hit("H104", position, position + 1, message, _HINT, Severity.WARNING)
    yield from _left_open(stack)


def _left_open(stack: list[tuple[str, int]]) -> Iterator[Hit]:
    for sign, position in stack:
        message = f"中 {sign} 没有成对，少了 {_PAIRS[sign]}"
        yield Hit("H104", position, position + 1, message, _HINT, Severity.WARNING)


def _narrow(sign: str) -> str:
    return _SAME.get(sign, sign)


def _is_marker(text: str, sign: str, position: int) -> bool:
    """The bracket of 1） and the like, at the head of an item."""
    return sign in "）)" and bool(_MARKER.search(text[max(0, position - 4) : position]))


def _is_interval(text: str, opened: tuple[str, int], sign: str, position: int) -> bool:
    """[80,90) is mathematics, not a slip."""
    mixed = {_narrow(opened[0]), _narrow(_OPENING[sign])} == {"[", "("}
    return mixed and _INTERVAL.fullmatch(text, opened[1] + 1, position) is not None
