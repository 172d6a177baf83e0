"""Outcomes become findings: both sides with their cells, and the cell most likely wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.findings import Findings, Place
from reportgen.model import Table, Verdict
from reportgen.rules.outcome import Outcome
from reportgen.rules.sides import Sides, in_unit
from reportgen.rules.suspects import Suspect, suspects
from reportgen.rules.wording import shown


def report(outcomes: Sequence[Outcome], tables: Mapping[str, Table], findings: Findings) -> None:
    """A finding for every comparison that fails, and a note for every 尾差."""
    sides = Sides(tables)
    named = suspects(outcomes)
    told: set[Place] = set()
    for number, outcome in enumerate(outcomes):
        if not outcome.holds:
            hint = outcome.hint + _accusation(named.get(number, []), told)
            message = _message(outcome, sides)
            findings.add(outcome.code, outcome.severity, outcome.spot, message, hint)
        elif outcome.verdict is Verdict.ROUNDING and outcome.sign == "==":
            findings.note(outcome.code, outcome.spot, _message(outcome, sides))


_WORDS = {"==": "为", "!=": "不等于", ">": "大于", ">=": "不小于", "<": "小于", "<=": "不大于"}


def _message(outcome: Outcome, sides: Sides) -> str:
    left, right = outcome.left, outcome.right
    if not right.places and right.origin is None:  # a number written in the rule
        wanted = f"应{_WORDS[outcome.sign]}{shown(right)}"
        return f"{outcome.title}：{sides.text(left, outcome.spot)}，{wanted}。"
    rounding = "（尾差）" if outcome.holds else ""
    texts = (sides.text(left, outcome.spot), sides.text(right, outcome.spot))
    off = in_unit(abs(left.value - right.value), left, right)
    return f"{outcome.title}{rounding}：{texts[0]}，{texts[1]}，相差{off}。"


def _accusation(group: Sequence[Suspect], told: set[Place]) -> str:
    """Which cells are most likely wrong, and what would be right there; in full but once."""
    if not group:
        return ""
    if len(group) == 1 and group[0].place in told:
        return f"最可能填错的也是{group[0].place}。"
    told.update(suspect.place for suspect in group)
    said = "，或".join(_described(suspect) for suspect in group)
    count = len(group[0].settled)
    end = f"，改正后{count}项勾稽都成立。" if count > 1 else "，改正后即成立。"
    return f"最可能填错的是{said}{end}"


def _described(suspect: Suspect) -> str:
    stated = in_unit(suspect.figure.value, suspect.figure)
    right = in_unit(suspect.right, suspect.figure)
    words = f"（{suspect.likeness.words}）" if suspect.likeness.words else ""
    return f"{suspect.place}，现为{stated}，应为{right}{words}"
