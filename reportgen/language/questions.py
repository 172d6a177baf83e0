"""What a page asks its users: the reason of a change, with the sentence that asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reportgen.findings import Place
from reportgen.language.sentences import ASKED, plain, sentence_of
from reportgen.model import Figure, Reason

_OPEN, _CLOSE, _ZERO = "\ue004", "\ue005", 0xE010
_HEADING_OR_MARK = re.compile(rf"^(#{{1,6}})\s+(.+)$|{ASKED.pattern}", re.MULTILINE)
_CHINESE = re.compile(r"[\u4e00-\u9fff](?=[^\u4e00-\u9fff]*\Z)")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that asks why a figure differs from its base.

    ``text`` is the reason in use, '' where none is written, and ``place`` its cell; ``step``
    is what the last printed digit stands for, ``percent`` the percentage as printed;
    ``headings`` are those above the sentence, ``sentence`` what is printed before the reason.
    """

    figure: Figure
    base: str
    before: Figure | None = None
    text: str = ""
    place: Place | None = None
    step: Decimal = _CENT
    percent: str = ""
    headings: tuple[str, ...] = ()
    sentence: str = ""

    @classmethod
    def of(cls, reason: Reason) -> Question | None:
        """The question that a reason answers, as far as the reason itself knows."""
        if reason.figure is None:
            return None
        before = reason.figure.relations.get(reason.base)
        known = before if isinstance(before, Figure) else None
        return cls(reason.figure, reason.base, known, str(reason), reason.place)

    @property
    def key(self) -> tuple[str, str]:
        """What makes two questions one: the figure's address (else its name) and its base."""
        return self.figure.key or self.figure.name, self.base

    @property
    def pair(self) -> set[str]:
        """The figure and what it is held against, where that is known."""
        return _names(one for one in (self.figure, self.before) if one is not None)


def _names(figures: Iterable[Figure]) -> set[str]:
    return {figure.key or figure.name for figure in figures}


def _none(_citation: int) -> tuple[Figure, ...]:
    return ()


@dataclass
class Questions:
    """The questions of the narrative, in page order; a figure asked for twice is kept once."""

    items: list[Question] = field(default_factory=list)
    _asked: list[tuple[Question, str]] = field(default_factory=list)
    _is_open: bool = False

    def begin(self) -> None:
        """Start a section; what an unfinished one asked is forgotten."""
        self._asked, self._is_open = [], True

    def close(self) -> None:
        """Stop: layouts print what the narrative has asked already."""
        self._asked, self._is_open = [], False

    def ask(self, question: Question, text: str) -> str:
        """Record a question and return its printed ``text`` with a mark in it.

        The mark stands before the last Chinese character: at either end it would hide from
        the escape what has a meaning there.
        """
        spot = _CHINESE.search(text)
        if not self._is_open:
            return text
        self._asked.append((question, text[: spot.start()] if spot else ""))
        if spot is None:
            return text
        number = "".join(chr(_ZERO + int(digit)) for digit in str(len(self._asked) - 1))
        return f"{text[: spot.start()]}{_OPEN}{number}{_CLOSE}{text[spot.start() :]}"

    def placed(self, text: str, figures: Callable[[int], Iterable[Figure]] = _none) -> str:
        """Take the marks out of a section; each question learns its headings and sentence.

        ``figures`` knows what each citation in the text was made of.
        """
        found: dict[int, Question] = {}
        headings: dict[int, str] = {}
        below = 0
        for match in _HEADING_OR_MARK.finditer(text):
            level, heading, number = match.groups()
            if level:
                headings = {n: name for n, name in headings.items() if n < len(level)}
                headings[len(level)] = plain(heading)
                below = match.end()
                continue
            index = int("".join(str(ord(digit) - _ZERO) for digit in number))
            if index < len(self._asked):
                question, printed = self._asked[index]
                sentence = sentence_of(
                    text[below : match.start()],
                    printed,
                    question.pair,
                    lambda citation: _names(figures(citation)),
                )
                path = tuple(name for n, name in headings.items() if n > 1 or len(headings) == 1)
                found[index] = replace(question, headings=path, sentence=sentence)
        rest = (q for index, (q, _) in enumerate(self._asked) if index not in found)
        known = {question.key for question in self.items}
        for question in (*found.values(), *rest):
            if question.key not in known:
                known.add(question.key)
                self.items.append(question)
        self.begin()
        return ASKED.sub("", text)
