"""The self-evaluation forms of 晋城 2022 and 淄博高新区 2021, cell by cell, against what we print.

The rows stand in ``data/*_form_rows.md``: every cell that is not blank, running text replaced
by ``…``. Every row where ours is another is listed in DIFFERENCES with its reason; one that is
no difference any more fails.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import pytest

from reportgen.model import Figure
from tests.seeds import DATA
from tests.self_evaluation.conftest import Made, make, projects_of, scored

SEEDS = {"shanxi": "jincheng_2022_form_rows.md", "shandong": "zibo_2021_form_rows.md"}
FRAMED = {
    "shanxi": {"年初预算数", "项目年度绩效目标", "绩效指标", "自评结果分析"},
    "shandong": {"年度总体目标", "绩效指标", "年度绩效指标"},
}
"""Cells of the frame that Markdown words otherwise: its tables have no merged heads."""
BROKEN = {
    "人才教育培训": {"机关参加培训人数": "9.33"},  # ≥30人, 28 came: full marks were given
    "建国前老工人津贴补贴": {"补贴人数(人)": "17.65"},  # =17人, 15 were paid: full marks
}
"""Scores of the rules where the published form broke them."""
SHORT = {"（高新区）人社专网费": (Decimal("88.29"), "良")}
"""Totals of the printed scores where the published one is another: its weights are 80."""
LABEL = "绩效指标"  # stands in the head in the seed, beside the rows in ours: the head is repeated
ALL = ""


@dataclass(frozen=True)
class Difference:
    """A row as published, ours, and the reason; ``form`` is the project, or ALL."""

    form: str
    published: str
    ours: str
    why: str


_HEADS = "原表六张的叫法不一，统一用多数的"
_LEFT = "原表把这一栏印在左边两格里，拆成了两行"
DIFFERENCES = {
    "shanxi": (
        Difference(
            "人才工作专项经费",
            "项目绩效分析|自评结果分析|项目实施的预算执行情况|…",
            "项目绩效分析|自评结果分析|项目实施和预算执行情况|…",
            _HEADS,
        ),
        Difference(
            ALL,
            "项目绩效自评结果分析|项目实施和预算执行情况|…",
            "项目绩效分析|自评结果分析|项目实施和预算执行情况|…",
            _LEFT,
        ),
        Difference(ALL, "产出情况|…", "产出情况及分析|…", _HEADS),
        Difference(ALL, "效益情况|…", "效益情况及分析|…", _HEADS),
        Difference(ALL, "满意度情况|…", "满意度情况及分析|…", _HEADS),
        Difference(ALL, "分析|主要经验做法|…", "主要经验做法|…", _LEFT),
        Difference(
            "建国前老工人津贴补贴",
            "市区区财政资金|41|41|0|0|0|0|0.00|0.00",
            "市县区财政资金|41|41|0|0|0|0.00|0.00",
            "原表多印一个0，“市县区”误作“市区区”",
        ),
    ),
    "shandong": (
        Difference(
            "（高新区）人社专网费",
            "其中:当年财政拨款|8.22|6.82|6.82|-|-",
            "其中:当年财政拨款|8.22|8.22|6.82|-|-",
            "各项资金之和应等于年度资金总额8.22",
        ),
        Difference(
            "（高新区）人社专网费",
            "年度绩效指标|产出指标(50分)|数量指标|…|70个|70个|10|10",
            "年度绩效指标|产出指标(40分)|数量指标|…|70个|70个|10|10",
            "印出的各项分值之和是40",
        ),
        Difference(
            "（高新区）人社专网费",
            "…|≤8.22万元|6.82万元|5|5|…",
            "…|≤8.22万元|6.815万元|5|5|…",
            "填报的是6.815万元",
        ),
        Difference(
            "（高新区）居民养老保险财政补助",
            "年度资金总额|3211|3211|2754.96|10|85.80%|8.6",
            "年度资金总额|3211|3211|2754.96|10|85.80%|8.58",
            "得分保留两位小数，同一份公开稿的另一张表印8.29",
        ),
        Difference(
            "（高新区）居民养老保险财政补助",
            "总分|98.6分",
            "总分|98.58分",
            "8.58加90",
        ),
        Difference(
            "（高新区）居民养老保险财政补助",
            "年初预期目标|目标实际完成情况",
            "年度总体目标|年初预期目标|目标实际完成情况",
            "合并的一格，原表印在第二行",
        ),
        Difference(
            "（高新区）居民养老保险财政补助",
            "年度总体目标|…|…",
            "…|…",
            "合并的一格，原表印在第二行",
        ),
        Difference(
            "（高新区）居民养老保险财政补助",
            "经济效益指标|…|是|是|10|10",
            "效益指标(30分)|经济效益指标|…|是|是|10|10",
            "合并的一格，原表印在第二行",
        ),
        Difference(
            "（高新区）居民养老保险财政补助",
            "效益指标(30分)|社会效益指标|…|是|是|5|5",
            "社会效益指标|…|是|是|5|5",
            "合并的一格，原表印在第二行",
        ),
    ),
}


def plain(text: str) -> str:
    """A cell without blanks, full-width signs as half-width ones."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text.replace("…", "\0"))).replace(
        "\0", "…"
    )


@cache
def published(name: str) -> dict[str, list[str]]:
    """The rows of every form of a seed, by project; cells joined by bars."""
    found: dict[str, list[str]] = {}
    for line in (DATA / SEEDS[name]).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            rows = found.setdefault(line.removeprefix("## "), [])
        elif line.startswith("| "):
            cells = [plain(cell) for cell in line.strip("| ").split(" | ")]
            rows.append("|".join(cell for cell in cells if cell != LABEL))
    return found


@cache
def form(name: str, project: str) -> Made:
    return make(name, projects_of(name)[project])


def printed(made: Made) -> list[str]:
    """Our rows: titles, tables, notes; cells that are not blank joined by bars."""
    texts = made.paragraphs
    notes = next((n for n, text in enumerate(texts) if text.startswith("备注")), len(texts))
    rows = [*([text] for text in texts[:notes]), *made.rows, *([text] for text in texts[notes:])]
    return ["|".join(c for cell in row if (c := plain(cell)) and c != LABEL) for row in rows]


def agrees(pattern: str, row: str) -> bool:
    """Whether a row of ours is what a pattern says; ``…`` is any text of a cell."""
    return re.fullmatch("[^|]+".join(map(re.escape, pattern.split("…"))), row) is not None


FORMS = [(name, project) for name in SEEDS for project in published(name)]


@pytest.mark.parametrize(("name", "project"), FORMS)
def test_every_row_is_as_published_or_listed(name: str, project: str) -> None:
    ours = printed(form(name, project))
    wanted = published(name)[project]
    assert len(ours) == len(wanted), (ours, wanted)
    listed = {d.published: d.ours for d in DIFFERENCES[name] if d.form in (ALL, project)}
    wrong = [
        (was, now)
        for was, now in zip(wanted, ours, strict=True)
        if not agrees(listed.get(was, was), now)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", SEEDS)
def test_every_difference_is_still_one(name: str) -> None:
    for one in DIFFERENCES[name]:
        forms = [one.form] if one.form else list(published(name))
        where = [p for p in forms if one.published in published(name)[p]]
        assert where, one
        for project in where:
            pairs = zip(published(name)[project], printed(form(name, project)), strict=True)
            beside = [ours for row, ours in pairs if row == one.published]
            assert all(agrees(one.ours, ours) for ours in beside), one
            assert not any(agrees(one.published, ours) for ours in beside), one


@pytest.mark.parametrize(("name", "project"), FORMS)
def test_markdown_has_the_same_cells(name: str, project: str) -> None:
    made = form(name, project)
    text = re.sub(r"\\(.)", r"\1", made.markdown)
    shown = {plain(cell) for cell in re.split(r" ?\| ?|\n", text)}
    missing = {cell for row in made.rows for cell in row if plain(cell) not in shown}
    assert missing == FRAMED[name]


@pytest.mark.parametrize(("name", "project"), FORMS)
def test_blank_scores_are_computed_as_published(name: str, project: str) -> None:
    """What the rules give is what was typed, but for the scores that broke them."""
    given = projects_of(name)[project]
    blank = [{**fields, "得分": None} for fields in given.indicators]
    fields = {**given.fields, "自评得分": None, "自评等级": None}
    computed = scored(name, replace(given, indicators=tuple(blank), fields=fields))
    found = {}
    for ours, typed in zip(computed.rows, given.indicators, strict=True):
        assert isinstance(ours["得分"], Figure), ours
        if ours["得分"].value != typed["得分"].value:
            found[typed["三级指标"]] = str(ours["得分"].value)
    assert found == BROKEN.get(project, {})


@pytest.mark.parametrize(("name", "project"), FORMS)
def test_total_and_grade_follow_the_printed_scores(name: str, project: str) -> None:
    given = projects_of(name)[project]
    fields = {**given.fields, "自评得分": None, "自评等级": None}
    computed = scored(name, replace(given, fields=fields))
    assert isinstance(computed.printed_total, Figure)
    total, grade = SHORT.get(project, (given.fields["自评得分"].value, given.fields["自评等级"]))
    assert (computed.printed_total.value, computed.printed_grade) == (total, grade)
