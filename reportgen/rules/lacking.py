"""What a reconciliation asks for and nobody has: a slip of the rule, or a row that is not there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportgen.findings import Findings, Place, Severity, nearest
from reportgen.language import Unknown
from reportgen.model import DROPPED, NO_TABLE, NOT_GIVEN, Absent, Blank, Figure, Project, Row, Table

_NAMED = 3  # what is missing for one and the same reason; the rest is counted
_FIELD = re.compile(r"行\.(\w+)")
_UNREAD = ("D105", "D107", "D112")  # what keeps a row from being read


@dataclass(frozen=True)
class Reconciliation:
    """A condition that must hold: for every row of ``rows`` where that is given."""

    code: str
    title: str
    severity: Severity
    condition: str
    place: Place
    rows: str = ""
    when: str = ""
    hint: str = ""
    why: str = ""
    example: str = ""


@dataclass
class Lacking:
    """The unknown names that a rule met, each with the row it was asked for."""

    rule: Reconciliation
    found: list[tuple[Unknown, Any, str]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    absent: list[Absent] = field(default_factory=list)

    def add_absent(self, value: Absent | Blank) -> None:
        """Remember a side that is known to be missing: the rule can't be checked there.

        A table or a column that the bundle doesn't have is not missed.
        """
        missing = Absent(value.prompt, "没有填写") if isinstance(value, Blank) else value
        if missing.reason not in (NO_TABLE, DROPPED):
            self.absent.append(missing)

    def add(self, unknown: Unknown | None, row: Any, part: str) -> None:
        """Count a question of a ``part`` of the rule; ``unknown`` is what is not there."""
        self.asked[part] += 1
        if unknown is not None:
            self.found.append((unknown, row, part))

    def report(self, findings: Findings) -> None:
        """A name that no row has is the rule's slip; one that some rows lack is their fault."""
        rule = self.rule
        slips = [slip for part in self.asked for slip in self._slips(part)]
        if slips:
            message = f"{rule.code} 的式子“{rule.condition}”里没有“{slips[0].name}”这一行或这一栏。"
            hint = _likely(slips[0]) or "请用 templates fields 查名称。"
            findings.error("T101", rule.place, message, hint)
            return
        for unknown, row, _ in self.found:
            if not isinstance(row, Row):
                self.absent.append(Absent(f"“{unknown.name}”", "有的行没有"))
            elif row.printed and not _is_unread(unknown, findings):
                message = f"{rule.title}：{row.label}（{row.key}）：{_lack(unknown)}。"
                findings.add(rule.code, rule.severity, place_of(row, rule), message, rule.hint)

    def _slips(self, part: str) -> list[Unknown]:
        """The unknown names of a part that never had an answer."""
        found = [(unknown, row) for unknown, row, own in self.found if own == part]
        faults = [unknown for unknown, row in found if not _is_missing_row(unknown, row)]
        return faults if len(found) == self.asked[part] else []


def _likely(unknown: Unknown) -> str:
    """The nearest row, column or attribute of what was asked."""
    owner = unknown.owner
    known = list(getattr(owner, "names", tuple)())
    if isinstance(owner, Table):
        known += [column.leaf for column in owner.profile.columns]
        known += [name for row in owner.rows for name in (row.key, row.label)]
    elif isinstance(owner, Row):
        known += [column.leaf for column in owner.block.columns]
    hints = (nearest(part, known) for part in unknown.name.split("，") if part not in known)
    return next(filter(None, hints), "")


def _is_missing_row(unknown: Unknown, row: Any) -> bool:
    """Whether a table lacks the very row that the rule is asked for."""
    table = unknown.owner
    if not isinstance(row, Row) or not isinstance(table, Table):
        return False
    key = unknown.name.split("，")[0]
    return key in (row.key, row.label) and all(key not in (r.key, r.label) for r in table.rows)


def _is_unread(unknown: Unknown, findings: Findings) -> bool:
    """Whether rows of the table asked could not be read: that is a finding already."""
    table = unknown.owner
    if not isinstance(table, Table):
        return False
    sheet = (table.place.file, table.place.sheet)
    return any(f.code in _UNREAD and (f.place.file, f.place.sheet) == sheet for f in findings)


def _lack(unknown: Unknown) -> str:
    table = unknown.owner
    if isinstance(table, Table):
        return f"{table.profile.name}没有{unknown.name.split('，')[0]}"
    return f"没有“{unknown.name}”"


def note_unchecked(lacking: Sequence[Lacking], findings: Findings) -> None:
    """Which rules could not be checked, one note for each thing that is missing.

    Nothing passes without a word.
    """
    causes: dict[tuple[str, str], dict[str, Place]] = {}
    for one in lacking:
        for absent in one.absent:
            rules = causes.setdefault((absent.name, absent.reason), {})
            rules[f"{one.rule.code}“{one.rule.title}”"] = one.rule.place
    grouped: dict[tuple[str, str], tuple[list[str], Place]] = {}
    _note_not_given(causes, findings)
    for (name, reason), rules in causes.items():
        if reason == NOT_GIVEN:
            continue
        key = (reason, "、".join(rules))
        grouped.setdefault(key, ([], next(iter(rules.values()))))[0].append(name)
    for (reason, listed), (names, place) in grouped.items():
        more = f"等{len(names)}项" if len(names) > _NAMED else ""
        message = f"缺少{'、'.join(names[:_NAMED])}{more}（{reason}），没有核对：{listed}。"
        findings.note("D200", place, message, "补上以后再检查。")


def _note_not_given(
    causes: Mapping[tuple[str, str], Mapping[str, Place]], findings: Findings
) -> None:
    """What 本年数 does not give is told once, with the codes of all the rules that want it."""
    missing = {name: rules for (name, reason), rules in causes.items() if reason == NOT_GIVEN}
    if not missing:
        return
    codes = sorted({rule.partition("“")[0] for rules in missing.values() for rule in rules})
    names = "、".join(list(missing)[:_NAMED])
    message = f"{NOT_GIVEN}{names}等{len(missing)}项，没有核对：{'、'.join(codes)}。"
    place = next(iter(next(iter(missing.values())).values()))
    findings.note("D200", place, message, "这些数有的，写进“本年数”；没有的，不必处理。")


def place_of(row: Any, rule: Reconciliation) -> Place:
    """Where a row stands: its own place, that of its first figure, or else the rule's."""
    if isinstance(row, Project) and row.row:
        asked = (name for name in _FIELD.findall(rule.condition) if name in row.row.letters)
        return row.row.place(next(asked, "项目名称"))
    own = getattr(row, "place", None)
    figures = row.figures if isinstance(row, Row) else row.values() if isinstance(row, dict) else ()
    places = (place for figure in figures if isinstance(figure, Figure) for place in figure.places)
    return own or next(places, rule.place)
