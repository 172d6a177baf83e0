"""The texts of rules: {表06} stands for the number that the bundle prints on its own table."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reportgen.bundle.crosscheck import check_pattern
from reportgen.bundle.fitting import first_text
from reportgen.bundle.merge import Layered
from reportgen.bundle.schema import ReconciliationEntry, RulesFile, TablesFile
from reportgen.findings import Findings
from reportgen.narrative.phrases import fill

_TEXTS = {"标题": "title", "说明": "why", "例": "example", "处理": "hint"}


def numbers_of(tables: TablesFile, removed: Collection[str], layered: Layered) -> dict[str, str]:
    """What is printed on each table; one that was taken out has the number of the parents'."""
    found = {name: _parents_number(name, layered) or name for name in removed}
    for name, entry in tables.root.items():
        found[name] = entry.number or first_text(entry.title)
    return found


def _parents_number(name: str, layered: Layered) -> str:
    entries = (document.data.get(name) for document in layered.layers)
    numbers = (entry.get("编号") for entry in entries if isinstance(entry, Mapping))
    return next((str(number) for number in numbers if number), "")


def check_rule_texts(
    rules: RulesFile, numbers: Mapping[str, str], layered: Layered, findings: Findings
) -> None:
    """Every {slot} in the texts of a rule is a table of the bundle."""
    for code, entry in rules.reconciliations.items():
        for key, field in _TEXTS.items():
            path = ("勾稽", code, key)
            check_pattern(getattr(entry, field), numbers, path, layered, findings)


def filled(entry: ReconciliationEntry, numbers: Mapping[str, str]) -> ReconciliationEntry:
    """The rule as it is told, its tables called by their numbers."""
    texts = {field: fill(getattr(entry, field), numbers) for field in _TEXTS.values()}
    return entry.model_copy(update=texts)
