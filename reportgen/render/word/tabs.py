"""Tabs in values: a run of their own between runs of the same look, as docxtpl writes them."""

from __future__ import annotations

import re

TAB = "\ue0f1"
"""Stands for a tab from its value to the finished part: only there the run's look is known."""
SEEN = "tabs"
_RUN = re.compile(r"<w:r(?: [^>]*)?>.*?</w:r>", re.DOTALL)
_LOOK = re.compile(r"<w:rPr>.*?</w:rPr>")


def resolve_tabs(xml: str) -> str:
    """Put the tabs of a part in their runs.

    >>> resolve_tabs(f"<w:r><w:rPr><w:b/></w:rPr><w:t>甲{TAB}乙</w:t></w:r>").count("<w:b/>")
    3
    """
    return _RUN.sub(_resolve, xml)


def _resolve(match: re.Match[str]) -> str:
    run = match.group()
    if TAB not in run:
        return run
    found = _LOOK.search(run)
    look = found.group() if found else ""
    between = f'</w:t></w:r><w:r>{look}<w:tab/></w:r><w:r>{look}<w:t xml:space="preserve">'
    return run.replace(TAB, between)
