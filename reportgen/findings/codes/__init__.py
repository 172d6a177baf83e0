"""The codes of findings that Python code reports; a bundle's rules add their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reportgen.findings.codes.cells import CELLS
from reportgen.findings.codes.code import Code as Code
from reportgen.findings.codes.configuration import CONFIGURATION
from reportgen.findings.codes.files import FILES
from reportgen.findings.codes.narrative import NARRATIVE
from reportgen.findings.codes.printed import PRINTED
from reportgen.findings.codes.reading import READING
from reportgen.findings.codes.scores import SCORES
from reportgen.findings.codes.sums import SUMS
from reportgen.findings.codes.tables import TABLES
from reportgen.findings.codes.templates import TEMPLATES
from reportgen.findings.codes.texts import TEXTS
from reportgen.findings.codes.units import UNITS

FAMILIES: tuple[tuple[str, Mapping[str, Code]], ...] = (
    ("设置（report.yaml 和模板的 YAML 文件）", CONFIGURATION),
    ("读取：文件和文字", READING),
    ("读取：公开表", TABLES),
    ("读取：行和单元格", CELLS),
    ("合计（tables.yaml 的合计行、合计列）", SUMS),
    ("部门与各单位之和", UNITS),
    ("绩效指标的得分", SCORES),
    ("正文（原因、数据、百分比）", NARRATIVE),
    ("完整与文字", TEXTS),
    ("模板和式子", TEMPLATES),
    ("成文文件", PRINTED),
    ("输出文件", FILES),
)
"""Codes by family, in the order of a run; ``reportgen explain`` lists them so."""

CODES: Mapping[str, Code] = MappingProxyType(
    {name: code for _, codes in FAMILIES for name, code in codes.items()}
)
