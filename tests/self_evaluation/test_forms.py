"""The forms of self-evaluation/*: every template compiles, every project has its form."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.checks.template import check_sources
from reportgen.checks.word import check_word_template
from reportgen.errors import UsageError
from reportgen.findings import Findings
from reportgen.pipeline.job import Job
from reportgen.pipeline.layouts import template_environment
from reportgen.pipeline.prepare import prepare
from reportgen.render.word.lint import compare_with_docxtpl
from tests.self_evaluation.conftest import BOOKS, bundle_of, make, names_of, projects_of

NAMES = sorted(BOOKS)
FORMS = [
    (name, one) for name in NAMES for one in projects_of(name) if projects_of(name)[one].indicators
]


@pytest.mark.parametrize("name", NAMES)
def test_the_templates_ask_for_nothing_that_is_not_there(name: str) -> None:
    bundle, findings = bundle_of(name), Findings()
    path = bundle.file("report.docx")
    assert path is not None
    environment, names = template_environment(bundle), {**names_of(name), "项目": ""}
    check_word_template(path, environment, names, findings)
    check_sources(environment, [bundle.template_name("report.md")], names, findings)
    compare_with_docxtpl(path, findings)
    assert [str(finding) for finding in findings] == []


@pytest.mark.parametrize(("name", "project"), FORMS)
def test_every_project_of_the_examples_has_its_form(name: str, project: str) -> None:
    made = make(name, projects_of(name)[project])
    assert [str(finding) for finding in made.findings] == []
    assert project in made.rows[0]
    assert project in made.markdown


def test_a_report_cannot_name_a_bundle_of_forms(tmp_path: Path) -> None:
    settings = "模板: self-evaluation/shanxi\n单位: 某局\n层级: 单位\n年度: 2022\n上年: 有\n"
    (tmp_path / "report.yaml").write_text(settings, encoding="utf-8")
    with pytest.raises(UsageError, match="reportgen batch"):
        prepare(Job(tmp_path))
