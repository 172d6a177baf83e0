"""What a run found, with what its formats need to show it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.findings import CODES, Finding, Findings, Waiver

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Result:
    """Findings, the titles of a bundle's rules, all waivers, and where text files stand."""

    findings: Findings
    titles: Mapping[str, str] = field(default_factory=dict)
    waivers: Sequence[Waiver] = ()
    roots: Sequence[Path] = ()

    def title(self, code: str) -> str:
        """What a code stands for."""
        return CODES[code].title if code in CODES else self.titles.get(code, "")

    def counted(self) -> list[tuple[str, int]]:
        """How often each code was found, the most frequent first."""
        counts = Counter(finding.code for finding in self.findings)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def accepted(self, waiver: Waiver) -> list[Finding]:
        """The findings that a waiver turned into notes."""
        return [finding for finding in self.findings.accepted if waiver.covers(finding)]


def one_line(text: str) -> str:
    r"""A text from data as a terminal and a cell may show it: one line, no control signs.

    >>> one_line("一\n二\x1b[31m三"), one_line("\u202e倒")
    ('一 二?[31m三', '?倒')
    """
    if text.isprintable():
        return text
    text = _BREAKS.sub(" ", text)
    hidden = (sign in _TURNING or unicodedata.category(sign) in {"Cc", "Cs"} for sign in text)
    return "".join("?" if hide else sign for hide, sign in zip(hidden, text, strict=True))
