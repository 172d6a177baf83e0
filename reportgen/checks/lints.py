"""Slips of Word templates that Word hides: text that would go, names that are none."""

from __future__ import annotations

import re
from typing import Any

from reportgen.findings import Findings, Place

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{.{0,2000}?\}\}|\{%.{0,2000}?%\}|\{#.{0,2000}?#\}", re.DOTALL)
_WHOLE = re.compile(r"\{[{%](p|tr|tc)\s")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|‘[^’]*’")
_DIGITS_FIRST = re.compile(r"(?<!\w)\d+[\u4e00-\u9fff]\w*")
_HOLDERS = {"p": "段", "tr": "行", "tc": "单元格"}
_SHOWN = 20


def check_company(paragraph: Any, text: str, place: Place, findings: Findings) -> None:
    """A tag with p, tr or tc takes all of its paragraph, row or cell away."""
    match = _WHOLE.match(next((tag for tag in _TAG.findall(text) if _WHOLE.match(tag)), ""))
    if match is None:
        return
    kind = match.group(1)
    holder = paragraph
    if kind != "p":
        holder = next(paragraph.iterancestors(f"{_W}{kind}"), None)
    if holder is None:
        message = f"“{match.string[:_SHOWN]}”不在表格里。"
        findings.error("T102", place, message, "{%tr %} 和 {%tc %} 只能写在表格里。")
        return
    whole = "".join(piece.text or "" for piece in holder.iter(f"{_W}t"))
    rest = whole.replace(match.string, "", 1).strip()
    if rest:
        tag = match.string[:_SHOWN]
        message = f"“{rest[:_SHOWN]}”与“{tag}”同在一{_HOLDERS[kind]}，会一起删去。"
        hint = f"请让 {{%{kind} %}} 标签独占一{_HOLDERS[kind]}。"
        findings.error("T102", place, message, hint)


def check_names(text: str, place: Place, findings: Findings) -> None:
    """A name that begins with a digit is none for Jinja."""
    for tag in _TAG.findall(text):
        for name in _DIGITS_FIRST.findall(_STRING.sub("", tag)):
            message = f"名称“{name}”以数字开头，模板读不懂。"
            findings.error("T102", place, message, f"请改名，或写成 表['{name}'] 的样子。")
