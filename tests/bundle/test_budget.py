"""预算口径: which budget a document speaks of, in derivations, notes, sentences and reasons."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen.findings import Place
from reportgen.language import PAGE, Page
from reportgen.language.marks import strip
from reportgen.model import Figure
from reportgen.narrative import WORDING, narrative_environment
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.prepare import prepare

EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022"
KINDS = ("年初预算", "全年预算")


def _prepared(folder: Path, line: str) -> Prepared:
    for name in ("report.yaml", "决算表.xlsx", "补充数据.xlsx"):
        shutil.copy(EXAMPLE / name, folder)
    settings = folder / "report.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + line, encoding="utf-8")
    return prepare(Job(folder), Gate.DATA)


@pytest.fixture(scope="module", params=KINDS)
def budget(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def prepared(budget: str, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return _prepared(tmp_path_factory.mktemp("预算"), f"预算口径: {budget}\n")


def test_the_related_budget_is_of_that_kind(prepared: Prepared, budget: str) -> None:
    figure = prepared.context["三公经费"]
    other = next(kind for kind in KINDS if kind != budget)
    assert isinstance(figure.relations[budget], Figure)
    assert other not in figure.relations


def test_the_note_says_which_budget(prepared: Prepared, budget: str) -> None:
    assert f"“三公”经费{budget}数" in prepared.context["表07"].lookup("注")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 预算口径 }}", "{口径}"),
        ("{{ 三公经费.预算|金额 }}", "71,000.00元"),
        ("{{ 三公经费|完成(预算) }}", "完成{口径}的28.57%"),
        ("{{ 三公经费|完成('预算') }}", "完成{口径}的28.57%"),
        ("{% macro 句(数) %}{{ 数.预算|金额 }}{% endmacro %}{{ 句(三公经费) }}", "71,000.00元"),
        (
            "{{ 三公经费|原因(预算, 引语='，因') }}",
            "，因【待填写：三公经费与{口径}数相比变动的原因】",
        ),
        ("{{ 三公经费.预算原因 }}", "【待填写：三公经费与{口径}数相比变动的原因】"),
    ],
)
def test_sentences_speak_of_it(prepared: Prepared, budget: str, source: str, expected: str) -> None:
    assert prepared.bundle
    names = {**prepared.context, PAGE: Page(Place("甲")), WORDING: prepared.bundle.wording}
    text = strip(narrative_environment().from_string(source).render(names))
    assert text.replace("“三公”经费", "三公经费") == expected.replace("{口径}", budget)
