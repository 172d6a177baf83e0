"""scoring.yaml as a bundle writes it: what its schema alone can't see."""

from __future__ import annotations

from reportgen.bundle.merge import Layered
from reportgen.findings import Findings
from reportgen.rules.scoring import ScoringSettings


def check_scoring(settings: ScoringSettings, layered: Layered, findings: Findings) -> None:
    """What is reached has more of the weight than what is partly reached."""
    high, low = settings.words.floors
    if not low < high <= 1:
        message = f"“下限”写的是{settings.words.bounds[0]}、{settings.words.bounds[1]}，顺序不对。"
        hint = "请先写达成的下限，再写部分达成的下限，都不高于100%。"
        findings.error("C104", layered.place(("定性", "下限")), message, hint)
