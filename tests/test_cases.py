"""Sentence cases: the documents of tests/cases, read and compared word by word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.bundle.crosscheck import check_slots
from reportgen.bundle.merge import Layered, merge
from reportgen.findings import Findings, Place
from reportgen.language import PAGE, Page
from reportgen.language.marks import strip
from reportgen.narrative import WORDING, Wording
from reportgen.sources.yaml import Document
from tests.case_data import bundle, context, environment, load, settings_of, wording
from tests.case_files import ALL, FILES, FOLDER, Case

GUIDE = (FOLDER / "README.md").read_text(encoding="utf-8")
INDEX = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GUIDE.partition("| 句子里的话 |")[2].partition("\n\n")[0].splitlines()[2:]
]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.file}:{case.line} {case.title}") for case in ALL]
)
def test_sentence(case: Case) -> None:
    data, typed = load(case)
    page = Page(Place.line(case.file, case.line))
    names = {**context(data, case, page.findings), PAGE: page, WORDING: wording(case, typed)}
    text = strip(environment().from_string(case.template).render(names))
    where = f"{case.file}:{case.line} {case.title}"
    assert text == case.sentence, where
    codes = sorted(f"{found.severity} {found.code}" for found in page.findings)
    assert codes == sorted(case.codes), (where, [str(finding) for finding in page.findings])
    if case.cells is not None:
        assert cited(page) == case.cells, where


def cited(page: Page) -> list[str]:
    """The names of the data behind the printed figures, in order."""
    return [
        place.spot
        for citation in page.citations
        for f in citation.figures
        for place in f.places
        if place.spot
    ]


def test_settings_can_be_copied_into_wording_yaml() -> None:
    """What cases set is found sound where a bundle is loaded."""
    given = {case.settings: case for case in ALL}
    own = {str(load(case)[1].get("写法", "")): case for case in ALL}
    assert len(given) > 10
    for case in (*given.values(), *own.values()):
        settings = settings_of(case)
        settings.pop("模板", None)
        settings = merge(settings, load(case)[1].get("写法", {}))
        findings = Findings()
        layered = Layered.of("wording.yaml", [Document("wording.yaml", settings)])
        check_slots(layered, Layered.of("bundle.yaml", []), findings)
        assert not len(findings), (case.file, case.title, [str(found) for found in findings])


def test_the_common_wording_is_what_the_program_says_by_itself() -> None:
    """Settings of a file stand over the program's own: they are those of a new bundle too."""
    assert bundle("final-accounts/common").wording == Wording()


def test_titles_are_unique_within_a_file() -> None:
    titles = [(case.file, case.title) for case in ALL]
    assert len(titles) == len(set(titles))
    assert len(titles) > 100


@pytest.mark.parametrize(
    ("words", "file"), [(row[0], file) for row in INDEX for file in row[2].split("、")]
)
def test_the_index_leads_to_a_case(words: str, file: str) -> None:
    pieces = [re.escape(piece) for piece in re.sub(r"（不留小数）", "", words).split("……")]
    wanted = re.compile(".*".join(pieces), re.DOTALL)
    assert any(wanted.search(case.sentence) for case in ALL if case.file == Path(file).name)


def test_the_index_names_every_file() -> None:
    assert len(INDEX) > 70
    assert [path.name for path in FILES if path.name not in GUIDE] == []
