"""Holds our reading of a template's tags against docxtpl's own."""

from __future__ import annotations

from pathlib import Path

from docxtpl import DocxTemplate

from reportgen.findings import Findings, Place
from reportgen.render.word.merge import TAG
from reportgen.render.word.package import Package
from reportgen.render.word.patch import patch
from reportgen.render.word.properties import CORE


def compare_with_docxtpl(path: Path, findings: Findings) -> None:
    """Report every part whose tags docxtpl would read differently.

    Parts with ``{% merge %}``, which docxtpl doesn't know, are passed over.
    """
    for name, xml in Package(path.read_bytes()).text_parts().items():
        if name == CORE or TAG.search(xml):
            continue
        if patch(xml) != DocxTemplate.patch_xml(None, xml):
            message = "这一部分的标签，docxtpl 的读法与本程序不同。"
            hint = "请检查标签是否写完整，并把每个标签写在同一段里。"
            findings.warning("T108", Place.inside(path.name, name), message, hint)
