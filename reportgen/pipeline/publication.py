"""The files of a report before they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the press is imported only where a Word file is made
    from reportgen.render.word.press import Pressed


@dataclass(frozen=True)
class Publication:
    """The files of a report, still in memory; ``remarks`` say what was done on the way.

    ``pressed`` and ``marked`` are the Word file and the Markdown with their citation marks.
    """

    name: str
    files: dict[str, bytes]
    remarks: tuple[str, ...] = ()
    pressed: Pressed | None = None
    marked: str = ""
