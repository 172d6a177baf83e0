"""What a run came to, in numbers and in the first faults of each severity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.batch.kind import FORMS, Kind
from reportgen.batch.outcome import Status
from reportgen.findings import Findings, Severity

SHOWN = 50
"""Faults of a severity that are kept for the terminal; 检查结果.xlsx has them all."""
RESULTS = "内部/检查结果.xlsx"
FoundRecord = Mapping[str, str]


@dataclass
class Tally:
    """Projects by status, and faults by severity.

    ``findings`` are those of no single project, ``kept`` how many projects an earlier run had
    done; ``told`` is a line for each report.
    """

    findings: Findings
    statuses: Counter[Status] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, FoundRecord]] = field(default_factory=list)
    kind: Kind = FORMS
    told: list[str] = field(default_factory=list)
    kept: int = 0
    has_begun: bool = False
    is_complete: bool = False

    def add(self, name: str, status: Status, found: Sequence[FoundRecord]) -> None:
        """Count a project; a report gets its line: 某局：失败，错误3项，见内部/检查结果.xlsx。"""
        self.statuses[status] += 1
        if not self.kind.is_told:
            return
        levels = Counter(record["级别"] for record in found)
        worse = [level for level in (Severity.ERROR, Severity.WARNING) if levels[level]]
        parts = [str(status)] if status is not Status.WARNED else []
        parts += [f"{level}{levels[level]}项" for level in worse]
        where = f"，见{RESULTS}" if worse else ""
        self.told.append(f"{name}：{'，'.join(parts)}{where}")

    def count(self, project: str, found: FoundRecord) -> None:
        """Count a fault of a project; the first ones are kept as they are."""
        self.severities[found["级别"]] += 1
        if found["级别"] != Severity.NOTE and self.severities[found["级别"]] <= SHOWN:
            self.faults.append((project, found))

    @property
    def has_errors(self) -> bool:
        """Whether a project failed, or something is wrong with the whole."""
        return bool(self.statuses[Status.FAILED]) or self.findings.has_errors

    @property
    def has_warnings(self) -> bool:
        """Whether a reader would ask about anything."""
        return bool(self.severities[Severity.WARNING] or self.findings.count(Severity.WARNING))

    @property
    def unshown(self) -> int:
        """How many errors and warnings stand in 检查结果.xlsx only."""
        worse = self.severities[Severity.ERROR] + self.severities[Severity.WARNING]
        return worse - len(self.faults)

    def said(self) -> str:
        """One line: 共40个项目：成功35，警告3，失败2。 共3份报告：成功3，失败0。"""
        named = [status for status in Status if self.statuses[status]]
        parts = [f"{status}{self.statuses[status]}" for status in named]
        if not any(status is Status.FAILED for status in named):
            parts.append("失败0")
        total, unit = sum(self.statuses.values()), self.kind.unit
        kept = f"，其中{self.kept}{unit}上次已做好" if self.kept else ""
        return f"共{total}{unit}{self.kind.word}：{'，'.join(parts)}{kept}。"
