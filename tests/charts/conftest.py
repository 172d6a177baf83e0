"""Figures to plot, a narrative that plots them, and the Word file that comes of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from jinja2 import DictLoader

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.gate import WordGate
from reportgen.checks.document.numerals import Allowed
from reportgen.findings import Finding, Place
from reportgen.language import Page
from reportgen.language.marks import strip
from reportgen.model import NEW_UNIT, Absent, Blank, Figure, Kind
from reportgen.narrative import Section, Wording, narrative_environment, render_sections
from reportgen.narrative.charts import CHART_FUNCTION, chart
from reportgen.render.word.press import Pressed, WordTemplate

NARRATIVE = "甲/乙/narrative.md"


def read(name: str, value: str, address: str, kind: Kind = Kind.AMOUNT) -> Figure:
    place = Place.cell("决算表.xlsx", "表", address)
    return Figure(name, Decimal(value), kind, places=(place,), formula=str(place))


def pair(name: str, this: str, base: str, row: int) -> Figure:
    related = read(f"{name}的上年数", base, f"C{row}")
    return read(name, this, f"B{row}").related(上年=related)


ROWS = [
    {
        "名称": f"第{number}类支出",
        "金额": read(f"支出{number}", f"{number * 10000}", f"F{number}"),
        "别的": read(f"别的{number}", f"{number * 99990000}", f"G{number}"),
    }
    for number in range(1, 13)
]
NAMES: dict[str, Any] = {
    CHART_FUNCTION: chart,
    "年度": 2021,
    "收入总计": pair("收入总计", "21366100", "12000000", 1),
    "支出总计": pair("支出总计", "21366100", "-300000", 2),
    "基本": read("基本支出", "8386900", "D1"),
    "项目": read("项目支出", "12974800", "D2"),
    "零": read("其他支出", "0", "D3"),
    "负": read("冲减", "-5000", "D4"),
    "新": read("新设", "100", "D5").related(上年=Absent("新设的上年数", NEW_UNIT)),
    "新2": read("新设之二", "300", "D6"),
    "缺": Absent("住房支出"),
    "空": Blank("用途"),
    "人次": read("人次", "12", "E1", Kind.COUNT),
    "各类": ROWS,
    "没有": [],
}


@dataclass(frozen=True)
class Written:
    """A narrative as rendered, and what was told of it."""

    page: Page
    sections: Mapping[str, Section]

    @property
    def findings(self) -> list[Finding]:
        return list(self.page.findings)

    @property
    def told(self) -> list[str]:
        return [f"{f.place} {f.code} {f.message}{f.hint}" for f in self.findings]

    @property
    def text(self) -> str:
        return strip(self.sections["说明"].markdown).strip()

    @property
    def tables(self) -> list[list[str]]:
        """The lines of pipe tables, cells apart."""
        lines = [line for line in self.text.splitlines() if line.startswith("|")]
        return [line.strip("| ").split(" | ") for line in lines if "---" not in line]


Write = Callable[..., Written]


@pytest.fixture(scope="session")
def write() -> Write:
    """write(source, **wording): a narrative with one section, rendered."""

    def rendered(source: str, **wording: Any) -> Written:
        words = Wording.model_validate({"金额": {"单位": "万元"}, **wording})
        text = f"{{% block 说明 %}}\n{source}\n{{% endblock %}}"
        environment = narrative_environment(loader=DictLoader({NARRATIVE: text}))
        page = Page(Place(NARRATIVE))
        return Written(page, render_sections(environment, NARRATIVE, ["说明"], NAMES, words, page))

    return rendered


@dataclass(frozen=True)
class Printed:
    """A finished Word file."""

    written: Written
    pressed: Pressed

    @property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.pressed.content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def gate(self, content: bytes | None = None) -> list[str]:
        """What the document gate says of it."""
        page = self.written.page
        expected = Expected(
            page.citations,
            Allowed(2021, []),
            {name: section.markdown for name, section in self.written.sections.items()},
            page.charts,
        )
        found = WordGate().check(
            "成文.docx", content or self.pressed.content, self.pressed.marked, expected
        )
        return [f"{f.place} {f.code} {f.message}" for f in found]


Print = Callable[..., Printed]


@pytest.fixture(scope="session")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Word template that holds the section."""
    document = docx.Document()
    document.add_paragraph("{{p 说明 }}")
    path = tmp_path_factory.mktemp("layout") / "report.docx"
    document.save(str(path))
    return path


@pytest.fixture(scope="session")
def press(write: Write, layout: Path) -> Print:
    """press(source, template): a narrative in Word."""

    def pressed(source: str, template: Path = layout, **wording: Any) -> Printed:
        written = write(source, **wording)
        made = WordTemplate(template).press(NAMES, written.sections, Wording(), written.page)
        assert made is not None
        return Printed(written, made)

    return pressed


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture
def spoil() -> Callable[..., bytes]:
    """spoil(parts, name, old, new): the file with one part changed."""

    def changed(parts: Mapping[str, bytes], name: str, old: bytes, new: bytes) -> bytes:
        assert old in parts[name]
        return zipped({**parts, name: parts[name].replace(old, new, 1)})

    return changed
