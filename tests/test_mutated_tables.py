"""One wrong cell in the ten tables is caught, and named: digits, swapped digits, signs.

By default each cell is changed in one way, the ways taking turns; ``pytest -m mutation``
changes each cell in every way.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reportgen.checks import data as data_gate
from reportgen.findings import Finding, Place, Severity
from reportgen.model import Table
from reportgen.pipeline.job import Gate, Job
from reportgen.pipeline.prepare import prepare
from reportgen.rules.outcome import Outcome

EXAMPLE = Path(__file__).parent.parent / "examples" / "jincheng-2022"
KINDS = ("digit", "swap", "sign")
Key = tuple[str, str, Severity]


@dataclass(frozen=True)
class Mutation:
    """A cell of the workbook with another number in it."""

    place: Place
    kind: str
    stated: Decimal
    wrong: Decimal


def key(finding: Finding) -> Key:
    return finding.code, f"{finding.place} {finding.message}", finding.severity


@cache
def cells() -> Mapping[Place, Decimal]:
    """Every cell of the ten tables that holds a number other than 0."""
    values = prepare(Job(EXAMPLE), Gate.DATA).context.values()
    figures = (
        f for table in values if isinstance(table, Table) for r in table.rows for f in r.figures
    )
    return {figure.places[0]: figure.value for figure in figures if figure}


def mutations(place: Place, stated: Decimal) -> dict[str, Decimal]:
    """The cell with one digit changed, with two neighbours swapped, with the other sign."""
    rng = random.Random(str(place))
    digits = list(f"{abs(stated):f}")
    spots = [index for index, sign in enumerate(digits) if sign.isdigit()]
    at = rng.choice(spots)
    changed = digits.copy()
    changed[at] = rng.choice([digit for digit in "0123456789" if digit != digits[at]])
    made = {"digit": Decimal("".join(changed)), "sign": -stated}
    pairs = [(a, b) for a, b in itertools.pairwise(spots) if digits[a] != digits[b]]
    if pairs:
        first, second = rng.choice(pairs)
        digits[first], digits[second] = digits[second], digits[first]
        made["swap"] = Decimal("".join(digits))
    return {kind: made[kind] for kind in KINDS if kind in made}


def every(turn: bool) -> Iterator[Mutation]:
    for number, (place, stated) in enumerate(cells().items()):
        made = mutations(place, stated)
        kinds = (
            [KINDS[number % 3] if KINDS[number % 3] in made else "digit"] if turn else list(made)
        )
        for kind in kinds:
            yield Mutation(place, kind, stated, made[kind])


def names(finding: Finding, place: Place) -> bool:
    """Whether a finding names this cell, by itself or within a range of its message."""
    return re.search(re.escape(str(place)) + r"(?!\d)", str(finding)) is not None


def tried(example: Any, turn: bool) -> tuple[int, list[Mutation], list[Mutation]]:
    """How many mutations; those that nobody noticed; those whose cell was not named early."""
    clean = {key(finding) for finding in example.found({})}
    count, missed, unnamed = 0, [], []
    for mutation in every(turn):
        count += 1
        found = example.found({str(mutation.place): str(mutation.wrong)})
        new = [f for f in found if key(f) not in clean and f.severity is not Severity.NOTE]
        if not new:
            missed.append(mutation)
        elif not any(names(finding, mutation.place) for finding in new[:3]):
            unnamed.append(mutation)
    return count, missed, unnamed


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(True, id="in turn"),
        pytest.param(False, id="all", marks=pytest.mark.mutation),
    ],
)
def test_a_wrong_cell_is_caught_and_named(example: Any, turn: bool) -> None:
    count, missed, unnamed = tried(example, turn)
    assert count > (250 if turn else 750)
    assert len(missed) <= count // 100, missed
    assert len(unnamed) <= count // 10, unnamed


def test_hardly_a_cell_stands_in_no_reconciliation(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Outcome] = []
    monkeypatch.setattr(data_gate, "report", lambda outcomes, *_rest: seen.extend(outcomes))
    prepare(Job(EXAMPLE), Gate.DATA)
    covered = {place for outcome in seen for place in outcome.left.places + outcome.right.places}
    alone = [str(place) for place in cells() if place not in covered]
    assert alone == []
    assert len(cells()) > 250


def test_a_mutation_changes_the_value() -> None:
    """The test would prove nothing if it changed nothing."""
    for mutation in every(turn=False):
        assert mutation.wrong != mutation.stated
    assert {mutation.kind for mutation in every(turn=True)} == set(KINDS)
