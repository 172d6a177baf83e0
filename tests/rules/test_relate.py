"""Last year, budgets, uses and reasons find their cells; classes without money are listed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.findings import Findings, Place
from reportgen.language import PAGE, Page
from reportgen.language.marks import strip
from reportgen.model import (
    NEW_UNIT,
    NOT_APPLICABLE,
    Absent,
    Figure,
    Row,
    Table,
    Value,
    printed_rows,
)
from reportgen.narrative import WORDING, narrative_environment
from reportgen.rules import Relations, relate

FINDINGS = Findings()
LOADED = load_bundle("final-accounts/shanxi-2022", search_path(), FINDINGS)
CELL = Place.cell("补充数据.xlsx", "上年数", "D9")


def bundle() -> Bundle:
    assert LOADED is not None
    return LOADED


def table(rows: dict[str, tuple[str, int]], name: str = "表05") -> Table:
    """表05 with the figures of its first column."""
    profile = next(found for found in bundle().profiles if found.name == name)
    block = profile.blocks[0]
    made = []
    for code, (label, value) in rows.items():
        cells: dict[str, Value] = {
            column.key: Figure(f"{label}{column.leaf}", Decimal(value)) for column in block.values
        }
        made.append(Row(profile, block, code, label, cells))
    return Table(profile, tuple(made), Place("决算表.xlsx"))


NOW = {"合计": ("合计", 300), "208": ("社会保障和就业支出", 250), "221": ("住房保障支出", 50)}
BEFORE = {"合计": ("合计", 280), "208": ("社会保障和就业支出", 200), "213": ("农林水支出", 80)}


def amount(value: int) -> Figure:
    return Figure("", Decimal(value), places=(CELL,))


def related(relations: Relations) -> tuple[Table, Findings]:
    findings = Findings()
    return relate({"表05": table(NOW)}, relations, findings)["表05"], findings


def last_year(found: Table, key: str) -> Any:
    figure = found.row(key).first
    assert isinstance(figure, Figure)
    return figure.lookup("上年")


def test_last_year_s_table_is_related_cell_by_cell() -> None:
    found, findings = related(Relations(last_tables={"表05": table(BEFORE)}))
    assert last_year(found, "208").value == 200
    assert last_year(found, "合计").value == 280
    assert len(findings) == 0


def test_a_class_that_had_money_only_last_year_is_listed_in_order_and_not_printed() -> None:
    found, _ = related(Relations(last_tables={"表05": table(BEFORE)}))
    rows: Any = found.lookup("类")
    assert [row.key for row in rows] == ["208", "213", "221"]
    assert last_year(found, "213").value == 80
    assert not found.row("213").first
    assert [row["科目名称"] for row in printed_rows(found)] == [
        "",
        "社会保障和就业支出",
        "住房保障支出",
    ]


def test_a_class_without_last_year_had_nothing_then() -> None:
    found, _ = related(Relations(last_tables={"表05": table(BEFORE)}))
    assert last_year(found, "221").value == 0


def test_a_class_that_has_only_a_budget_is_listed() -> None:
    relations = Relations(
        figures=[("", "229", "其他支出", "年初预算", amount(70))], budget_table="表05"
    )
    found, findings = related(relations)
    rows: Any = found.lookup("类")
    assert [row.label for row in rows] == ["社会保障和就业支出", "住房保障支出", "其他支出"]
    budget: Any = found.row("229").lookup("年初预算")
    assert budget.value == 70
    assert len(findings) == 0


def test_sentences_list_classes_of_all_three_kinds() -> None:
    relations = Relations(
        figures=[
            ("", "229", "其他支出", "年初预算", amount(70)),
            ("", "合计", "", "年初预算", amount(320)),
            ("", "208", "社会保障和就业支出", "年初预算", amount(250)),
        ],
        last_tables={"表05": table(BEFORE)},
        budget_table="表05",
    )
    found, findings = related(relations)
    source = (
        "{% for 类 in 表05.类 %}{{ 类.名称 }}{{ 类|金额 }}，{{ 类|增减 }}"
        "{% if 类.年初预算 is not 缺 %}，{{ 类|完成 }}{% endif %}；{% endfor %}"
    )
    page = Page(Place("narrative.md"))
    names = {"表05": found, PAGE: page, WORDING: bundle().wording}
    text = strip(narrative_environment(str).from_string(source).render(names))
    assert text.split("；")[:-1] == [
        "社会保障和就业支出250.00元，增加50.00元，增长25%，完成年初预算的100.00%",
        "农林水支出0.00元，减少80.00元，下降100%",
        "住房保障支出50.00元，增加50.00元",
        "其他支出0.00元，与上年相同，完成年初预算的0.00%",
    ]
    assert len(findings) == 0


def test_last_year_by_cell() -> None:
    found, findings = related(
        Relations(
            figures=[
                ("表05", "208", "小计", "上年", amount(9)),
                ("表05", "208", "项目支出", "上年", amount(4)),
            ]
        )
    )
    assert last_year(found, "208").value == 9
    figure: Any = found.row("208")["项目支出"]
    assert figure.lookup("上年").value == 4
    assert len(findings) == 0


def test_an_unknown_row_column_or_table_is_a_finding() -> None:
    relations = Relations(
        figures=[
            ("表05", "没有这一行", "小计", "上年", amount(1)),
            ("表05", "208", "没有这一栏", "上年", amount(1)),
            ("表50", "208", "小计", "上年", amount(1)),
        ]
    )
    found, findings = related(relations)
    assert [(finding.code, finding.place) for finding in findings] == 3 * [("D115", CELL)]
    assert isinstance(last_year(found, "208"), Absent)


def test_reasons_and_uses_reach_the_row() -> None:
    found, findings = related(
        Relations(
            texts=[
                ("表05", "208", "", "上年原因", "项目支出增加", CELL),
                ("表05", "208", "", "用途", "人员支出", CELL),
                ("表05", "999", "", "用途", "无", CELL),
            ]
        )
    )
    row = found.row("208")
    assert row.lookup("上年原因") == "项目支出增加"
    assert row.lookup("用途") == "人员支出"
    assert [finding.code for finding in findings] == ["D115"]


def test_a_new_unit_s_cells_have_no_last_year() -> None:
    found, _ = related(Relations(new_unit=True))
    before = last_year(found, "208")
    assert isinstance(before, Absent)
    assert before.reason == NEW_UNIT


def test_a_new_unit_s_class_with_only_a_budget_has_none_either() -> None:
    figures = [("", "229", "其他支出", "年初预算", amount(70))]
    found, _ = related(Relations(figures=figures, budget_table="表05", new_unit=True))
    before = last_year(found, "229")
    assert isinstance(before, Absent)
    assert before.reason == NEW_UNIT


def test_what_does_not_apply_gets_no_last_year() -> None:
    line = Absent("横线", NOT_APPLICABLE)
    now = table(NOW)
    row = now.row("208")
    now = now.with_rows(
        [
            Row(
                row.profile,
                row.block,
                "208",
                row.label,
                {**row.cells, row.block.values[0].key: line},
            )
        ]
    )
    relations = Relations(figures=[("表05", "208", "小计", "上年", amount(9))])
    found = relate({"表05": now}, relations, Findings())["表05"]
    assert found.row("208").first is line
