"""scoring.yaml as a bundle writes it: what its schema alone can't see."""

from __future__ import annotations

from reportgen.bundle.merge import Layered
from reportgen.findings import Findings
from reportgen.rules.scoring import ScoringSettings


def check_scoring(settings: ScoringSettings, layered: Layered, findings: Findings) -> None:
    """Grades fall down to 0, and what is reached has more than what is partly reached."""
    starts = [grade.least for grade in settings.grades]
    if starts != sorted(set(starts), reverse=True) or starts[-1] != 0:
        message = "“等级”的起点没有从高到低写到0。"
        hint = "请从最高一级写起，最后一级的起点写0。"
        findings.error("C104", layered.place(("等级",)), message, hint)
    high, low = settings.words.floors
    if not low < high <= 1:
        message = f"“下限”写的是{settings.words.bounds[0]}、{settings.words.bounds[1]}，顺序不对。"
        hint = "请先写达成的下限，再写部分达成的下限，都不高于100%。"
        findings.error("C104", layered.place(("定性", "下限")), message, hint)
