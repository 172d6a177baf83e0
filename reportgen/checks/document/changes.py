"""What an editor can do to figures: change them, take them out, write new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportgen.checks.document.tokens import Token
from reportgen.checks.document.units import Unit


@dataclass(frozen=True)
class Changed:
    """A figure that says something else; ``number`` is its citation's, 0 or less for others."""

    number: int
    was: str
    now: str
    spot: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Removed:
    """Pieces that are gone: whole ``units``, or a part of one."""

    tokens: Sequence[Token]
    units: Sequence[Unit]
    headings: tuple[str, ...]

    @property
    def numerals(self) -> list[Token]:
        """The numerals that are gone with them."""
        return [token for token in self.tokens if token.is_numeral]


@dataclass(frozen=True)
class Added:
    """New pieces that hold numerals."""

    tokens: Sequence[Token]
    headings: tuple[str, ...]


@dataclass
class Edits:
    """All that was edited; ``kept`` and ``total`` count the pieces of the document as printed."""

    changed: list[Changed] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    rewritten: int = 0
    respelt: int = 0
    out_of_order: set[int] = field(default_factory=set)
    kept: int = 0
    total: int = 0
