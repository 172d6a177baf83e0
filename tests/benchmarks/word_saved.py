"""A form as Word leaves it when somebody has worked on it there.

Word puts its own styles, theme and settings into the file, numbers the sittings in which each
paragraph was written, names fonts and sizes in every run that somebody has formatted by hand,
and begins a new run where the script changes, in the midst of a tag. Our own forms have none of
that: they are a third of the size.
"""

from __future__ import annotations

import copy
import re
import shutil
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_FONTS = {"ascii": "仿宋_GB2312", "eastAsia": "仿宋_GB2312", "hAnsi": "宋体", "cs": "宋体"}
_SIZES = {"w:kern": "0", "w:sz": "18", "w:szCs": "18"}
_SCRIPTS = re.compile(r"[\u2e80-\uffff]+|[^\u2e80-\uffff]+")
_SITTINGS = ("rsidR", "rsidRDefault", "rsidP")


def saved_by_word(source: Path, target: Path) -> Path:
    """The document in a file of Word's own, formatted by hand; without header and footer."""
    ours, word = docx.Document(str(source)), docx.Document()
    known = {style.style_id for style in word.styles}
    for style in ours.styles.element.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in known:
            word.styles.element.append(copy.deepcopy(style))
    body = word.element.body
    for element in list(body):
        body.remove(element)
    for element in ours.element.body:
        body.append(copy.deepcopy(element))
    for reference in body.findall(f"{qn('w:sectPr')}/{qn('w:footerReference')}"):
        reference.getparent().remove(reference)
    for number, paragraph in enumerate(body.iter(qn("w:p"))):
        for name in _SITTINGS:
            paragraph.set(qn(f"w:{name}"), f"00{0x2A4C10 + number // 9:06X}")
    for run in list(body.iter(qn("w:r"))):
        for piece in _by_script(run):
            _format(piece)
    word.save(str(target))
    return target


def _by_script(run: Any) -> list[Any]:
    """A run of one text as runs of Chinese and of other signs."""
    texts = run.findall(qn("w:t"))
    pieces = _SCRIPTS.findall(texts[0].text or "") if len(texts) == 1 else []
    if len(pieces) < 2:
        return [run]
    runs = [copy.deepcopy(run) for _ in pieces]
    for one, piece in zip(runs, pieces, strict=True):
        text = one.find(qn("w:t"))
        text.text = piece
        text.set(qn("xml:space"), "preserve")
        run.addprevious(one)
    run.getparent().remove(run)
    return runs


def _format(run: Any) -> None:
    """Fonts, sizes and the sitting of a run."""
    run.set(qn("w:rsidRPr"), "00B21F5E")
    properties = run.get_or_add_rPr()
    fonts = OxmlElement("w:rFonts")
    for name, font in _FONTS.items():
        fonts.set(qn(f"w:{name}"), font)
    properties.insert(0, fonts)
    for name, value in _SIZES.items():
        size = OxmlElement(name)
        size.set(qn("w:val"), value)
        properties.append(size)


def templates_saved_by_word(templates: Path, folder: Path, form: str) -> Path:
    """The templates, with one form as Word would leave it."""
    copied = Path(shutil.copytree(templates, folder))
    path = copied / form / "report.docx"
    saved_by_word(path, path)
    return copied
