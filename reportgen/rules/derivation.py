"""A derived figure as a bundle writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reportgen.findings import Place
from reportgen.model import BUDGET


@dataclass(frozen=True)
class Derivation:
    """A vocabulary name, its expression, and expressions for related figures."""

    name: str
    expression: str
    place: Place
    shown: str = ""
    relations: Mapping[str, str] = field(default_factory=dict)

    def of_budget(self, budget: str) -> Derivation:
        """With its 预算 as the budget that the report speaks of, unless that is given itself."""
        if BUDGET not in self.relations:
            return self
        others = {key: text for key, text in self.relations.items() if key != BUDGET}
        return replace(self, relations={budget: self.relations[BUDGET], **others})
