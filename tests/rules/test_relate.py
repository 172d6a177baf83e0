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
from reportgen.rules.relate import Relations, relate

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
        "农林水支出0.00元，减少80.00元，下降100%，完成年初预算的0.00%",
        "住房保障支出50.00元，增加50.00元，未安排年初预算",
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


def budget(code: str, name: str, value: int, relation: str = "年初预算") -> Any:
    return ("", code, name, relation, amount(value))


def test_a_budget_below_a_class_that_is_not_there_adds_its_parents() -> None:
    other = {"213": ("农林水支出", 1), "21301": ("农业农村", 1)}
    relations = Relations(
        figures=[budget("2130101", "行政运行", 70), budget("2130102", "管理事务", 5)],
        budget_table="表05",
        last_tables={"表03": table(other, "表03")},
    )
    found, findings = related(relations)
    assert len(findings) == 0
    for key, value in (("213", 75), ("21301", 75), ("2130101", 70)):
        given: Any = found.row(key).lookup("年初预算")
        assert (given.value, found.row(key).printed) == (value, False)
    assert [row.label for row in found.lookup("类")] == [  # type: ignore[attr-defined]
        "社会保障和就业支出",
        "农林水支出",
        "住房保障支出",
    ]


def test_last_year_of_an_added_class_is_the_sum_too() -> None:
    figures = [
        ("表05", "21401 公路水路运输", "项目支出", "上年", amount(9)),
        ("表05", "21402 铁路运输", "项目支出", "上年", amount(3)),
        ("表05", "21402 铁路运输", "", "上年", amount(5)),
    ]
    other = {"表03": table({"214": ("交通运输支出", 1)}, "表03")}
    found, findings = related(Relations(figures=figures, last_tables=other))
    assert len(findings) == 0
    added: Any = found.row("214")["项目支出"]
    assert added.lookup("上年").value == 12
    assert isinstance(last_year(found, "214"), Absent)


def test_a_parent_that_nothing_names_is_asked_for() -> None:
    relations = Relations(figures=[budget("2140101", "行政运行", 3)], budget_table="表05")
    _, findings = related(relations)
    hint = "请在本工作表补上 21401 这一行，写明名称和金额。"
    assert [str(finding) for finding in findings] == [
        f"{CELL}: D106 编码 2140101“行政运行”没有上级 21401、214。{hint}"
    ]


def test_a_code_of_a_wrong_length_is_no_code() -> None:
    found, findings = related(Relations(figures=[budget("99", "其他", 1)], budget_table="表05"))
    assert [(f.code, f.place, f.message) for f in findings] == [
        ("D112", CELL, "“99”不是科目编码。")
    ]
    assert [row.key for row in found.rows] == ["合计", "208", "221"]


def test_a_class_of_last_year_is_named_by_its_line_the_budget_or_another_table() -> None:
    line = ("表05", "213 农林水支出", "小计", "上年", amount(8))
    assert related(Relations(figures=[line]))[0].row("213").label == "农林水支出"
    bare = ("表05", "213", "小计", "上年", amount(8))
    more = Relations(figures=[bare, budget("213", "农林水", 1)], budget_table="表05")
    assert related(more)[0].row("213").label == "农林水"
    other = {"表03": table({"213": ("农林水支出类", 1)}, "表03")}
    found, _ = related(Relations(figures=[bare], last_tables=other))
    assert found.row("213").label == "农林水支出类"
    assert found.row("213").first.name == "农林水支出类小计"


def test_a_class_that_the_budget_leaves_out_has_none() -> None:
    relations = Relations(figures=[budget("208", "社会保障和就业支出", 9)], budget_table="表05")
    found, _ = related(relations)
    zero: Any = found.row("221").lookup("年初预算")
    assert (zero.value, str(zero.places[0])) == (0, "补充数据.xlsx[上年数]")
    assert isinstance(found.row("221").lookup("全年预算"), Absent)
    assert isinstance(last_year(found, "221"), Absent)
    total = Relations(figures=[budget("合计", "", 9)], budget_table="表05")
    assert isinstance(related(total)[0].row("221").lookup("年初预算"), Absent)


def test_nothing_is_known_below_a_class_with_one_budget() -> None:
    rows = {"208": ("社保", 5), "20801": ("人社", 5), "2080101": ("行政运行", 5)}
    relations = Relations(figures=[budget("208", "社保", 9)], budget_table="表05")
    found = relate({"表05": table(rows)}, relations, Findings())["表05"]
    assert isinstance(found.row("20801").lookup("年初预算"), Absent)
    relations = Relations(figures=[budget("2080101", "行政运行", 9)], budget_table="表05")
    found = relate({"表05": table(rows)}, relations, Findings())["表05"]
    summed: Any = found.row("208").lookup("年初预算")
    assert summed.value == 9


def test_a_new_unit_with_last_year_s_figures_is_a_contradiction_said_once() -> None:
    figures = [("", "收入总计", "", "上年", amount(1)), ("表05", "208", "", "上年", amount(2))]
    found, findings = related(Relations(figures=figures, new_unit=True))
    assert [(f.code, f.place) for f in findings] == [("D115", CELL)]
    assert "新设单位" in next(iter(findings)).message
    assert isinstance(last_year(found, "208"), Absent)
