"""Numerals typed into the narrative: told before a document is made."""

from __future__ import annotations

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.numerals import Allowed
from reportgen.checks.document.reading import Reading
from reportgen.findings import Findings, Place
from reportgen.language.documents import markdown_lines


def report_typed(file: str, section: str, marked: str, allowed: Allowed, found: Findings) -> None:
    """P105 for every numeral of a section that no figure and no input has printed."""
    own = Findings()
    reading = Reading(file, Expected((), allowed, {}), own)
    for line in markdown_lines(marked):
        reading.line(line.text, line.spans, lambda line=line: line.spot)  # type: ignore[misc]
    reading.finish()
    for finding in own:
        if finding.code == "P105":
            found.error("P105", Place.inside(file, section), finding.message, finding.hint)
