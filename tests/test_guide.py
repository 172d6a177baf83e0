"""The authors' guide names every filter, test and wording setting there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from reportgen.bundle.outline import FormsEntry, HeadingEntry, OutlineFile
from reportgen.bundle.texts import TextsFile
from reportgen.narrative import FILTERS, TESTS, Wording
from reportgen.narrative.charts import CHART_FUNCTION
from reportgen.narrative.help import FILTER_HELP, FUNCTION_HELP, TEST_HELP
from reportgen.rules import FUNCTIONS

GUIDE = (Path(__file__).parents[1] / "templates" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted([*FILTERS, "表格"]))
def test_filters_are_explained(name: str) -> None:
    assert f"|{name}" in GUIDE


@pytest.mark.parametrize("name", sorted(TESTS))
def test_tests_are_explained(name: str) -> None:
    assert f"is {name}" in GUIDE


@pytest.mark.parametrize("name", sorted(f.alias or n for n, f in Wording.model_fields.items()))
def test_wording_settings_are_explained(name: str) -> None:
    assert name in GUIDE


@pytest.mark.parametrize("model", [OutlineFile, HeadingEntry, FormsEntry, TextsFile])
def test_settings_of_outline_and_texts_are_explained(model: type[BaseModel]) -> None:
    names = [field.alias or name for name, field in model.model_fields.items()]
    assert [name for name in names if name not in GUIDE] == []


def test_templates_fields_tells_of_everything() -> None:
    assert FILTER_HELP.keys() == {*FILTERS, "表格"}
    assert TEST_HELP.keys() == TESTS.keys()
    assert FUNCTION_HELP.keys() == {*FUNCTIONS, CHART_FUNCTION}
