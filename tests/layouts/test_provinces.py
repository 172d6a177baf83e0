"""Three layouts of tables that no bundle was made for, written as data: checked and printed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.findings import Findings, Severity
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import compose
from reportgen.render.scaffold import draw
from tests.layouts.books import Figures, write_tables

DATA = Path(__file__).parents[1] / "data" / "layouts"
TREE = ("201 一般公共服务支出", "20101 人大事务", "2010101 行政运行")
FUND = ("212 城乡社区支出", "21208 国有土地使用权出让收入安排的支出", "2120899 其他支出")


Given = dict[tuple[str, ...], Any]


def tree(column: str, *figures: tuple[tuple[str, ...], Any]) -> Given:
    """One figure in a column for 合计 and each level of some subjects."""
    found: Given = {("合计", column): sum(value for _, value in figures)}
    for codes, value in figures:
        found.update({(code, column): value for code in codes})
    return found


INCOME = {
    **tree("财政拨款收入", (TREE, 90), (FUND, 10)),
    **tree("其他收入", (TREE, 5)),
}
SPENDING = {
    **tree("基本支出", (TREE, 70)),
    **tree("项目支出", (TREE, 25), (FUND, 10)),
}
BASIC: Given = {("30101", "金额"): 60, ("30201", "金额"): 9, ("30217", "金额"): 1}
COMMON: dict[str, Given] = {
    "表02": INCOME,
    "表03": SPENDING,
    "表04": {
        ("本年一般公共预算财政拨款",): 90,
        ("本年政府性基金预算财政拨款",): 10,
        ("一般公共服务支出", "一般公共预算财政拨款"): 90,
        ("城乡社区支出", "政府性基金预算财政拨款"): 10,
    },
    "表05": {**tree("基本支出", (TREE, 70)), **tree("项目支出", (TREE, 20))},
    "表06": BASIC,
    "表07": {("预算数/公务接待费",): 2, ("决算数/公务接待费",): 1},
    "表08": {**tree("本年收入", (FUND, 10)), **tree("项目支出", (FUND, 10))},
}
TOTALS: Given = {
    ("其他收入",): 5,
    ("一般公共服务支出",): 95,
    ("城乡社区支出",): 10,
}
KINDS: Given = {
    ("一般公共预算财政拨款收入",): 90,
    ("政府性基金预算财政拨款收入",): 10,
}
CASES: dict[str, Figures] = {
    "shaanxi-2020": {
        **COMMON,
        "表01": {
            **TOTALS,
            ("财政拨款收入",): 100,
            ("政府性基金预算财政拨款收入",): 10,
        },
        "表07": {
            ("年初预算数/公务接待费",): 2,
            ("决算数/公务接待费",): 1,
            ("培训费/预算数",): 3,
            ("培训费/决算数",): 4,
        },
    },
    "yunnan-2024": {
        **COMMON,
        "表01": {**TOTALS, **KINDS},
        "表05": {
            **tree("本年支出/基本支出", (TREE, 70)),
            **tree("本年支出/项目支出", (TREE, 20)),
            **tree("本年收入/基本支出", (TREE, 70)),
            **tree("本年收入/项目支出", (TREE, 20)),
        },
        "项目支出表": {("30227", "金额"): 20},
        "表07": {
            ("国内接待费", "预算数"): 2,
            ("国内接待费", "决算统计数"): 1,
            ("国内公务接待批次", "决算统计数"): 3,
            ("国内公务接待人次", "决算统计数"): 21,
            ("机关运行经费", "决算统计数"): 10,
        },
        "表11": {("公务接待费", "决算统计数"): 1},
    },
    "sichuan-2022": {
        **COMMON,
        "表01": {**TOTALS, **KINDS},
        "明细表": {
            **tree("基本工资", (TREE, 60)),
            **tree("办公费", (TREE, 29), (FUND, 10)),
            **tree("商品和服务支出/公务接待费", (TREE, 1)),
        },
        "一般明细表": {
            **tree("基本工资", (TREE, 60)),
            **tree("办公费", (TREE, 29)),
            **tree("公务接待费", (TREE, 1)),
        },
        "项目支出表": tree("项目支出", (TREE, 20)),
    },
}
EXPECTED: Mapping[str, tuple[str, ...]] = {
    "shaanxi-2020": (
        "会议费0.00万元，培训费4.00万元，预算3.00万元",
        "| 一、财政拨款收入 | 100.00 |",
    ),
    "yunnan-2024": ("接待3批次21人次。机关运行经费10.00万元", "| 本年收入合计 | 25 | 105.00 |"),
    "sichuan-2022": ("完成全年预算的50.00%", "## 十三、财政拨款“三公”经费支出决算表"),
}


@dataclass
class Printed:
    """A report of a bundle: its tables filled, checked and printed."""

    bundle: Bundle
    folder: Path
    prepared: Prepared
    markdown: str
    word: Path

    def codes(self, *severities: Severity) -> list[str]:
        return [str(f) for f in self.prepared.judged if f.severity in severities]


@pytest.fixture(scope="module", params=CASES)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    name = f"final-accounts/{request.param}"
    folder = tmp_path_factory.mktemp(request.param)
    templates = Path(shutil.copytree(DATA, folder / "模板"))
    findings = Findings()
    bundle = load_bundle(name, search_path(templates), findings)
    assert bundle is not None, [str(finding) for finding in findings]
    settings = bundle.settings
    content = draw(
        bundle.profiles,
        settings.sections,
        settings.tables_heading,
        settings.table_caption,
        after=bundle.tables_after,
    )
    (templates / name / "report.docx").write_bytes(content)
    write_tables(folder / "决算表.xlsx", bundle.profiles, CASES[request.param])
    text = f"模板: {name}\n单位: 某市某局\n年度: {name[-4:]}\n上年: 新设单位\n文件: {{}}\n"
    (folder / "report.yaml").write_text(text, encoding="utf-8")
    prepared = prepare(Job(folder, templates), Gate.NARRATIVE, layouts=("report.md",))
    made = compose(prepared, ("docx", "md"))
    paths = {Path(file).suffix: folder / file for file in made.files}
    for file, data in made.files.items():
        (folder / file).write_bytes(data)
    markdown = paths[".md"].read_text(encoding="utf-8") if ".md" in paths else ""
    return Printed(bundle, folder, prepared, markdown, paths.get(".docx", folder / "无"))


def test_its_tables_are_read_and_agree(printed: Printed) -> None:
    assert printed.codes(Severity.ERROR, Severity.WARNING) == []
    assert len(printed.prepared.context["表格"]) == len(printed.bundle.profiles)


def test_the_sentences_speak_of_them(printed: Printed) -> None:
    case = printed.bundle.name.partition("/")[2]
    assert "收入总计105.00万元，支出总计105.00万元。" in printed.markdown
    assert "一般公共预算财政拨款支出90.00万元，其中基本支出70.00万元" in printed.markdown
    for text in EXPECTED[case]:
        assert text in printed.markdown


def test_word_prints_the_same_tables(printed: Printed) -> None:
    document = docx.Document(str(printed.word))
    assert len(document.tables) == len(printed.bundle.profiles)
    heads = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 2"]
    titles = re.findall(r"^## (\S+)$", printed.markdown, flags=re.MULTILINE)
    assert [head for head in heads if head in titles] == titles
