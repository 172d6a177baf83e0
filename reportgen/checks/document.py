"""The document gate: the finished file is read back before it is published."""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

from reportgen.findings import Findings, Place

_MARKS = re.compile("[\ue000-\ue0ff]")  # fonts of symbols use the codes above
_TAGS = re.compile(r"\{\{|\{%|%\}|\}\}")


def check_word(name: str, content: bytes, findings: Findings) -> None:
    """Every XML part parses, and no mark is left in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                _check_part(Place.inside(name, part), archive.read(part), findings)


def _check_part(place: Place, xml: bytes, findings: Findings) -> None:
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError as error:
        findings.error(
            "P102", place, f"文件内部结构有误（第{error.lineno}行）。", "请检查模板的标签。"
        )
        return
    _check_text(place, xml.decode("utf-8", "replace"), findings)


def check_markdown(name: str, text: str, findings: Findings) -> None:
    """No mark is left in the Markdown."""
    _check_text(Place(name), text, findings)


def _check_text(place: Place, text: str, findings: Findings) -> None:
    if _MARKS.search(text):
        findings.error("P101", place, "文件中残留内部标记。", "请报告这个问题。")
    if _TAGS.search(text):
        message = "文件中有“{{”或“{%”，可能是没有执行的标签。"
        findings.warning("P101", place, message, "请检查模板和文字。")
