"""去栏: columns of the parents' table that a bundle has not got; what names them falls silent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.cli.app import run
from reportgen.findings import Findings
from reportgen.model import DROPPED, Absent, Figure
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.uses import note_dropped

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022"
NAME = "final-accounts/shanxi-2022"
TABLES = """\
表01: {去栏: [行次]}
表03: {去栏: [经营支出]}
表08: {去栏: [本年收入]}
"""


def _templates(folder: Path, tables: str) -> Path:
    templates = Path(shutil.copytree(ROOT / "templates", folder / "模板"))
    (templates / NAME / "tables.yaml").write_text(tables, encoding="utf-8")
    return templates


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _templates(tmp_path_factory.mktemp("去栏"), TABLES)


@pytest.fixture(scope="module")
def bundle(templates: Path) -> Bundle:
    found = load_bundle(NAME, search_path(templates), Findings())
    assert found
    return found


@pytest.fixture(scope="module")
def prepared(templates: Path) -> Prepared:
    return prepare(Job(EXAMPLE, templates), Gate.DATA)


def test_the_columns_are_not_there(bundle: Bundle) -> None:
    columns = {profile.name: [c.leaf for c in profile.columns] for profile in bundle.profiles}
    assert columns["表01"] == ["项目", "决算数"] * 2
    assert "经营支出" not in columns["表03"]
    assert "本年支出合计" in columns["表03"]


def test_sums_go_without_them(bundle: Bundle) -> None:
    found = next(profile for profile in bundle.profiles if profile.name == "表03")
    assert "经营支出" not in found.sums["本年支出合计"]
    assert len(found.sums["本年支出合计"]) == 4


def test_line_numbers_are_but_not_printed(prepared: Prepared) -> None:
    value = prepared.context["表01"].lookup("行")["本年收入合计"]
    assert isinstance(value, Figure)
    assert value.value


def test_what_is_asked_of_them_is_absent(prepared: Prepared) -> None:
    value = prepared.context["经营支出"]
    assert isinstance(value, Absent)
    assert value.reason == DROPPED


def test_rules_fall_silent(prepared: Prepared) -> None:
    usual = {(f.code, f.message) for f in prepare(Job(EXAMPLE), Gate.DATA).judged}
    new = [f for f in prepared.judged if (f.code, f.message) not in usual]
    # the workbook still has the column that is no longer read
    assert {f.code for f in new if f.severity != "提示"} <= {"D104", "C106"}
    assert not any(DROPPED in str(f) for f in prepared.judged)


def test_lint_says_it_once_at_its_line(bundle: Bundle) -> None:
    findings = Findings()
    note_dropped(bundle, findings)
    told = [str(finding) for finding in findings]
    assert [text.partition(" T110 ")[0] for text in told] == [
        f"{NAME}/tables.yaml:2:7:",
        f"{NAME}/tables.yaml:3:7:",
    ]
    assert "“表03”去掉了“经营支出”一栏：经营支出没有数。" in told[0]
    assert "“表08”去掉了“本年收入”一栏：勾稽 D207、D312" in told[1]
    assert "政府性基金本年收入没有数" in told[1]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (
            "表03: {去栏: [经营之出]}",
            "tables.yaml:1:12: C104 表03的去栏里的“经营之出”没有这一栏。是否应为“经营支出”？",
        ),
        (
            "表01: {改栏名: {行次: null}}",
            "tables.yaml:1:13: C109 上级没有“行次”，不能去掉。不要这一栏的，写“去栏: [行次]”。",
        ),
        (
            "表05: {去栏: [本年支出]}",
            "没有填数字的栏",
        ),
    ],
)
def test_slips_are_findings(tmp_path: Path, tables: str, said: str) -> None:
    findings = Findings()
    assert load_bundle(NAME, search_path(_templates(tmp_path, tables)), findings) is None
    assert said in " ".join(str(finding) for finding in findings)


def test_a_head_goes_with_all_below_it(tmp_path: Path) -> None:
    found = load_bundle(
        NAME, search_path(_templates(tmp_path, "表07: {去栏: [预算数]}")), Findings()
    )
    assert found
    table = next(profile for profile in found.profiles if profile.name == "表07")
    assert {column.path[0] for column in table.columns} == {"决算数"}
    assert set(table.sums) == {"决算数/小计", "决算数/合计"}


@pytest.mark.parametrize("name", ["表05", "公开05表", "一般公共预算财政拨款支出决算表"])
def test_fields_lists_what_names_a_table(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["templates", "fields", NAME, "--表", name]) == 0
    told = capsys.readouterr().out
    assert "财政拨款基本支出 = 表05['合计', '基本支出']（final-accounts/common/rules.yaml:" in told
    assert "D306 财政拨款支出大于全部支出（final-accounts/common/rules.yaml:" in told
    assert "用到这些派生数的勾稽：\n  D401\n" in told
    assert "final-accounts/shanxi-2022/narrative.md：第" in told
    assert "表03['合计'" not in told


def test_fields_knows_no_other_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["templates", "fields", NAME, "--表", "表55"]) == 2
    assert "没有“表55”这张表。是否应为“表05”？" in capsys.readouterr().err
