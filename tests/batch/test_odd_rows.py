"""A thousand projects, forty of them odd: each kind has its row, and spoils nothing else."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.cli.app import run
from tests.batch_data import Formula, Percent, Sample, sample, write_book

DONE, WARNED, FAILED, NO_FORM = "成功", "警告", "失败", "无指标"
ODD = 40


@dataclass(frozen=True)
class Odd:
    """A kind of oddity: what is done to a sound project, what becomes of it, and the codes."""

    kind: str
    change: Callable[[Sample], None]
    status: str
    codes: tuple[str, ...] = ()
    shown: str = ""


def named(text: str) -> Callable[[Sample], None]:
    """Another name, in all three sheets."""

    def change(one: Sample) -> None:
        for row in (one.row, *one.funds, *one.indicators):
            row["项目名称"] = text

    return change


def field(**values: Any) -> Callable[[Sample], None]:
    return lambda one: one.row.update(values)


def fund(**values: Any) -> Callable[[Sample], None]:
    def change(one: Sample) -> None:
        for row in one.funds:
            row.update(values)

    return change


def indicator(**values: Any) -> Callable[[Sample], None]:
    return lambda one: one.indicators[0].update(values)


def both(*changes: Callable[[Sample], None]) -> Callable[[Sample], None]:
    def change(one: Sample) -> None:
        for each in changes:
            each(one)

    return change


LONG = "长" * 32_767
KINDS = (
    Odd("emoji", named("智慧就业🚀平台👨‍👩‍👧"), DONE, shown="智慧就业🚀平台"),
    Odd("32,767 characters", field(年度目标=LONG), DONE, shown=LONG),
    Odd("a formula as text", field(年度目标="=cmd|'/C calc'!A0"), DONE, shown="=cmd|'/C calc'!A0"),
    Odd("signs of XML", named("A&B<C>\"D'专项"), DONE, shown="A&B<C>\"D'专项"),
    Odd("a way out of the folder", named("../../逃逸"), DONE, shown="../../逃逸"),
    Odd("a reserved name", both(named("CON"), field(序号=None)), DONE, shown="CON"),
    Odd("signs that names can't hold", named('一:二*三?"四|五\\六'), WARNED, ("H102",)),
    Odd("a name that ends in a dot", named("尾点项目. "), WARNED, ("H102",)),
    Odd("a name of 300 characters", named("长" * 300), DONE),
    Odd("a tag of HTML", field(年度目标="<script>alert(1)</script>"), DONE, shown="<script>"),
    Odd("a line break", field(年度目标="一是甲。\n二是乙。"), DONE, shown="二是乙。"),
    Odd("a percentage cell", indicator(调整后指标值="≥95%", 实际完成值=Percent(0.96)), DONE),
    Odd("digits as text", indicator(分值="30"), DONE),
    Odd(
        "full-width digits",
        indicator(调整后指标值="≥５６人", 实际完成值="６０人"),
        WARNED,
        ("H103",),
        "≥５６人",
    ),
    Odd("a sign in the actual value", indicator(实际完成值="≥60人"), DONE),
    Odd("thousands", fund(全年执行数="1,00.0"), FAILED, ("D108",)),
    Odd(
        "a typed score that differs",
        indicator(得分=20, 偏差原因分析及改进措施="见说明。"),
        WARNED,
        ("S103",),
    ),
    Odd("no reason below the weight", indicator(实际完成值="28人"), WARNED, ("W109",)),
    Odd("far above the target", indicator(实际完成值="560人"), WARNED, ("S105",)),
    Odd("spent more than the budget", fund(全年执行数=9_999), WARNED, ("D604",)),
    Odd("text in a weight", indicator(分值="三十"), FAILED, ("D108",)),
    Odd("weights of 95", indicator(分值=35), FAILED, ("D601",)),
    Odd("a negative budget", fund(全年预算数=-100), FAILED, ()),
    Odd("a score above its weight", indicator(得分=31), FAILED, ("D602",)),
    Odd("a score below zero", indicator(得分=-1, 偏差原因分析及改进措施="无"), FAILED, ("D602",)),
    Odd("NaN", indicator(分值=float("nan")), FAILED, ("D109",)),
    Odd("an error value", fund(全年执行数=Formula("=1/0", "#DIV/0!")), FAILED, ("D109",)),
    Odd("a formula never calculated", indicator(分值=Formula("=10+20")), FAILED, ("D110",)),
    Odd("an unknown method", indicator(评分方法="正象"), FAILED, ("S101",)),
    Odd("units that differ", indicator(实际完成值="60次"), FAILED, ("S102",)),
    Odd("a total that differs", field(自评得分=88), FAILED, ("D605",)),
    Odd("a grade against its band", field(自评等级="良"), FAILED, ("D606",)),
    Odd("neither 是 nor 否", field(公开自评表="可能"), FAILED, ("D115",)),
    Odd("secret", field(涉密="是", 公开自评表="否"), "涉密"),
    Odd("no indicators", lambda one: one.indicators.clear(), NO_FORM),
    Odd("nothing of nothing", fund(全年预算数=0, 全年执行数=0), WARNED),
    Odd("something to be filled in", field(年度目标="按照【待补充】推进。"), FAILED, ("W106",)),
)
COUNT = 1_000
PLACES = {kind.kind: 25 * number + 7 for number, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Outcome:
    """What a run left: its manifest by project, its texts, its files."""

    folder: Path
    code: int
    manifest: dict[str, Any]
    projects: dict[int, dict[str, Any]]

    def text(self, number: int) -> str:
        """All text of a project's form."""
        (name,) = self.projects[number]["文件"]
        with zipfile.ZipFile(self.folder / name) as archive:
            xml = archive.read("word/document.xml").decode()
        plain = re.sub(r"<[^>]+>", "", xml.replace("<w:br/>", "\n"))
        return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("odd")
    samples = [sample(number + 1) for number in range(COUNT)]
    for kind in KINDS:
        kind.change(samples[PLACES[kind.kind]])
    twin = sample(COUNT + 1, samples[3].row["项目名称"])
    stranger = sample(COUNT + 2, "名单里没有的项目")
    stranger.row.clear()
    same = [sample(COUNT + 3, "甲/乙"), sample(COUNT + 3, "甲:乙")]
    book = write_book(folder / "项目.xlsx", [*samples, twin, stranger, *same])
    out = folder / "out"
    code = run(
        ["batch", str(book), "-t", "self-evaluation/shanxi", "-o", str(out), "--year", "2022"]
    )
    manifest = json.loads((out / "内部" / "manifest.json").read_text(encoding="utf-8"))
    return Outcome(out, code, manifest, {entry["序"] - 1: entry for entry in manifest["项目"]})


def test_errors_make_the_exit_code(outcome: Outcome) -> None:
    assert outcome.code == 1


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_what_becomes_of(kind: Odd, outcome: Outcome) -> None:
    entry = outcome.projects[PLACES[kind.kind]]
    worse = [found for found in entry.get("明细", ()) if found["级别"] != "提示"]
    assert entry["状态"] == kind.status, worse
    assert set(kind.codes) <= {found["代码"] for found in worse}
    for found in worse:
        assert found["位置"].startswith("项目.xlsx["), found
        assert found["处理"], found
    if kind.status in (DONE, WARNED):
        assert len(entry["文件"]) == 1
        assert kind.shown in outcome.text(PLACES[kind.kind])
    else:
        assert not entry.get("文件")


def test_the_others_are_untouched(outcome: Outcome) -> None:
    odd = {*PLACES.values(), 3}
    sound = [
        entry for number, entry in outcome.projects.items() if number < COUNT and number not in odd
    ]
    assert len(sound) == COUNT - len(odd)
    assert {entry["状态"] for entry in sound} == {DONE}
    for entry in sound:
        (name,) = entry["文件"]
        assert (outcome.folder / name).is_file()


def test_a_name_that_stands_twice_refuses_both(outcome: Outcome) -> None:
    first, second = outcome.projects[3], outcome.projects[COUNT]
    assert first["状态"] == second["状态"] == FAILED
    assert {found["代码"] for found in first["明细"]} == {"D107"}


def test_names_that_would_be_one_file_refuse_both(outcome: Outcome) -> None:
    pair = [outcome.projects[COUNT + 1], outcome.projects[COUNT + 2]]
    assert {entry["状态"] for entry in pair} == {FAILED}
    assert {found["代码"] for entry in pair for found in entry["明细"]} == {"F130"}


def test_a_row_of_no_known_project_is_told(outcome: Outcome) -> None:
    told = [found for found in outcome.manifest["检查"] if found["代码"] == "D115"]
    assert told
    assert all("名单里没有的项目" in found["说明"] for found in told)
    assert all(found["位置"].startswith("项目.xlsx[") for found in told)


def test_every_file_lies_in_the_folder(outcome: Outcome) -> None:
    listed = {name for entry in outcome.projects.values() for name in entry.get("文件", ())}
    written = {path.name for path in outcome.folder.iterdir() if path.suffix == ".docx"}
    assert listed <= written
    assert not list(outcome.folder.parent.glob("*.docx"))
    reserved = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]\.docx$|^(CON|NUL|PRN|AUX)\.')
    assert not [name for name in written if reserved.search(name)]
    assert max(len(name.encode()) for name in written) <= 200


def test_secret_projects_stand_in_the_manifest_alone(outcome: Outcome) -> None:
    name = outcome.projects[PLACES["secret"]]["项目"]
    papers = [path for path in outcome.folder.rglob("*") if path.is_file()]
    for path in papers:
        if path.suffix in (".xlsx", ".docx") and path.name.count("项目") <= 2:
            continue
    shown = openpyxl.load_workbook(outcome.folder / "内部" / "检查结果.xlsx", read_only=True)
    for sheet in shown.worksheets:
        for row in sheet.iter_rows(values_only=True):
            assert name not in [cell for cell in row if isinstance(cell, str)]
    assert name not in (outcome.folder / "内部" / "记录.jsonl").read_text(encoding="utf-8")
    assert not list(outcome.folder.glob(f"*{name}*"))
