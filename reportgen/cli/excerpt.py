"""The line of a text file that a finding speaks of, with a caret below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from reportgen.findings import Finding
from reportgen.outputs import one_line
from reportgen.outputs.widths import columns

_TEXTS = (".yaml", ".yml", ".md")
_LARGEST = 4 << 20
_QUOTED = re.compile("‘([^‘’]+)’|“([^“”]+)”")
_WORD = re.compile(r"\w+|\S|$")
_CUT = "..."
_CHINESE = ("gb", "cp936", "big5", "cp950")


def excerpt(finding: Finding, roots: Iterable[Path], *, room: int, encoding: str) -> list[str]:
    """The line and its caret, no wider than ``room``; nothing where there is no such line."""
    line = _line(finding, roots)
    if not line.strip():
        return []
    chinese = encoding.lower().startswith(_CHINESE)
    start, length = _spot(line, finding)
    # what a console can't show it shows as ?, which is narrower
    line = one_line(line.replace("\t", " ")).encode(encoding, "replace").decode(encoding)
    number = f"{finding.place.row} | "
    before, marked, after = line[:start], line[start : start + length], line[start + length :]
    before, marked, after = _fit((before, marked, after), room - len(number), chinese=chinese)
    blank = " " * (len(number) - 2) + "| " + " " * columns(before, chinese=chinese)
    carets = "^" * max(1, columns(marked, chinese=chinese))
    return [f"{number}{before}{marked}{after}".rstrip(), blank + carets]


def _line(finding: Finding, roots: Iterable[Path]) -> str:
    """The text of the line, or nothing where there is no such file of text."""
    place = finding.place
    if not place.row or not place.file.endswith(_TEXTS):
        return ""
    for root in roots:
        path = root / place.file
        try:
            if path.is_file() and path.stat().st_size <= _LARGEST:
                lines = path.read_text(encoding="utf-8-sig").split("\n")
                return lines[place.row - 1] if place.row <= len(lines) else ""
        except (OSError, ValueError):
            continue
    return ""


def _spot(line: str, finding: Finding) -> tuple[int, int]:
    """Where the caret stands: at the column, else at what the message names, else at the start."""
    if finding.place.column:
        start = finding.place.column - 1
        word = _WORD.match(line, start)
        return start, len(word.group()) if word else 1
    for match in _QUOTED.finditer(finding.message):
        quoted = match[1] or match[2]
        if line.count(quoted) == 1:
            return line.index(quoted), len(quoted)
    return len(line) - len(line.lstrip()), 1


def _fit(parts: Sequence[str], room: int, *, chinese: bool) -> tuple[str, str, str]:
    """Cut a long line at both ends; what is marked stays in sight."""
    before, marked, after = parts
    room = max(room, 12)
    while marked and columns(marked, chinese=chinese) > room - 2 * len(_CUT):
        marked, after = marked[:-1], marked[-1] + after
    left = room - columns(marked, chinese=chinese)
    if columns(before + after, chinese=chinese) <= left:
        return before, marked, after
    share = max(left - columns(after, chinese=chinese), left // 2)
    if columns(before, chinese=chinese) > share:
        before = _CUT + _ending(before, share - len(_CUT), chinese=chinese)
    left -= columns(before, chinese=chinese)
    if columns(after, chinese=chinese) > left:
        after = _ending(after[::-1], left - len(_CUT), chinese=chinese)[::-1] + _CUT
    return before, marked, after


def _ending(text: str, room: int, *, chinese: bool) -> str:
    """As much of the end of a text as there is room for."""
    while text and columns(text, chinese=chinese) > room:
        text = text[1:]
    return text
