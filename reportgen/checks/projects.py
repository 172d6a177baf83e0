"""What is asked of projects: the bundle's rules, their forms, scores and texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, Self

from reportgen.checks.completeness.forms import check_forms
from reportgen.checks.hygiene.agreement import project_amounts
from reportgen.checks.hygiene.projects import project_passages
from reportgen.checks.hygiene.report import check_texts
from reportgen.checks.scores import check_scores
from reportgen.findings import Findings
from reportgen.model import RELATIONS
from reportgen.narrative import narrative_environment, rules_environment
from reportgen.rules.functions import FUNCTIONS
from reportgen.rules.lacking import Reconciliation
from reportgen.rules.outline import Forms, Outline
from reportgen.rules.quick import QuickCheck, QuickEnvironment
from reportgen.rules.scoring import ScoredProject
from reportgen.rules.text_rules import TextRules

_EACH = ("项目", "指标")
"""The lists that a rule may go through to be one of projects (每行)."""
_SHORT, _MOST_KEPT = 32, 50_000
_SPEAKING = re.compile("[年元]")


class Rulebook(Protocol):
    """What a bundle says of projects."""

    @property
    def reconciliations(self) -> Sequence[Reconciliation]:
        """The rules of rules.yaml."""

    @property
    def outline(self) -> Outline:
        """The outline, and in it what forms must say."""

    @property
    def text_rules(self) -> TextRules:
        """How texts are checked."""


class ProjectCheck:
    """The checks of one bundle and year; it serves any number of projects."""

    def __init__(
        self, rules: Sequence[Reconciliation], forms: Forms, texts: TextRules, year: int
    ) -> None:
        self._rules = [rule for rule in rules if rule.rows.strip() in _EACH]
        self._names: Mapping[str, Any] = {
            **{relation: relation for relation in RELATIONS},
            **FUNCTIONS,
            "年度": year,
        }
        quick = narrative_environment(environment_class=QuickEnvironment)
        self._quick = QuickCheck(self._rules, quick, self._names)
        self._forms = forms
        self._texts = texts
        self._year = year
        self._clean: set[str] = set()

    @classmethod
    def of(cls, bundle: Rulebook, year: int) -> Self:
        """The checks that a bundle asks for."""
        return cls(bundle.reconciliations, bundle.outline.forms, bundle.text_rules, year)

    def check(self, projects: Sequence[ScoredProject], findings: Findings) -> None:
        """Everything about projects that have a form: rules, what is filled in, texts."""
        self._check_rules(projects, findings)
        self.check_filled(projects, findings)
        self._check_texts(projects, findings)

    def check_filled(self, projects: Sequence[ScoredProject], findings: Findings) -> None:
        """What the forms must say, and reasons for what was done far beyond its target."""
        check_forms(projects, self._forms, self._texts, findings)
        check_scores(projects, self._forms, self._texts, findings)

    def _check_rules(self, projects: Sequence[ScoredProject], findings: Findings) -> None:
        """The rules one by one, for those projects alone where they do not all surely hold."""
        holds = self._quick.holds
        doubtful = [project for project in projects if not holds(project, project.rows)]
        if doubtful:
            # what says how a rule fails is imported where one does
            from reportgen.rules.reconcile import reconcile
            from reportgen.rules.report import report

            rows = [row for project in doubtful for row in project.rows]
            context = {**self._names, "项目": doubtful, "指标": rows}
            outcomes = reconcile(self._rules, context, rules_environment(), findings)
            report(outcomes, {}, findings)

    def _check_texts(self, projects: Sequence[ScoredProject], findings: Findings) -> None:
        """The texts of projects; short ones that were clean before are passed over."""
        passages = [
            passage for project in projects for passage in project_passages(project, self._clean)
        ]
        own = {project.name: project_amounts(project, self._texts) for project in projects}
        faulty = check_texts(passages, self._texts, self._year, {}, own, findings)
        if len(self._clean) < _MOST_KEPT:
            bad = {passage.text for passage in faulty}
            texts = (passage.text for passage in passages)
            self._clean.update(text for text in texts if _is_simple(text) and text not in bad)


def _is_simple(text: str) -> bool:
    """Whether a text is short and says the same in every project: no year, and no amount."""
    return len(text) <= _SHORT and not _SPEAKING.search(text)
