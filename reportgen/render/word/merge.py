"""``{% merge value %}``: equal cells below each other in looped rows become one cell.

The state of a loop is the row before: a cell goes on with the cell above when both have the
same value and no merged cell to its left begins anew in this row, so that several levels
(一级指标, 二级指标, …) nest and no merge crosses the group to its left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from reportgen.language.operators import open_to_templates
from reportgen.model import Figure

TAG = re.compile(r"{%\s*merge\s+(.*?)\s*%}")
STATES = "_merges"
FUNCTION = "_merge"
_RESTART, _CONTINUE = "restart", "continue"
_AFTER = re.compile(
    r"<w:(?:tcBorders|shd|noWrap|tcMar|textDirection|tcFitText|vAlign|hideMark)\b|</w:tcPr>"
)
_HEAD = re.compile(r"<w:p(?:>| [^>]*>)(?:<w:pPr>.*?</w:pPr>|<w:pPr/>)?", re.DOTALL)
_OPEN_CELL = re.compile(r"<w:tc(?:>| [^>]*>)")


@dataclass
class _Rows:
    """The row before, by merged column, and whether a cell of this row began anew.

    The loop is held so that its identity can't pass to another loop of the document.
    """

    loop: Any
    row: int = -1
    begun: bool = False
    values: dict[int, Any] = field(default_factory=dict)


@open_to_templates
@pass_context
def merge(context: Context, loop: Any, column: int, value: Any) -> bool:
    """Whether a cell begins a merged cell; else it goes on with the one above."""
    states: dict[int, _Rows] = context[STATES]
    state = states.get(id(loop)) or states.setdefault(id(loop), _Rows(loop))
    if state.row != loop.index0:
        state.row, state.begun = loop.index0, False
    key = value.value if isinstance(value, Figure) else value
    begins = state.begun or column not in state.values or state.values[column] != key
    state.values[column] = key
    state.begun = begins
    return begins


class CellRewriter:
    """Rewrites cells with the tag; every cell of a template has a number of its own."""

    def __init__(self) -> None:
        self._number = 0

    def __call__(self, cell: str, expression: str) -> str:
        """Return the cell twice: as one that begins, and as one that goes on and is empty."""
        self._number += 1
        begins = f"{{% if {FUNCTION}(loop, {self._number}, {expression}) %}}"
        goes_on = _emptied(_with_merge(cell, _CONTINUE))
        return f"{begins}{_with_merge(cell, _RESTART)}{{% else %}}{goes_on}{{% endif %}}"


def _with_merge(cell: str, kind: str) -> str:
    """The cell with ``w:vMerge`` at the place that the schema gives it."""
    element = f'<w:vMerge w:val="{kind}"/>'
    if "<w:tcPr>" not in cell:
        cell = _OPEN_CELL.sub(r"\g<0><w:tcPr></w:tcPr>", cell.replace("<w:tcPr/>", ""), count=1)
    cell = re.sub(r"<w:vMerge\b[^>]*/>", "", cell)
    return _AFTER.sub(lambda match: element + match.group(), cell, count=1)


def _emptied(cell: str) -> str:
    """A cell that goes on keeps one empty paragraph: no cell may be without."""
    head = _HEAD.search(cell, cell.index("</w:tcPr>"))
    return f"{cell[: head.end()]}</w:p></w:tc>" if head else cell
