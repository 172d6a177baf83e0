"""Punctuation: doubled, half-width between Chinese, full-width digits, blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.checks.hygiene.corpus import Corpus, Hit
from reportgen.findings import Severity
from reportgen.rules.text_rules import TextRules

_HAN = "\u4e00-\u9fff"
_DOUBLED = re.compile(
    "[。，、；：](?:[ \u3000]{0,3}[。，、；：,;])+|[,;][ \u3000]{0,3}[。，、；：,;]"
)
_HALF = re.compile(
    f'[,;:!?"](?<=[{_HAN}）》”].)(?=[{_HAN}（《“0-9]|[ \u3000]{{0,3}}(?:[\n\x1e]|$))'
    f"|\\.(?<=[{_HAN}].)(?=[{_HAN}]|[ \u3000]{{0,3}}(?:[\n\x1e]|$))"
)
_FULL = re.compile("[０-９Ａ-Ｚａ-ｚ％]+")
_BLANK = re.compile(f"(?<=[{_HAN}])[ \u3000\u00a0]+(?=[{_HAN}])")
_WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", '"': "“”"}


def doubled(corpus: Corpus, _rules: TextRules) -> Iterator[Hit]:
    """H101: 。。 ，， 。； and the like."""
    for match in _DOUBLED.finditer(corpus.text):
        yield Hit(
            "H101",
            match.start(),
            match.end(),
            f"标点重复（{match.group()[:4]}）",
            "请只留一个标点。",
            Severity.WARNING,
        )


def half_width(corpus: Corpus, _rules: TextRules) -> Iterator[Hit]:
    """H102: , . ; : between Chinese characters."""
    for match in _HALF.finditer(corpus.text):
        sign = match.group()
        hint = f"请改为全角的“{_WIDE[sign]}”。" if sign != '"' else "请改为“”。"
        message = f"用了半角标点（{sign}）"
        yield Hit("H102", match.start(), match.end(), message, hint, Severity.WARNING)


def full_width(corpus: Corpus, _rules: TextRules) -> Iterator[Hit]:
    """H103: digits, letters and percent signs of full width."""
    for match in _FULL.finditer(corpus.text):
        message = f"用了全角的数字、字母或百分号（{match.group()[:20]}）"
        hint = "请改为半角。"
        yield Hit("H103", match.start(), match.end(), message, hint, Severity.WARNING)


def blanks(corpus: Corpus, _rules: TextRules) -> Iterator[Hit]:
    """H113: blanks between Chinese characters."""
    for match in _BLANK.finditer(corpus.text):
        hint = "请核对是否多打了空格。"
        yield Hit("H113", match.start(), match.end(), "中间有空格", hint, Severity.NOTE)
