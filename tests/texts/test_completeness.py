"""The example with one heading, count, block, table or tag taken away: each is missed."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
import jinja2
import openpyxl
import pytest

from reportgen.bundle import Bundle, load_bundle
from reportgen.checks.completeness.forms import check_forms
from reportgen.checks.completeness.layout import Printed, markdown_layout
from reportgen.checks.completeness.tables import check_empty_tables
from reportgen.checks.hygiene.report import check_layout_words
from reportgen.checks.word import check_word_template
from reportgen.findings import Finding, Findings, Place, Severity
from reportgen.findings.quotes import told_apart
from reportgen.language.marks import CLOSE, OPEN, strip
from reportgen.model import Figure, Kind, Project, Table
from reportgen.model.project import SheetRow
from reportgen.narrative import Section
from reportgen.pipeline.job import Job, Prepared
from reportgen.pipeline.layouts import template_environment
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.proof import prove_layout, prove_narrative
from reportgen.rules.outline import Forms, Heading
from reportgen.rules.text_rules import TextRules

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022"
FILE = "final-accounts/shanxi-2022/narrative.md"
ENDING = re.compile("[。；]")


@cache
def example() -> Prepared:
    return prepare(Job(EXAMPLE), layouts=("report.md",))


def bundle() -> Bundle:
    found = example().bundle
    assert found is not None
    return found


def told(sections: Mapping[str, Section], **changes: Any) -> list[Finding]:
    """What is told of the example's narrative with other sections."""
    prepared = replace(example(), findings=Findings(), sections=sections, **changes)
    prove_narrative(prepared, template_environment(bundle()), FILE)
    return list(prepared.findings)


def headings(entries: Sequence[Heading]) -> Iterator[Heading]:
    for entry in entries:
        yield entry
        yield from headings(entry.below)


def lines(section: str) -> list[str]:
    return example().sections[section].markdown.split("\n")


def with_lines(section: str, kept: Sequence[str]) -> dict[str, Section]:
    changed = Section(section, "\n".join(kept))
    return {**example().sections, section: changed}


def outlined() -> Iterator[tuple[str, int, str]]:
    """Every heading of the narrative that the outline asks for: section, line, title."""
    for section, entries in bundle().outline.sections.items():
        wanted = {re.sub(r"\{.*?\}", "", entry.text) for entry in headings(entries)}
        for number, line in enumerate(lines(section)):
            title = strip(line).lstrip("# ")
            if line.startswith("#") and any(title.endswith(text) for text in wanted):
                yield section, number, title


OUTLINED = list(outlined())
FIGURES = [
    (section, entry.text, name)
    for section, entries in bundle().outline.sections.items()
    for entry in headings(entries)
    for name in entry.figures
    if not entry.table
]


def test_the_example_is_complete() -> None:
    own = [f for f in example().findings if f.code[0] in "WH"]
    assert own == []
    assert told(example().sections) == []


@pytest.mark.parametrize(("section", "number", "title"), OUTLINED)
def test_a_heading_taken_away_is_missed(section: str, number: int, title: str) -> None:
    kept = [line for n, line in enumerate(lines(section)) if n != number]
    messages = [f.message for f in told(with_lines(section, kept)) if f.code == "W101"]
    assert any(told_apart(f"缺少标题“{title}”") in message for message in messages)


def test_all_headings_of_the_outline_were_taken_away() -> None:
    entries = [e for found in bundle().outline.sections.values() for e in headings(found)]
    published = sum(project.is_published for project in example().context["项目"])
    assert len(OUTLINED) == len([e for e in entries if not e.each]) + published


@pytest.mark.parametrize(("section", "number", "title"), OUTLINED)
def test_a_heading_with_nothing_below_it_is_told(section: str, number: int, title: str) -> None:
    all_lines = lines(section)
    level = all_lines[number].split(" ")[0]
    end = next(
        (
            n
            for n, line in enumerate(all_lines)
            if n > number and line.startswith("#") and len(line.split(" ")[0]) <= len(level)
        ),
        len(all_lines),
    )
    kept = [*all_lines[: number + 1], "", *all_lines[end:]]
    found = told(with_lines(section, kept))
    message = told_apart(f"“{title}”下面没有内容。")
    assert ("W102", message) in [(f.code, f.message) for f in found]


@pytest.mark.parametrize(("section", "title", "name"), FIGURES)
def test_a_figure_that_is_not_printed_is_missed(section: str, title: str, name: str) -> None:
    page = example().page
    assert page
    text = example().sections[section].markdown
    for citation in page.citations:
        if citation.figures and citation.figures[0].key == name:
            digits = "".join(chr(0xE010 + int(digit)) for digit in str(citation.number))
            mark = f"{OPEN}{digits}\ue001"
            text = re.sub(f"{mark}[^{CLOSE}]*{CLOSE}", "若干", text)
    found = told({**example().sections, section: Section(section, text)})
    name_told = told_apart(f"“{title}”")
    assert any(f.code == "W103" and name_told in f.message for f in found)
    assert any(name in f.message for f in found)


@pytest.mark.parametrize("phrase", ["占本年支出合计的", "本年度无此项支出", "社会保障和就业支出"])
def test_a_statement_taken_away_is_missed(phrase: str) -> None:
    text = example().sections["说明"].markdown.replace(phrase, "某某")
    found = told({**example().sections, "说明": Section("说明", text)})
    assert any(f.code == "W104" and phrase in f.message for f in found)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("社会保障和就业（类）支出", None),
        ("“社会保障和就业”（类）", None),
        ("社会保障和就业", "|短名”"),
    ],
)
def test_a_class_that_the_outline_lists_by_its_short_name(written: str, hint: str | None) -> None:
    text = example().sections["说明"].markdown.replace("社会保障和就业支出", written)
    found = told({**example().sections, "说明": Section("说明", text)})
    hints = [f.hint for f in found if f.code == "W104"]
    assert bool(hints) is bool(hint)
    assert all(str(hint) in one for one in hints)


def test_a_table_with_figures_is_not_said_to_be_empty() -> None:
    table = example().context["表05"]
    context = {**example().context, "表08": replace(table, profile=example_profile("表08"))}
    found = told(example().sections, context=context)
    assert [f.code for f in found] == ["W104"]
    assert "写了“本年度无此项支出”，公开08表却有数据" in found[0].message


def example_profile(name: str) -> Any:
    return next(profile for profile in bundle().profiles if profile.name == name)


def test_a_figure_that_is_absent_is_not_missed_again() -> None:
    """That it is absent is told where it was to be printed."""
    context = {k: v for k, v in example().context.items() if k != "出国团组数"}
    text = re.sub("出国团组共[^，]*，", "", example().sections["说明"].markdown)
    sections = {**example().sections, "说明": Section("说明", text)}
    assert not [f for f in told(sections, context=context) if "出国团组数" in f.message]


@pytest.mark.parametrize(("words", "code"), [("无", "W107"), ("分析。", "W107"), ("略", "W107")])
def test_a_heading_with_words_that_say_nothing_is_told(words: str, code: str) -> None:
    text = "# 第一部分 概况\n\n## 一、本部门（单位）职责\n\n" + words
    text += "\n\n## 二、机构设置情况\n\n设3个科室。"
    found = told({**example().sections, "概况": Section("概况", text)})
    assert code in [f.code for f in found]


def test_headings_below_a_lost_one_are_told_in_one_finding() -> None:
    found = told(with_lines("名词解释", ["没有标题"]))
    assert [f.code for f in found] == ["W101"]
    [first, *_] = told(with_lines("说明", ["# 别的"]))
    assert first.message == "缺少标题“第三部分 情况说明”及其下的24个标题。"


def test_no_form_is_asked_for_where_no_project_is_published() -> None:
    context = {**example().context, "项目": []}
    found = told(with_lines("附件", [""]), context=context)
    assert found == []


# the layouts


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "templates", tmp_path / "模板"))


def loaded(templates: Path) -> tuple[Bundle | None, Findings]:
    findings = Findings()
    return load_bundle("final-accounts/shanxi-2022", [templates], findings), findings


def of_markdown(templates: Path) -> list[str]:
    own, findings = loaded(templates)
    assert own is not None
    prove_layout(own, template_environment(own), "report.md", findings)
    return [f"{finding.code} {finding.message}" for finding in findings]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{{ 章.文 }}", "", "没有章节“概况”"),
        ("{{ 章.文 }}", "{% if 章.文 %}有{% endif %}", "没有章节“说明”"),
        ("{{ 章.文 }}", "{{ 概况 }}", "没有章节“名词解释”"),
        ("in 各章", "in 表格", "没有章节“附件”"),
        ("{{ 表|表格 }}", "", "没有公开01表"),
        ("{{ 表.标题 }}", "", "公开01表没有标题"),
        ("{{ 表.编号 }}", "", "公开01表没有编号"),
        ("{{ 表.注 }}", "", "公开01表没有注"),
        ("{{ 表.说明 }}", "", "公开08表没有说明"),
        ("{{ 表部分 }}", "决算表", "没有名称“表部分”"),
        ("{{ 单位 }}", "", "没有名称“单位”"),
    ],
)
def test_what_report_md_lacks_is_told(templates: Path, old: str, new: str, message: str) -> None:
    path = templates / "final-accounts" / "common" / "report.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert any(message in told_ for told_ in of_markdown(templates))


def test_the_heading_of_the_tables_may_stand_in_so_many_words(templates: Path) -> None:
    path = templates / "final-accounts" / "common" / "report.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("{{ 表部分 }}", "第二部分 {{ 年度 }}年部门决算表"), encoding="utf-8"
    )
    assert of_markdown(templates) == []


def of_word(change: Callable[[Any], object], tmp_path: Path) -> list[str]:
    own = bundle()
    path = tmp_path / "report.docx"
    source = own.file("report.docx")
    assert source is not None
    document = docx.Document(str(source))
    change(document)
    document.save(str(path))
    findings, printed = Findings(), Printed()
    environment = template_environment(own)
    names = {**example().context, **dict.fromkeys(own.settings.sections, ""), "目录": ""}
    check_word_template(path, environment, names, findings, printed)
    assert not findings.has_errors
    prove_layout(own, environment, "report.docx", findings, printed)
    return [f"{finding.place}: {finding.code} {finding.message}" for finding in findings]


def without(text: str) -> Callable[[Any], None]:
    """Take the paragraph with this text out of a Word file."""

    def change(document: Any) -> None:
        [paragraph] = [p for p in document.paragraphs if text in p.text]
        paragraph._p.getparent().remove(paragraph._p)

    return change


def test_the_word_layout_holds_everything(tmp_path: Path) -> None:
    assert of_word(lambda _document: None, tmp_path) == []


@pytest.mark.parametrize("name", [*bundle().settings.sections, "目录"])
def test_a_section_taken_out_of_word_is_missed(name: str, tmp_path: Path) -> None:
    [message] = of_word(without(f"{{{{p {name} }}}}"), tmp_path)
    kind = "名称" if name == "目录" else "章节"
    assert message == f"report.docx: W105 版面里没有{kind}“{name}”。"


@pytest.mark.parametrize("number", range(len(bundle().profiles)))
def test_a_table_taken_out_of_word_is_missed(number: int, tmp_path: Path) -> None:
    profile = bundle().profiles[number]

    def change(document: Any) -> None:
        table = next(t for t in document.tables if f"in {profile.name}|" in t._tbl.xml)
        table._tbl.getparent().remove(table._tbl)

    [message] = of_word(change, tmp_path)
    assert message == f"report.docx: W105 版面里没有{profile.number}（{profile.title}）。"


@pytest.mark.parametrize("name", ["标题", "编号", "注"])
def test_a_text_of_a_table_taken_out_of_word_is_missed(name: str, tmp_path: Path) -> None:
    [message] = of_word(without(f"{{{{ 表03.{name} }}}}"), tmp_path)
    assert message == f"report.docx: W105 版面里公开03表没有{name}。"


def test_what_an_author_left_in_the_word_layout_is_told(tmp_path: Path) -> None:
    """A paragraph of the cover, and one with a tag in it."""

    def change(document: Any) -> None:
        document.paragraphs[0].add_run("（XX局）")
        document.add_paragraph("{{ 单位 }}增加（减少）{{ 年度 }}")

    messages = of_word(change, tmp_path)
    assert [re.sub("第[0-9]+段", "第N段", message) for message in messages] == [
        "report.docx 第N段: W106 “（XX局）”没有填完（XX）。",
        "report.docx 第N段: W106 “增加（减少）”没有填完（增加（减少））。",
    ]


def test_what_an_author_left_in_the_markdown_layout_is_told() -> None:
    sources = {"a.md": "# {{ 单位 }}\n\n联系人：某某\n{% if 1 %}\n电话：____\n{% endif %}"}
    environment = template_environment(bundle()).overlay()
    environment.loader = jinja2.DictLoader(sources)
    printed = markdown_layout(environment, "a.md")
    assert printed is not None
    findings = Findings()
    check_layout_words(printed.own, TextRules(leftovers=("某某", "__")), findings)
    assert [str(finding.place) for finding in findings] == ["a.md:3", "a.md:5"]


def test_the_heading_of_the_tables_taken_out_of_word_is_missed(tmp_path: Path) -> None:
    [message] = of_word(without("第二部分"), tmp_path)
    assert "没有名称“表部分”" in message


def test_an_empty_table_needs_a_sentence() -> None:
    tables = [value for value in example().context.values() if isinstance(value, Table)]
    empty = next(table for table in tables if table.is_empty)
    mute = replace(empty, profile=replace(empty.profile, empty=""))
    findings = Findings()
    check_empty_tables([*tables, mute], TextRules(), findings)
    [finding] = findings
    assert finding.code == "W110"
    assert "也没有说明" in finding.message


# the forms

ROW = SheetRow("项目.xlsx", "项目", 4, {"主要经验做法": "R", "自评得分": "J"})
LINE = SheetRow("项目.xlsx", "指标", 9, {"偏差原因分析及改进措施": "J", "得分": "I"})
FORMS = Forms(
    required=("自评得分", "主要经验做法"),
    substantial=("主要经验做法",),
    indicator=("三级指标", "得分"),
    deviation="偏差原因分析及改进措施",
)
RULES = TextRules(none=("无", "——"))


def score(value: str) -> Figure:
    return Figure("得分", Decimal(value), Kind.SCORE)


def of_form(fields: Mapping[str, Any], *indicators: Mapping[str, Any]) -> list[str]:
    good = {"公开自评表": "是", "自评得分": score("95"), "主要经验做法": "有办法"}
    rows = tuple(LINE for _ in indicators)
    project = Project("甲", {**good, **fields}, (), indicators, ROW, rows)
    findings = Findings()
    check_forms([project], FORMS, RULES, findings)
    return [f"{f.place} {f.code}" for f in findings]


INDICATOR = {"三级指标": "培训人数", "分值": score("10"), "得分": score("10")}
REASON = "偏差原因分析及改进措施"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"自评得分": None}, ["项目.xlsx[项目]!J4 N106"]),
        ({"主要经验做法": None}, ["项目.xlsx[项目]!R4 N106"]),
        ({"主要经验做法": "无。"}, ["项目.xlsx[项目]!R4 W107"]),
        ({"主要经验做法": "——"}, ["项目.xlsx[项目]!R4 W107"]),
        ({"主要经验做法": "无纸化办公"}, []),
    ],
)
def test_a_project(fields: Mapping[str, Any], expected: list[str]) -> None:
    assert of_form(fields) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"得分": score("9.99")}, ["项目.xlsx[指标]!J9 W109"]),
        ({"得分": score("0"), REASON: "无"}, ["项目.xlsx[指标]!J9 W109"]),
        ({"得分": score("0"), REASON: "资金没有到位"}, []),
        ({"得分": score("0"), "分值": score("0")}, []),
        ({"得分": None}, ["项目.xlsx[指标]!I9 W108"]),
        ({"三级指标": None}, ["项目.xlsx[指标]!A9 W108"]),
    ],
)
def test_an_indicator(change: Mapping[str, Any], expected: list[str]) -> None:
    assert of_form({}, {**INDICATOR, **change}) == expected


# the files of the bundle


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        ("outline.yaml", "收入总计、支出总计", "收入总记", "收入总记", "未知的名称“收入总记”"),
        ("outline.yaml", "  附件:", "  付件:", "付件:", "未知的章节“付件”"),
        ("outline.yaml", "表: 表08", "表: 表88", "表88", "未知的表“表88”"),
        ("outline.yaml", ", 空表时: 本年度无此项支出}", "}", "七、政府", "要写就都写"),
        ("outline.yaml", "可写无: true", "可写五: true", "可写五", "未知的设置项“可写五”"),
        ("outline.yaml", "可写无: true", "可写无: 是", "可写无", "true 或 false"),
        ("outline.yaml", "满意度情况、主要", "满意、主要", "必填", "未知的栏“满意”"),
        ("outline.yaml", "第三部分 情况", "第{部}分 情况", "第{部}", "没有“{部}”可填"),
    ],
)
def test_slips_in_the_outline_are_told_at_their_line(
    templates: Path, file: str, old: str, new: str, line: str, message: str
) -> None:
    path = templates / "final-accounts" / "shanxi-2022" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    number = next(n for n, row in enumerate(text.splitlines(), 1) if line in row)
    own, findings = loaded(templates)
    assert own is None
    assert (f"final-accounts/shanxi-2022/{file}", number) in [
        (f.place.file, f.place.row) for f in findings if message in f.message
    ], list(map(str, findings))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("级别: {H999: 关}", "未知的代码“H999”"),
        ("级别: {H101: 不查}", "不在可选范围内"),
        ("项目金额: {年初预算: 年初预算}", "未知的栏“年初预算”"),
        ("没有填玩: {甲: 乙}", "未知的设置项“没有填玩”"),
        ("年份: 去年", "应为列表"),
    ],
)
def test_slips_in_the_text_rules_are_told(templates: Path, text: str, message: str) -> None:
    path = templates / "final-accounts" / "shanxi-2022" / "texts.yaml"
    path.write_text(text + "\n", encoding="utf-8")
    own, findings = loaded(templates)
    assert own is None
    [finding] = findings
    assert message in finding.message
    assert finding.place.file == "final-accounts/shanxi-2022/texts.yaml"
    assert finding.place.row == 1


def test_a_bundle_changes_what_it_inherits(templates: Path) -> None:
    folder = templates / "final-accounts" / "shanxi-2022"
    changed = "级别: {H101: 关}\n没有填完: {英文: null, 自定: 待核实}\n放行: 某某路\n"
    (folder / "texts.yaml").write_text(changed, encoding="utf-8")
    own, findings = loaded(templates)
    assert own is not None
    assert not len(findings)
    rules = own.text_rules
    assert rules.levels == {"H101": None}
    assert "待核实" in rules.leftovers
    assert "TBD" not in rules.leftovers
    assert "XX" in rules.leftovers
    assert rules.allowed == ("某某路",)


def test_a_heading_set_to_null_is_not_asked_for(templates: Path) -> None:
    folder = templates / "final-accounts" / "shanxi-2023"
    folder.mkdir()
    parent = "名称: 子\n上级: final-accounts/shanxi-2022\n"
    (folder / "bundle.yaml").write_text(parent, encoding="utf-8")
    below = ["十、其他重要事项情况说明", "（四）预算绩效情况说明"]
    path = ["章节", "说明", "第三部分 情况说明", *(key for name in below for key in ("下级", name))]
    nested: object = {"（5）其他需要说明的事项": None}
    for key in ("下级", *reversed(path)):
        nested = {key: nested}
    outline = json.dumps(nested, ensure_ascii=False)  # which is YAML too
    (folder / "outline.yaml").write_text(outline, encoding="utf-8")
    own = load_bundle("final-accounts/shanxi-2023", [templates], Findings())
    assert own is not None
    titles = [entry.text for entry in headings(own.outline.sections["说明"])]
    assert "（4）部门评价项目绩效评价结果" in titles
    assert "（5）其他需要说明的事项" not in titles


@pytest.mark.parametrize(
    ("source", "code"),
    [("项目|公开项木", "T106"), ("项木", "T101"), ("1/0", "T106"), ("(", "T106")],
)
def test_a_faulty_expression_of_the_outline_is_told(source: str, code: str) -> None:
    own = bundle()
    heading = Heading("甲", Place.line("outline.yaml", 3), when=source)
    outline = replace(own.outline, sections={"附件": (heading,)})
    changed = replace(own, outline=outline)
    found = told(example().sections, bundle=changed)
    assert (code, 3) in [(f.code, f.place.row) for f in found]


@pytest.mark.parametrize("source", ["年度", "收入总计", "单位", "[1]", "表05"])
def test_what_is_no_list_of_named_items_is_told(source: str) -> None:
    own = bundle()
    entries = [
        Heading("{名称}", Place.line("outline.yaml", 3), each=source),
        Heading("第五部分 附件", Place.line("outline.yaml", 4), listed=source),
    ]
    changed = replace(own, outline=replace(own.outline, sections={"附件": tuple(entries)}))
    found = told(example().sections, bundle=changed)
    faults = [(f.place.row, f.message) for f in found if f.code == "T106"]
    assert [row for row, _ in faults] == [3, 4]
    assert all("不是一份有名称的清单" in message for _, message in faults)


# as a user meets it


def test_a_report_with_unfinished_texts_is_told_at_each_cell(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "报告"))
    reasons = openpyxl.load_workbook(folder / "原因.xlsx")
    reasons["原因"]["I2"] = "项目支出减少，……"
    reasons.save(folder / "原因.xlsx")
    projects = openpyxl.load_workbook(folder / "项目.xlsx")
    projects["项目"]["R2"] = "无"
    projects["项目"]["J3"] = None
    projects["指标"]["J22"] = None
    projects.save(folder / "项目.xlsx")
    texts = (folder / "文字.md").read_text(encoding="utf-8")
    (folder / "文字.md").write_text(texts.replace("其他事项。", "其他事项。。"), encoding="utf-8")
    settings = (folder / "report.yaml").read_text(encoding="utf-8")
    cover = "封面: {日期: 2023年9月, 电话: '手机13800138000'}\n"
    (folder / "report.yaml").write_text(settings + cover, encoding="utf-8")
    found = prepare(Job(folder), layouts=("report.md",)).judged
    heads = {f"{f.severity} {f.place} {f.code}" for f in found if f.severity is not Severity.NOTE}
    assert heads == {
        "错误 原因.xlsx[原因]!I2 W106",
        "错误 项目.xlsx[项目]!R2 W107",
        "错误 项目.xlsx[指标]!J22 W109",
        "警告 文字.md:13 H101",
        f"错误 report.yaml:{(settings + cover).count(chr(10))}:19 H109",
    }


def test_projects_that_a_summary_passes_over_are_told_with_their_cells(tmp_path: Path) -> None:
    """The summary is made of those of a 级次 that the narrative knows."""
    folder = Path(shutil.copytree(EXAMPLE.parent / "zibo-2021", tmp_path / "报告"))
    projects = openpyxl.load_workbook(folder / "项目.xlsx")
    projects["项目"]["C3"], projects["项目"]["C4"] = "区级", None
    projects.save(folder / "项目.xlsx")
    (told,) = [f for f in prepare(Job(folder)).judged if f.code == "W104"]
    assert "缺少“（先创区）人社专网费”、“（先创区）人社系统维修维护费”。" in told.message
    assert "请核对这几个项目的“级次”（项目.xlsx[项目]!C3:C4）" in told.hint


HOSTILE = [
    "\n".join(f"## 第{number}个" for number in range(10_000)),
    "# 甲" + " " * 32_767 + "乙",
    "#" * 32_767,
    "# " * 16_000,
    "【待填写" * 8_000,
    "\\" * 32_767,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8] for text in HOSTILE])
def test_hostile_sections_take_linear_time(text: str) -> None:
    start = time.perf_counter()
    told({**example().sections, "概况": Section("概况", text)})
    assert time.perf_counter() - start < 3
