"""A document that was edited by hand, compared with what the data give today."""

from __future__ import annotations

from pathlib import Path

from reportgen.checks.document.edited import check_edited
from reportgen.checks.document.outside import ENDINGS, read_lines, word_parts
from reportgen.findings import Place
from reportgen.language.documents import markdown_lines, word_lines
from reportgen.language.lines import Line
from reportgen.pipeline.job import Prepared
from reportgen.pipeline.publish import expected, markdown, word


def compare_document(prepared: Prepared, document: Path) -> None:
    """Render in memory, and record every edit of ``document`` that changed a figure."""
    if document.suffix.lower() not in ENDINGS:
        message = "只能核对 .docx 和 .md 文件。"
        prepared.findings.error("P115", Place(document.name), message, "请用 Word 另存为 .docx。")
        return
    found = read_lines(document, prepared.findings)
    if found is None or prepared.page is None:
        return
    printed = printed_lines(prepared, document.suffix.lower())
    if printed is not None:
        edits = check_edited(document.name, printed, found, expected(prepared))
        prepared.findings.extend(edits)


def printed_lines(prepared: Prepared, ending: str) -> list[Line] | None:
    """The lines that the data give today, with their spans; ``None`` where they can't be had."""
    if ending == ".md":
        marked = markdown(prepared)
        return None if marked is None else list(markdown_lines(marked))
    pressed = word(prepared)
    if pressed is None:
        return None
    parts = {**word_parts(pressed.content), **pressed.marked}
    return list(word_lines(parts, contents=False))
