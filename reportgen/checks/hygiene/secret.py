"""Names of secret projects: they are printed nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.findings import Findings, Place
from reportgen.model import plain


def report_secret_names(
    names: Iterable[str], section: str, text: str, file: str, findings: Findings
) -> None:
    """H114 for every secret project that a section of the narrative names."""
    said = plain(text)
    for name in names:
        if plain(name) in said:
            message = f"“{section}”里写了涉密项目“{name}”的名称。"
            hint = "请从补充数据、文字和其他项目的填报内容里删去。"
            findings.error("H114", Place.inside(file, section), message, hint)
