"""Characters that no document can hold: dropped where a value is printed, and reported."""

from __future__ import annotations

import re

from reportgen.findings import Findings, Place
from reportgen.sources.texts import UNPRINTABLE

_UNPRINTABLE = re.compile(f"[{UNPRINTABLE}]")
_SHOWN = 20


class UnprintableError(ValueError):
    """A text to be escaped holds characters that no XML may hold."""


def printable(text: str) -> str:
    r"""The text without them; line ends are ``\n``.

    >>> printable("甲\x0b乙\r\n丙\ufffe")
    '甲乙\n丙'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text)


def check_printable(text: str) -> None:
    """UnprintableError where a text holds such a character."""
    if _UNPRINTABLE.search(text):
        raise UnprintableError(text)


def cleaned(text: str, place: Place, findings: Findings) -> str:
    """The printable text; what was dropped is a finding."""
    codes = sorted({f"U+{ord(sign):04X}" for sign in _UNPRINTABLE.findall(text)})
    kept = printable(text)
    if codes:
        shown = kept.strip()[:_SHOWN]
        message = f"“{shown}”中有不可用的字符（{'、'.join(codes)}），已去掉。"
        findings.warning("D114", place, message, "请在原文件中删除后重新录入。")
    return kept
