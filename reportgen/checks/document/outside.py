"""A document from outside, looked into by the guard and taken to lines."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from lxml import etree

from reportgen.findings import Findings, Place
from reportgen.language.documents import BODY, STYLES, markdown_lines, text_parts, word_lines
from reportgen.language.lines import Line
from reportgen.sources.guard import is_safe

ENDINGS = (".docx", ".md")


def read_lines(path: Path, findings: Findings) -> list[Line] | None:
    """The lines of a document from outside; ``None`` with a finding where it can't be read."""
    if path.suffix.lower() == ".docx":
        return _word(path, findings) if is_safe(path, findings) else None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        findings.error("D119", Place(path.name), "文件不是 UTF-8 编码。", "请另存为 UTF-8 编码。")
    except OSError:
        findings.error("D119", Place(path.name), "文件打不开。", "请核对它是不是文本文件。")
    else:
        return list(markdown_lines(text))
    return None


def _word(path: Path, findings: Findings) -> list[Line] | None:
    try:
        return list(word_lines(word_parts(path.read_bytes()), contents=False))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, OSError):
        message, hint = "这个文件不是有效的 .docx 文件。", "请用 Word 另存。"
        findings.error("D102", Place(path.name), message, hint)
        return None


def word_parts(content: bytes) -> dict[str, bytes]:
    """The parts of a Word file that hold text, and its styles; KeyError without a body."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        wanted = [*text_parts(names), *(name for name in names if name == STYLES)]
        return {name: archive.read(name) for name in dict.fromkeys([BODY, *wanted])}
