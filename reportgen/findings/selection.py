"""Which findings a user wants to see: codes and prefixes of codes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reportgen.findings.finding import Finding, Findings

_COMMAS = re.compile(r"[,，、\s]+")


def codes_in(words: Iterable[str]) -> tuple[str, ...]:
    """Codes and prefixes as users write them: repeated, in lists, in small letters.

    >>> codes_in(["d302，C1", " t101 "])
    ('D302', 'C1', 'T101')
    >>> codes_in(["", ","])
    ()
    """
    found = (code.upper() for word in words for code in _COMMAS.split(word))
    return tuple(dict.fromkeys(code for code in found if code))


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen and what is left out; the longer prefix decides, and leaving out a tie."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def shows(self, finding: Finding) -> bool:
        """Whether a finding is to be seen.

        >>> from reportgen.findings import Place, Severity
        >>> finding = Finding("D302", Severity.ERROR, Place("甲.xlsx"), "乙。")
        >>> Selection(("D3",)).shows(finding), Selection(("C",)).shows(finding)
        (True, False)
        >>> Selection(("D3",), ("D302",)).shows(finding)
        False
        >>> Selection(("D302",), ("D3",)).shows(finding)
        True
        """
        code = finding.code.upper()
        chosen = _longest(self.select, code) if self.select else 0
        return chosen > _longest(self.ignore, code)

    def of(self, findings: Findings) -> Findings:
        """The findings that are to be seen."""
        return Findings(finding for finding in findings if self.shows(finding))

    def unknown(self, known: Collection[str]) -> str:
        """The first code or prefix that no known code begins with; empty where all are known."""
        codes = [code.upper() for code in known]
        asked = (*self.select, *self.ignore)
        unknown = (word for word in asked if not any(code.startswith(word) for code in codes))
        return next(unknown, "")


def _longest(prefixes: Iterable[str], code: str) -> int:
    """The length of the longest prefix that fits; -1 where none does."""
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)
