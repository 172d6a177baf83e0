"""Passages: what users write in words, each with its place."""

from __future__ import annotations

from reportgen.findings import Place
from reportgen.unguarded import unguarded

ENDINGS = "。；;，,、.．！! \t\r\n\u3000"


@unguarded(frozen=True, slots=True)
class Passage:
    """A text, where it stands, and what it is (“职责”, “表05/208的用途”).

    ``owner`` is the project that it speaks of, '' where it speaks of the whole report.
    """

    text: str
    place: Place
    name: str = ""
    owner: str = ""


def ended(text: str) -> str:
    """A text without its end punctuation: the sentence around it brings its own.

    >>> ended("项目支出减少。；"), ended("3.5"), ended(" 。")
    ('项目支出减少', '3.5', '')
    """
    return text.rstrip(ENDINGS)
