"""What a finished document is held against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.checks.document.numerals import Allowed
from reportgen.language import Citation
from reportgen.language.marks import read
from reportgen.model.chart import Chart

_NUMBERED = re.compile("\ue000([\ue010-\ue019]+)\ue001")


@dataclass(frozen=True)
class Expected:
    """The citations of a rendering, its sections with marks, its charts, the numerals allowed."""

    citations: Sequence[Citation]
    allowed: Allowed
    sections: Mapping[str, str] = field(default_factory=dict)
    charts: Sequence[Chart] = ()

    def citation(self, number: int) -> Citation | None:
        """The citation of a number."""
        return self.citations[number - 1] if 0 < number <= len(self.citations) else None


def cited(marked: str) -> set[int]:
    """The numbers of the citations in a marked text.

    >>> from reportgen.language.marks import mark
    >>> cited(mark(3, "甲") + "乙" + mark(12, "丙"))
    {3, 12}
    """
    if "\ue000" not in marked:
        return set()
    found = {match.group() for match in _NUMBERED.finditer(marked)}
    return {read(opening + "\ue002")[1][0].number for opening in found}
