"""What stands in a sentence case, as a report has it: figures, tables, wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.bundle.merge import merge
from reportgen.findings import Findings, Place
from reportgen.language import ReportEnvironment
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
from reportgen.narrative import Wording, narrative_environment
from reportgen.pipeline.inputs import _ended
from reportgen.rules.derivation import Derivation
from reportgen.rules.derive import derive
from reportgen.rules.functions import FUNCTIONS
from reportgen.rules.relate import Relations
from reportgen.sources.figures import Unit
from reportgen.sources.numerals import parse_number
from tests.case_files import ALL, Case

BUNDLE = "final-accounts/shanxi-2022"
OWN_WORDING = "默认"
TEXTS = ("上年原因", "年初预算原因", "全年预算原因", "预算原因", "用途")
KEYS = {"数", "单位", "称", *RELATIONS, *TEXTS}


def load(case: Case) -> tuple[dict[str, Any], dict[str, Any]]:
    """The case's data with every scalar as text, and the same with YAML's own types."""
    read: list[dict[str, Any]] = []
    for kind in ("base", "safe"):
        texts = (case.shared, case.data)
        shared, own = (YAML(typ=kind, pure=True).load(text) or {} for text in texts)
        read.append({**shared, **own})
    return read[0], read[1]


def settings_of(case: Case) -> dict[str, Any]:
    """The wording that the file gives; ``同`` takes that of another file."""
    given: dict[str, Any] = YAML(typ="safe", pure=True).load(case.settings) or {}
    if "同" in given:
        given = settings_of(next(other for other in ALL if other.file == given["同"]))
    return given


@cache
def bundle(name: str) -> Bundle:
    findings = Findings()
    found = load_bundle(name, search_path(), findings)
    assert found is not None, [str(finding) for finding in findings]
    return found


def wording(case: Case, typed: Mapping[str, Any]) -> Wording:
    """The wording of the case's bundle or file, with its own settings over it."""
    given = settings_of(case)
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
