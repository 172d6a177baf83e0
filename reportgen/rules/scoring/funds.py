"""One line of a project's funds with its own 执行率, as forms print it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reportgen.findings import Findings
from reportgen.model import Absent, Figure, Fund, Project, Value
from reportgen.rules.scoring.execution import BUDGET, POINTS, RATE, SPENT, Execution, execution
from reportgen.rules.scoring.settings import ScoringSettings

UNSPENT = "资金结转结余"
COMPUTED_OF_FUNDS = (RATE, POINTS, UNSPENT)
"""What a line of funds has beside the amounts in its cells."""
_WHOLE = "年度资金总额"


def unspent(fund: Fund | None) -> Value:
    """资金结转结余: what is left of the whole year's budget; absent where an amount is missing."""
    amounts = fund.amounts if fund else {}
    budget, spent = amounts.get(BUDGET), amounts.get(SPENT)
    if isinstance(budget, Figure) and isinstance(spent, Figure):
        return budget - spent
    return Absent(UNSPENT)


@dataclass(frozen=True)
class ScoredFund(Fund):
    """A source of funds; its 执行率 and the points for it are computed when they are asked for."""

    settings: ScoringSettings

    @cached_property
    def done(self) -> Execution:
        """The execution of this source alone; findings are told of the whole year's funds."""
        alone = Project(self.source, {}, (Fund(_WHOLE, self.amounts),))
        return execution(alone, self.settings, Findings())

    @cached_property
    def unspent(self) -> Value:
        """资金结转结余 of this source."""
        return unspent(self)

    def lookup(self, name: str) -> object:
        """What a template reaches through ``.name``; KeyError for an unknown name."""
        if name == RATE:
            return self.done.rate
        if name == POINTS:
            return self.done.points
        return self.unspent if name == UNSPENT else super().lookup(name)

    def names(self) -> tuple[str, ...]:
        """The names that ``lookup`` knows."""
        return (*super().names(), *COMPUTED_OF_FUNDS)
