"""What users are asked for: relations by subject, texts by heading, choices of lists."""

from __future__ import annotations

from dataclasses import dataclass, field

THIS_YEAR = "本年"
Subject = tuple[str, ...]
"""(name,), (table, row, column), or (table, 行) for any row of a table."""


@dataclass
class Text:
    """A text of 文字.md: the block that asks for it, and the list without which it does not.

    Without one that ``may_lack`` the narrative says something else.
    """

    block: str
    when: str = ""
    has_parts: bool = False
    may_lack: bool = False


@dataclass
class Wanted:
    """What is asked of whom: relations by subject, texts by heading, choices of lists.

    ``optional`` are lists that a template looks at before it speaks of them; ``subjects`` says
    whether it explains subjects (科目说明).
    """

    relations: dict[Subject, dict[str, None]] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    choices: dict[str, dict[str, dict[str, None]]] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)
    subjects: bool = False

    def names(self, relation: str) -> list[str]:
        """The vocabulary names that are asked for a relation, in the order of the page."""
        return [s[0] for s, asked in self.relations.items() if relation in asked and len(s) == 1]

    def cells(self, relation: str) -> list[tuple[str, str, str]]:
        """The cells of tables that are asked for it: table, row and column."""
        found = [s for s, asked in self.relations.items() if relation in asked and len(s) == 3]
        return [(table, row, column) for table, row, column in found]

    def rows(self, relation: str) -> list[str]:
        """The tables whose rows are asked for it, whichever these are."""
        return [s[0] for s, asked in self.relations.items() if relation in asked and len(s) == 2]
