"""Sentence cases: the documents of tests/cases, read and compared word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.bundle.crosscheck import check_slots
from reportgen.bundle.merge import Layered, merge
from reportgen.findings import Findings, Place
from reportgen.language import PAGE, Page, ReportEnvironment
from reportgen.language.marks import strip
from reportgen.model import (
    NEW_UNIT,
    NOT_APPLICABLE,
    RELATIONS,
    UNITS,
    Absent,
    Figure,
    Kind,
    Row,
    Table,
    Value,
)
from reportgen.narrative import WORDING, Wording, narrative_environment
from reportgen.pipeline.inputs import _ended
from reportgen.rules import FUNCTIONS, Derivation, Relations, derive
from reportgen.sources.figures import Unit
from reportgen.sources.numerals import parse_number
from reportgen.sources.yaml import Document

FOLDER = Path(__file__).parent / "cases"
BUNDLE = "final-accounts/shanxi-2022"
OWN_WORDING = "默认"
SETTINGS = "写法"
TEXTS = ("上年原因", "年初预算原因", "全年预算原因", "预算原因", "用途")
KEYS = {"数", "单位", "称", *RELATIONS, *TEXTS}
CHECKS, CELLS = "检查：", "出处："


@dataclass
class Case:
    """One case as written: where it stands, its four parts, and what else it expects.

    ``settings`` are those that the file gives for all the cases below them.
    """

    file: str
    line: int
    title: str
    data: str = ""
    template: str = ""
    sentence: str = ""
    settings: str = ""
    codes: list[str] = field(default_factory=list)
    cells: list[str] | None = None


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a file: title, then data, template and sentence between dots.

    A title that begins with 写法 has one part: wording for the cases that follow.
    """
    case: Case | None = None
    parts: list[list[str]] = []
    settings = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if case is None:
            if line.strip() and not line.startswith("#"):
                assert line != ".", f"{path.name}:{number} 这一行之前没有标题"
                case, parts = Case(path.name, number, line.strip(), settings=settings), []
        elif line == ".":
            parts.append([])
            if case.title.startswith(SETTINGS) and len(parts) == 2:
                case, settings = None, "\n".join(parts[0])
            elif len(parts) == 4:
                yield _finished(case, parts)
                case = None
        else:
            assert parts, f"{path.name}:{number} 标题只写一行，下一行是单独的“.”"
            parts[-1].append(line)
    assert case is None, f"{path.name}:{case.line if case else 0} 用例没有写完"


def _finished(case: Case, parts: list[list[str]]) -> Case:
    case.data, case.template = "\n".join(parts[0]), "\n".join(parts[1])
    sentence = parts[2]
    while sentence and sentence[-1].startswith((CHECKS, CELLS)):
        last = sentence.pop()
        names = last.partition("：")[2].split("、")
        if last.startswith(CHECKS):
            case.codes = names
        else:
            case.cells = names
    case.sentence = "\n".join(sentence)
    return case


def load(case: Case) -> tuple[dict[str, Any], dict[str, Any]]:
    """The case's data with every scalar as text, and the same with YAML's own types."""
    plain = YAML(typ="base", pure=True).load(case.data) or {}
    typed = YAML(typ="safe", pure=True).load(case.data) or {}
    return plain, typed


@cache
def bundle(name: str) -> Bundle:
    findings = Findings()
    found = load_bundle(name, search_path(), findings)
    assert found is not None, [str(finding) for finding in findings]
    return found


def wording(case: Case, typed: Mapping[str, Any]) -> Wording:
    """The wording of the case's bundle or file, with its own settings over it."""
    given = YAML(typ="safe", pure=True).load(case.settings) or {}
    name = typed.get("模板", given.pop("模板", OWN_WORDING if case.settings else BUNDLE))
    base = Wording() if name == OWN_WORDING else bundle(name).wording
    settings = base.model_dump(by_alias=True, exclude_unset=True)
    return Wording.model_validate(merge(merge(settings, given), typed.get("写法", {})))


def figure(name: str, given: Any, unit: str, file: str) -> Value:
    """A figure from ``{数: …, 上年: …}``, or from a number alone."""
    entry = given if isinstance(given, Mapping) else {"数": given}
    assert entry.keys() <= KEYS, f"{name} 不认识的项：{sorted(entry.keys() - KEYS)}"
    unit = entry.get("单位", unit)
    shown = entry.get("称", name)
    if "数" not in entry:
        return Absent(shown)
    if entry["数"] == NOT_APPLICABLE:
        return Absent(shown, NOT_APPLICABLE)
    number = parse_number(entry["数"])
    assert number is not None, f"{name} 的数不是数字：{entry['数']}"
    amount = unit in UNITS
    stated = Unit(unit, Kind.AMOUNT if amount else Kind.SCORE if unit == "分" else Kind.COUNT)
    relations = {
        key: related(name, key, entry[key], unit, file) for key in RELATIONS if key in entry
    }
    return Figure(
        name=shown,
        value=number * stated.scale,
        kind=stated.kind,
        slack=stated.slack,
        places=(Place.inside(file, name),),
        relations=relations,
        texts={key: _ended(entry[key]) for key in TEXTS if key in entry},
    )


def related(owner: str, key: str, given: Any, unit: str, file: str) -> Value:
    """A related figure: a number in the figure's unit, ``{数, 单位}``, or 新设单位."""
    if given == "新设单位":
        return Absent(owner, NEW_UNIT)
    found = figure(f"{owner}.{key}", given, unit, file)
    return replace(found, name=f"{owner}的{key}数") if isinstance(found, Figure) else found


def table(rows: Mapping[str, Any], file: str) -> Table:
    """表05 with a row for each ``编码 名称``."""
    profile = next(found for found in bundle(BUNDLE).profiles if found.name == "表05")
    block = profile.blocks[0]
    made = []
    for title, given in rows.items():
        code, _, label = title.partition(" ")
        first = figure(label or code, given, "元", file)
        rest = {
            column.key: Figure(f"{label}{column.leaf}", Decimal(0)) for column in block.values[1:]
        }
        cells = {block.values[0].key: first, **rest}
        uses = {"用途": _ended(given["用途"])} if "用途" in given else {}
        made.append(Row(profile, block, code, label or code, cells, texts=uses))
    return Table(profile, tuple(made), Place(file))


def value(name: str, given: Any, file: str) -> Any:
    """What a name of the data stands for: a figure, a text, a list or a record."""
    if isinstance(given, list):
        return given
    if isinstance(given, str) and parse_number(given) is None:
        return given
    return figure(name, given, "元", file)


def years(data: Mapping[str, Any]) -> dict[str, int]:
    """The year of the case and the one before."""
    year = int(data.get("年度", 2022))
    return {"年度": year, "上年度": year - 1}


def context(data: Mapping[str, Any], case: Case, findings: Findings) -> dict[str, Any]:
    """The names of the case, of expressions and of every report."""
    names: dict[str, Any] = {**dict.fromkeys(RELATIONS), **FUNCTIONS, **years(data)}
    names |= {relation: relation for relation in RELATIONS}
    for name, given in data.items():
        if name == "科目":
            names["表05"] = table(given, case.file)
        elif name not in ("写法", "模板", "派生", "年度"):
            names[name] = value(name, given, case.file)
    place = Place.line(case.file, case.line)
    derivations = [Derivation(n, source, place) for n, source in data.get("派生", {}).items()]
    return {**names, **derive(derivations, names, Relations(), environment(), findings)}


def environment() -> ReportEnvironment:
    return narrative_environment(str)


ALL = [
    case
    for path in sorted([*FOLDER.glob("*.md"), *(FOLDER / "provinces").glob("*.md")])
    if path.name != "README.md"
    for case in read_cases(path)
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
        settings = YAML(typ="rt").load(case.settings) or {}
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
