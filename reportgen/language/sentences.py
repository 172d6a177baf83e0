"""Which sentence of a section a question belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from reportgen.language.marks import QUOTED, read, strip

ASKED = re.compile("\ue004([\ue010-\ue019]+)\ue005")
"""The mark of a question in a section, with its number."""
Cited = Callable[[int], Collection[str]]
"""The names of the figures that a citation was made of."""
_ESCAPE = re.compile(r"\\\n?([^\w\s]?)")
_END = re.compile("(?<=[。；！？])(?=.)", re.DOTALL)
_PARAGRAPH = re.compile(r"\n\n+")


def sentence_of(text: str, printed: str, pair: Collection[str], cited: Cited) -> str:
    r"""The sentence before a reason: the last that prints the change, else simply the last.

    A cause may follow a list, ``合计减少1元。其中：甲减少2元。主要原因是……``; what it explains
    stands before. A sentence that prints no figure is taken as it is. ``printed`` is what the
    reason itself has printed already, ``pair`` names the figure and its base, and ``cited``
    knows the names of a citation's figures.

    >>> from reportgen.language.marks import mark
    >>> text = f"合计{mark(1, '减少1元')}。甲{mark(2, '减少2元')}。主要原"
    >>> names = {1: {"合计", "合计.上年"}, 2: {"甲", "甲.上年"}}
    >>> sentence_of(text, "主要原", {"合计", "合计.上年"}, names.__getitem__)
    '合计减少1元。'
    >>> sentence_of(text, "主要原", {"乙"}, names.__getitem__)
    '甲减少2元。'
    >>> sentence_of("甲。\n\n乙减少，因", "，因", {"乙"}, names.__getitem__)
    '乙减少'
    """
    paragraphs = _PARAGRAPH.split(text)
    own = "".join(printed.split())
    last = _END.split(plain(paragraphs[-1]).removesuffix(own))[-1]
    pieces = [piece for part in paragraphs for piece in _END.split(part)]
    while len(pieces) > 1 and last not in plain(pieces[-1]):
        pieces.pop()  # the reason begins with a sentence of its own
    told = _told(pieces[-1], cited)
    if told and not _prints(told, pair):
        for piece in reversed(pieces[:-1]):
            if _prints(_told(piece, cited), pair):
                return plain(piece)
    return last


def _prints(told: Sequence[set[str]], pair: Collection[str]) -> bool:
    """Whether a sentence prints a figure beside its base."""
    return any(names.issuperset(pair) for names in told)


def _told(piece: str, cited: Cited) -> list[set[str]]:
    """What each citation of a sentence speaks of."""
    numbers = (span.number for span in read(piece)[1])
    return [set(cited(number)) for number in numbers if number != QUOTED]


def plain(markdown: str) -> str:
    r"""A piece of Markdown as it reads: no marks, no escapes, no line ends.

    >>> plain("“三公”\\*经费\\\n支出")
    '“三公”*经费支出'
    """
    text = _ESCAPE.sub(r"\1", strip(ASKED.sub("", markdown)))
    return "".join(text.split())
