"""What was never finished: leftovers of a form, and texts that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reportgen.checks.hygiene.corpus import Corpus, Hit, fold
from reportgen.findings import Severity
from reportgen.rules.text_rules import TextRules

_EDGES = " \t\r\n\u3000。；;，,、：:！!（）()【】[]“”\"'"
_ALNUM = re.compile("[0-9A-Za-z]")


def _compared(text: str) -> str:
    return fold(text).upper()


@lru_cache(maxsize=16)
def _words(words: Sequence[str]) -> frozenset[str]:
    """Words as they are compared."""
    return frozenset(map(_compared, words))


@lru_cache(maxsize=16)
def _pattern(phrases: Sequence[str]) -> re.Pattern[str] | None:
    """One alternation; a phrase of one sign repeated stands for any longer run of it."""
    written = {form for phrase in map(fold, phrases) for form in (phrase, phrase.lower())}
    pieces = []
    for phrase in sorted(filter(None, written), key=lambda phrase: (-len(phrase), phrase)):
        run = len(phrase) > 1 and len(set(phrase)) == 1
        # every piece begins with plain letters: the search then leaps from one to the next
        pieces.append(re.escape(phrase) + (f"{re.escape(phrase[0])}*+" if run else ""))
    return re.compile("|".join(pieces)) if pieces else None


def leftovers(corpus: Corpus, rules: TextRules) -> Iterator[Hit]:
    """W106: XX, 增加（减少）, ____ and what else texts.yaml lists."""
    pattern = _pattern(rules.leftovers)
    text = corpus.folded
    for match in pattern.finditer(text) if pattern else ():
        if not _is_part(text, match.start(), match.end()):
            words = corpus.text[match.start() : match.end()][:20]
            message = f"没有填完（{words}）"
            hint = "请填写完整或删去。"
            yield Hit("W106", match.start(), match.end(), message, hint, Severity.ERROR)


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a hit is the middle of a longer word or number: X年 in 2OX年, 0000年 in 10000年."""
    before, after = text[start - 1 : start], text[end : end + 1]
    head = _ALNUM.match(text[start]) is not None and _ALNUM.match(before) is not None
    tail = _ALNUM.match(text[end - 1]) is not None and _ALNUM.match(after) is not None
    repeated = before == text[start] or after == text[end - 1]
    return (head or tail) and not repeated


def fillers(corpus: Corpus, rules: TextRules) -> Iterator[Hit]:
    """W107: a text that is 分析, 略 or 同上 and nothing else."""
    empty = _words(rules.fillers)
    for number, passage in enumerate(corpus.passages):
        text = passage.text
        if len(text) < 16 and _compared(text.strip(_EDGES)) in empty:
            start = corpus.start(number)
            message, hint = "等于没有写", "请写出实际内容。"
            yield Hit("W107", start, start + len(text), message, hint, Severity.ERROR)


def says_nothing(text: str, words: Sequence[str]) -> bool:
    """Whether a text is one of ``words`` and nothing else, but for punctuation.

    >>> says_nothing("无。", ["无"]), says_nothing("无需改进", ["无"]), says_nothing("", ["无"])
    (True, False, True)
    """
    bare = _compared(text.strip(_EDGES))
    return not bare or bare in _words(tuple(words))
