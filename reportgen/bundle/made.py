"""Profiles, derivations and reconciliations, made of what the files of a bundle say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reportgen.bundle.merge import Layered
from reportgen.bundle.profiles import profile
from reportgen.bundle.rule_texts import filled
from reportgen.bundle.schema import DerivationEntry, RulesFile, TablesFile
from reportgen.findings import Place, Severity
from reportgen.model import BUDGET, Profile
from reportgen.model.names import fold_digits
from reportgen.narrative.numerals import chinese
from reportgen.rules.derivation import Derivation
from reportgen.rules.lacking import Reconciliation

_DIGITS, _NUMERAL = re.compile(r"\d{1,6}"), re.compile("[一二三四五六七八九十]+")
_LAST = 100
_SPELT = {chinese(number): number for number in range(1, _LAST)}


def profiles_of(tables: TablesFile, order: Sequence[str]) -> tuple[Profile, ...]:
    """The tables as they are printed: in the bundle's order, or else in that of their numbers."""
    if order:
        return tuple(profile(name, tables.root[name]) for name in order)
    profiles = [profile(name, entry) for name, entry in tables.root.items()]
    return tuple(sorted(profiles, key=lambda found: _rank(found.number)))


def _rank(number: str) -> tuple[int, int, str]:
    """Where a table stands by its number, 公开10表 or 附表十; one without any is last."""
    digits = _DIGITS.search(fold_digits(number))
    numeral = _NUMERAL.search(number)
    spelt = _SPELT.get(numeral[0], _LAST) if numeral else _LAST
    return int(digits[0]) if digits else spelt, len(number), number


def derivations_of(rules: RulesFile, layered: Layered) -> list[Derivation]:
    """The derived figures, each with the line that says it."""
    found = []
    for name, given_entry in rules.derivations.items():
        place = layered.place(("派生", name))
        entry = _full_entry(given_entry)
        relations = {
            "上年": entry.last_year,
            BUDGET: entry.budget,
            "年初预算": entry.initial_budget,
            "全年预算": entry.full_budget,
        }
        given = {key: source for key, source in relations.items() if source}
        found.append(Derivation(name, entry.expression, place, entry.shown, given))
    return found


def _full_entry(entry: str | DerivationEntry) -> DerivationEntry:
    return DerivationEntry.model_validate({"式": entry}) if isinstance(entry, str) else entry


def reconciliations_of(
    rules: RulesFile, layered: Layered, numbers: Mapping[str, str]
) -> list[Reconciliation]:
    """The rules, each with the line that says it; their texts call tables by their numbers."""
    entries = {code: filled(entry, numbers) for code, entry in rules.reconciliations.items()}
    return [
        Reconciliation(
            code=code,
            title=entry.title,
            severity=Severity(entry.severity),
            condition=entry.condition,
            place=layered.place(("勾稽", code)) if layered.layers else Place("rules.yaml"),
            rows=entry.rows,
            when=entry.when,
            hint=entry.hint,
            why=entry.why,
            example=entry.example,
        )
        for code, entry in entries.items()
    ]
