"""All texts as one, so that each rule runs once; a hit leads back to its passage."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from reportgen.findings import Severity
from reportgen.model import Passage
from reportgen.rules.text_rules import TextRules

SEPARATOR = "\x1e"
HIDDEN = "\x1f"
_AROUND = 8
_LONGEST = 40
_NUMBER = re.compile(r"([0-9]{3})([0-9][0-9 -]{3,}[0-9])([0-9Xx]{2})")
_NARROW = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_WIDE = frozenset(_NARROW)


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found: where, in which words, and how to mend it.

    ``message`` goes on after the words around the hit; those of a ``private`` one are masked.
    Hits of one passage and code are told once, but for those that stand ``apart``.
    """

    code: str
    start: int
    end: int
    message: str
    hint: str
    severity: Severity
    private: bool = False
    apart: bool = False


def fold(text: str) -> str:
    """Full-width signs as ASCII ones, each at its place.

    >>> fold("（ＸＸ）２０２２，％")
    '(XX)2022,%'
    """
    for sign in _WIDE.intersection(text):
        text = text.replace(sign, _NARROW[sign])
    return text


def masked(text: str) -> str:
    """A text whose numbers can't be read any more: findings are passed on and kept.

    >>> masked("电话13800138000，京A12345")
    '电话138******00，京A12345'
    """
    return _NUMBER.sub(lambda m: m[1] + "*" * len(m[2]) + m[3], text)


class Corpus:
    """Passages joined into one text; allowed phrases are hidden from every rule.

    ``hidden`` are further texts, each with what hides it, of the same length.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        allowed: Sequence[str] = (),
        hidden: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.passages = tuple(passages)
        text = SEPARATOR.join(passage.text for passage in self.passages)
        for phrase in filter(None, allowed):
            text = text.replace(phrase, HIDDEN * len(phrase))
        for words, mask in hidden.items():
            text = text.replace(words, mask)
        self.text = text
        self._starts: list[int] = []
        position = 0
        for passage in self.passages:
            self._starts.append(position)
            position += len(passage.text) + 1

    @cached_property
    def folded(self) -> str:
        """The text with full-width signs as ASCII ones, at the same positions."""
        return fold(self.text)

    def number(self, position: int) -> int:
        """The number of the passage at a position of the text."""
        return bisect_right(self._starts, position) - 1

    def start(self, number: int) -> int:
        """Where a passage begins."""
        return self._starts[number]

    def shown(self, hit: Hit) -> str:
        """The words of a hit with some around them, cut at the ends of their line."""
        number = self.number(hit.start)
        first = self._starts[number]
        last = first + len(self.passages[number].text)
        start, end = max(first, hit.start - _AROUND), min(last, hit.end + _AROUND // 2)
        start = max(start, self.text.rfind("\n", start, hit.start) + 1)
        # the words as they are written: what is allowed near a hit is not hidden
        whole = masked(self.passages[number].text)
        text = whole[start - first : end - first].partition("\n")[0].replace(HIDDEN, "")
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


Rule = Callable[[Corpus, TextRules], Iterator[Hit]]
