"""What reaches the page: only formatted figures, cited in order; faults are named once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reportgen.errors import BareFigureError
from reportgen.findings import Findings, Place
from reportgen.language import PAGE, Page
from reportgen.language.marks import CLOSE, QUOTE, read, strip
from reportgen.model import Absent, Blank, Figure, Kind
from reportgen.narrative import WORDING, Wording, narrative_environment, render_sections

INCOME = Figure("收入总计", Decimal("62373182.64")).related(
    上年=Figure("收入总计的上年数", Decimal("118906456.59"))
)
NAMES: dict[str, Any] = {
    "收入总计": INCOME,
    "支出总计": Figure("支出总计", Decimal(5)),
    "车辆": Figure("车辆", Decimal(7), Kind.COUNT),
    "缺数": Absent("缺数"),
    "空白": Blank("职责"),
    "年度": 2022,
    "名单": [INCOME],
    "文字": "甲*乙*",
}


def rendered(source: str) -> tuple[str, Page]:
    page = Page(Place("narrative.md"))
    context = {**NAMES, PAGE: page, WORDING: Wording()}
    return narrative_environment().from_string(source).render(context), page


def mark_of(text: str) -> str:
    return f"{QUOTE}{text}{CLOSE}"


def codes(findings: Findings) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    "source",
    ["{{ 收入总计 }}", "{{ 名单 }}", "{{ 缺数 }}", "{{ 1.5 }}", "{{ true }}", "{{ none }}"],
)
def test_a_value_without_format_is_a_finding(source: str) -> None:
    text, page = rendered(source)
    assert text.startswith("【没有格式：")
    assert codes(page.findings) == ["T103"]


@pytest.mark.parametrize(
    "source",
    [
        "{{ 收入总计 ~ '元' }}",
        "{{ '收入' ~ 收入总计 }}",
        "{{ 名单|join('、') }}",
        "{{ 缺数 ~ '元' }}",
    ],
)
def test_a_figure_never_leaks_into_a_text(source: str) -> None:
    with pytest.raises(BareFigureError):
        rendered(source)


@pytest.mark.parametrize(
    "source", ["{{ '{}'.format(收入总计) }}", "{{ 收入总计.value }}", "{{ 收入总计.__class__ }}"]
)
def test_python_is_out_of_reach(source: str) -> None:
    text, page = rendered(source)
    assert "62373182" not in text
    assert codes(page.findings) == ["T101"]


def test_percent_is_no_way_to_join_texts() -> None:
    with pytest.raises(TypeError, match="~"):
        rendered("{{ '%s元' % 收入总计 }}")


def test_a_fault_in_a_block_is_a_finding_and_the_others_are_printed() -> None:
    from jinja2 import DictLoader

    source = "{% block 甲 %}{{ 收入总计 ~ '元' }}{% endblock %}\n{% block 乙 %}乙{% endblock %}"
    environment = narrative_environment(loader=DictLoader({"narrative.md": source}))
    page = Page(Place("narrative.md"))
    sections = render_sections(
        environment, "narrative.md", ["甲", "乙", "丙"], NAMES, Wording(), page
    )
    assert list(sections) == ["乙"]
    assert codes(page.findings) == ["T103", "T101"]
    assert "收入总计" in next(iter(page.findings)).message


def test_whole_numbers_and_texts_pass() -> None:
    text, page = rendered("{{ 年度 }}年{{ 文字 }}")
    assert text == mark_of("2022") + r"年甲\*乙\*"
    assert strip(text) == r"2022年甲\*乙\*"
    assert len(page.findings) == 0


def test_an_unknown_name_gets_the_nearest() -> None:
    text, page = rendered("{{ 收入总记|金额 }}")
    assert strip(text) == "【未知名称：收入总记】"
    assert [(f.code, f.hint) for f in page.findings] == [("T101", "是否应为“收入总计”？")]


def test_an_unknown_attribute_gets_the_nearest() -> None:
    text, page = rendered("{{ 收入总计.上年度原因 }}")
    assert strip(text) == "【未知名称：上年度原因】"
    assert [f.hint for f in page.findings] == ["是否应为“上年原因”？"]


def test_all_unknown_names_are_found_at_once() -> None:
    _, page = rendered("{{ 甲甲 }}{{ 乙乙.丙 }}{{ 丁丁|金额 }}{% for 行 in 戊戊 %}{% endfor %}")
    assert codes(page.findings) == ["T101"] * 3


def test_a_text_to_be_written_shows_its_prompt() -> None:
    text, page = rendered("{{ 空白 }}")
    assert "【待填写：职责】" in text.replace("\\", "")
    assert codes(page.findings) == ["N101"]


def test_citations_have_order_text_figures_and_place_in_the_sentence() -> None:
    text, page = rendered("收入{{ 收入总计|金额 }}，{{ 收入总计|增减 }}；车{{ 车辆|计数 }}辆")
    assert [(c.number, c.text, c.made) for c in page.citations] == [
        (1, "62,373,182.64元", "金额"),
        (2, "减少56,533,273.95元，下降47.54%", "增减（上年）"),
        (3, "7", "计数"),
    ]
    assert [figure.name for figure in page.citations[1].figures] == ["收入总计", "收入总计的上年数"]
    plain, spans = read(text)
    assert [plain[span.start : span.end] for span in spans] == [c.text for c in page.citations]
    assert [span.number for span in spans] == [1, 2, 3]


def test_full_width_signs_are_read_inside_tags_but_not_inside_strings() -> None:
    text, _ = rendered("{{ 收入总计｜金额（单位='元'） }}，{{ '（，｜）' }}{{ “，” }}")
    assert (
        strip(text) == "62,373,182.64元，（，\\|），"
        or strip(text) == "62,373,182.64元，（，｜），"
    )


def test_a_filter_that_loses_cents_does_not_exist() -> None:
    environment = narrative_environment()
    for name in (
        "round",
        "float",
        "int",
        "sum",
        "format",
        "abs",
        "string",
        "safe",
        "tojson",
        "map",
    ):
        assert name not in environment.filters


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% if 支出总计 is 零 %}零{% else %}非零{% endif %}", "非零"),
        ("{% if 缺数 is 缺 %}缺{% endif %}{% if 收入总计 is 缺 %}缺{% endif %}", "缺"),
        ("{% if 收入总计 is 有变化 %}变{% endif %}{% if 支出总计 is 有变化 %}变{% endif %}", "变"),
        ("{% if 收入总计 > 支出总计 %}大{% endif %}", "大"),
        ("{% if 收入总计 %}有{% endif %}{% if 缺数 %}有{% endif %}", "有"),
    ],
)
def test_conditions(source: str, text: str) -> None:
    assert rendered(source)[0] == text
