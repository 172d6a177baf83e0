"""The authors' guide names every filter, test and wording setting there is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from reportgen.bundle import load_bundle
from reportgen.bundle.outline import FormsEntry, HeadingEntry, OutlineFile
from reportgen.bundle.schema import (
    BlockEntry,
    BundleFile,
    DerivationEntry,
    ReconciliationEntry,
    RowEntry,
    SupplementEntry,
    TableEntry,
    TransfersEntry,
)
from reportgen.bundle.texts import TextsFile
from reportgen.findings import Findings
from reportgen.narrative import FILTERS, TESTS, Wording
from reportgen.narrative.charts import CHART_FUNCTION
from reportgen.narrative.forms import FORM_FUNCTION
from reportgen.narrative.help import FILTER_HELP, FUNCTION_HELP, TEST_HELP
from reportgen.rules.functions import FUNCTIONS
from reportgen.rules.scoring import METHODS, ScoringSettings
from reportgen.rules.scoring.settings import Levels
from tests.case_data import load, wording
from tests.case_files import ALL

GUIDE = (Path(__file__).parents[1] / "templates" / "README.md").read_text(encoding="utf-8")


def _rows(head: str) -> list[list[str]]:
    """The cells of a table of the guide, below its head."""
    lines = GUIDE.partition(head)[2].partition("\n\n")[0].splitlines()[2:]
    cut = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
    return [[cell.strip().replace("\\|", "|") for cell in cells] for cells in cut]


ROWS, FILTERED = _rows("| 设置 | 写成 |"), _rows("| 写法 | 印出 | 说明 |")


@pytest.mark.parametrize("name", sorted([*FILTERS, "表格"]))
def test_filters_are_explained(name: str) -> None:
    assert f"|{name}" in GUIDE


@pytest.mark.parametrize("row", [pytest.param(row, id=row[0]) for row in FILTERED if row[1]])
def test_the_example_of_a_filter_is_what_a_case_prints(row: list[str]) -> None:
    expression = "{{ " + row[0].strip("`")
    cases = [case for case in ALL if case.file == "guide.md" and expression in case.template]
    assert [row[1] in case.sentence.splitlines() for case in cases] == [True]


@pytest.mark.parametrize("name", sorted(TESTS))
def test_tests_are_explained(name: str) -> None:
    assert f"is {name}" in GUIDE


@pytest.mark.parametrize("name", sorted(f.alias or n for n, f in Wording.model_fields.items()))
def test_wording_settings_are_explained(name: str) -> None:
    assert name in GUIDE


def _settings(model: type[BaseModel], above: str = "") -> Iterator[str]:
    """The settings of a schema by their paths, but for those of charts."""
    for name, field in model.model_fields.items():
        path, kind = f"{above}{field.alias or name}", field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _settings(kind, f"{path}.")
        else:
            yield path


def test_every_setting_of_the_wording_has_an_example() -> None:
    settings = [path for path in _settings(Wording) if not path.startswith("图表.")]
    assert sorted(row[0] for row in ROWS) == sorted(settings)


def test_the_settings_of_the_guide_are_a_wording_yaml() -> None:
    shown = GUIDE.partition("## 三、写法")[2].partition("```yaml\n")[2].partition("```")[0]
    given = YAML(typ="safe", pure=True).load(shown)
    assert Wording.model_validate(given).percent.decimals == 2
    assert {*given, "图表"} == {field.alias for field in Wording.model_fields.values()} | {"图表"}


@pytest.mark.parametrize("row", [pytest.param(row, id=row[0]) for row in ROWS])
def test_the_example_is_what_a_case_with_this_setting_prints(row: list[str]) -> None:
    path, written, printed, file = row
    given = YAML(typ="safe", pure=True).load(written.strip("`"))
    sentence = re.sub(r"（按印出来的.*）", "", printed)
    cases = [case for case in ALL if case.file == file and sentence in case.sentence]
    assert cases
    found = []
    for case in cases:
        value: Any = wording(case, load(case)[1]).model_dump(by_alias=True)
        for key in path.split("."):
            value = value[key]
        found.append(value)
    assert any(_holds(value, given) for value in found), found


def _holds(value: Any, given: Any) -> bool:
    """Whether a setting is as the guide writes it; of a map, as far as the guide does."""
    if isinstance(given, Mapping):
        return all(key in value and _holds(value[key], own) for key, own in given.items())
    return bool((list(value) if isinstance(value, tuple) else value) == given)


@pytest.mark.parametrize(
    "model",
    [
        *(BundleFile, SupplementEntry, TransfersEntry),
        *(TableEntry, BlockEntry, RowEntry),
        *(DerivationEntry, ReconciliationEntry),
        *(OutlineFile, HeadingEntry, FormsEntry, TextsFile),
        *(ScoringSettings, Levels),
    ],
)
def test_settings_of_other_files_are_explained(model: type[BaseModel]) -> None:
    names = [field.alias or name for name, field in model.model_fields.items()]
    assert [name for name in names if name not in GUIDE] == []


def test_every_method_of_scoring_is_listed_with_its_formula() -> None:
    listed = _rows("| 评分方法 | 怎样算 |")
    assert listed == [[method.written, method.formula] for method in METHODS.values()]


def test_the_tables_shown_are_sound(tmp_path: Path) -> None:
    shown = re.search(r"^## 四、公开表.*?```yaml\n(.*?)```", GUIDE, re.DOTALL | re.MULTILINE)
    assert shown
    folder = tmp_path / "类" / "例"
    folder.mkdir(parents=True)
    files = {"bundle.yaml": "名称: 例\n", "tables.yaml": shown[1], "rules.yaml": "派生: {}\n"}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    findings = Findings()
    assert load_bundle("类/例", [tmp_path], findings), [*findings]


def test_templates_fields_tells_of_everything() -> None:
    assert FILTER_HELP.keys() == {*FILTERS, "表格"}
    assert TEST_HELP.keys() == TESTS.keys()
    assert FUNCTION_HELP.keys() == {*FUNCTIONS, CHART_FUNCTION, FORM_FUNCTION}
