"""Terms: the names that a document explains, and what each means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A name with its explanation."""

    name: str
    text: str

    def lookup(self, name: str) -> object:
        """What a template reaches through ``.name``; KeyError for an unknown name."""
        return {"名称": self.name, "解释": self.text}[name]

    def names(self) -> tuple[str, ...]:
        """The names that ``lookup`` knows."""
        return ("名称", "解释")
