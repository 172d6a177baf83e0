"""terms.yaml: terms written once, printed as a bundle orders them; subjects by their codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.findings import Findings, Place
from reportgen.language import Page
from reportgen.model import Blank
from reportgen.narrative import Wording, narrative_environment, render_sections
from reportgen.pipeline.subjects import SubjectTexts
from reportgen.sources.texts import Text

PARENT = '名词: {收入: 收到的钱, 支出: 花掉的钱}\n次序: 收入、支出\n科目: {"2080101": 基本支出}\n'


def load(folder: Path, child: str) -> tuple[Bundle | None, Findings]:
    texts = {"上级": ("名称: 上级\n", PARENT), "下级": ("名称: 下级\n上级: 类/上级\n", child)}
    for name, (bundle, terms) in texts.items():
        (folder / "类" / name).mkdir(parents=True)
        (folder / "类" / name / "bundle.yaml").write_text(bundle, encoding="utf-8")
        (folder / "类" / name / "terms.yaml").write_text(terms, encoding="utf-8")
    findings = Findings()
    return load_bundle("类/下级", [folder], findings), findings


def test_a_child_says_which_terms_and_in_what_order(tmp_path: Path) -> None:
    bundle, findings = load(tmp_path, "名词: {结余: 剩下的钱}\n次序: 支出、结余\n")
    assert bundle
    assert [(term.name, term.text) for term in bundle.terms] == [
        ("支出", "花掉的钱"),
        ("结余", "剩下的钱"),
    ]
    assert bundle.subjects == {"2080101": "基本支出"}
    assert len(findings) == 0


@pytest.mark.parametrize(
    ("child", "place", "message", "hint"),
    [
        ("次序: [收入, 收人]\n", "1:10", "terms.yaml 没有“收人”的解释。", "是否应为“收入”？"),
        (
            '科目: {"20801012": 某事}\n',
            "1:6",
            "terms.yaml 的“20801012”不是科目编码。",
            "编码为3位（类）、5位（款）或7位（项）数字。",
        ),
    ],
)
def test_a_fault_has_its_line(
    tmp_path: Path, child: str, place: str, message: str, hint: str
) -> None:
    bundle, findings = load(tmp_path, child)
    assert bundle is None
    assert [(f.code, f.message, f.hint) for f in findings] == [("C104", message, hint)]
    assert str(next(iter(findings)).place) == f"类/下级/terms.yaml:{place}"


def own(*parts: tuple[str, str]) -> dict[str, Text]:
    texts = tuple(Text(name, (line,)) for name, line in parts)
    return {"科目说明": Text("科目说明", parts=texts)}


def test_a_user_s_explanation_comes_first() -> None:
    found = SubjectTexts({"2080101": "通用", "2080102": "通用"}, own(("2080101 行政运行", "自写")))
    assert (found["2080101"], found["2080102"]) == ("自写", "通用")
    assert list(found) == ["2080101", "2080102"]


@pytest.mark.parametrize("heading", ["2080101行政运行", "２０８０１０１　行政运行", "2080101"])
def test_the_code_of_an_explanation_may_be_written_as_it_comes(heading: str) -> None:
    found = SubjectTexts({"2080101": "通用"}, own((heading, "自写")))
    assert found["2080101"] == "自写"
    assert list(found.unused()) == []


def test_explanations_that_nothing_prints_are_told() -> None:
    found = SubjectTexts(
        {"2080101": "通用"},
        own(("2080101 甲", "一"), ("2080101 乙", "二"), ("行政运行", "三"), ("2299999 丙", "四")),
    )
    assert list(found.unused()) == []  # where nothing is printed, the whole text is unused
    assert found["2080101"] == "一"
    assert {part.name: hint for part, hint in found.unused()} == {
        "2080101 乙": "“## 2080101 甲”说的是同一个科目，请合并为一篇。",
        "行政运行": "标题请以科目编码开头，如“## 2080101 行政运行”。",
        "2299999 丙": "正文没有印这个科目，请核对编码，或删去。",
    }


def test_a_code_that_nobody_explains_is_a_blank_to_fill() -> None:
    blank = SubjectTexts({}, own())["2080199"]
    assert isinstance(blank, Blank)
    assert (blank.code, blank.prompt) == ("N106", "科目2080199的说明")
    assert blank.hint == "请在文字.md的“# 科目说明”下写“## 2080199 科目名称”和说明。"


def test_every_bundle_that_ships_explains_its_terms() -> None:
    for name, count in (("shanxi-2022", 12), ("shandong-2021", 15)):
        bundle = load_bundle(f"final-accounts/{name}", search_path(), Findings())
        assert bundle
        assert len(bundle.terms) == count


def test_what_the_parent_composed_stays_markup(tmp_path: Path) -> None:
    """{{ super() }} of a block with headings prints headings."""
    parent = "{% block 甲 %}\n# 第一部分 “甲”\n{% endblock %}"
    child = "{% block 甲 %}{{ super() }}乙"
    for name, text in (("上级", parent), ("下级", child + "{% endblock %}")):
        folder = tmp_path / "类" / name
        folder.mkdir(parents=True)
        head = "" if name == "上级" else '{% extends "类/上级/narrative.md" %}'
        bundle_text = f"名称: {name}\n" + ("上级: 类/上级\n" if head else "")
        (folder / "bundle.yaml").write_text(bundle_text, encoding="utf-8")
        (folder / "narrative.md").write_text(head + text, encoding="utf-8")
    findings = Findings()
    bundle = load_bundle("类/下级", [tmp_path], findings)
    assert bundle
    environment = narrative_environment(loader=bundle.loader())
    page = Page(findings=findings, place=Place("narrative.md"))
    found = render_sections(environment, "类/下级/narrative.md", ["甲"], {}, Wording(), page)
    assert found["甲"].markdown.strip() == "# 第一部分 “甲”\n乙"


def test_a_code_may_be_written_without_quotes(tmp_path: Path) -> None:
    bundle, findings = load(tmp_path, "科目: {2080101: 自己的}\n")
    assert bundle
    assert bundle.subjects == {"2080101": "自己的"}
    bundle, findings = load(tmp_path / "又", "科目: {2080101: null, 2080102: 别的}\n")
    assert bundle
    assert bundle.subjects == {"2080102": "别的"}
    assert len(findings) == 0
    _, findings = load(tmp_path / "再", "名词: {}\n科目: {2080101: [甲]}\n")
    assert {str(finding.place) for finding in findings} == {"类/下级/terms.yaml:2:6"}
