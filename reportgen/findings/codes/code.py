"""What a code of a finding stands for, in the words of ``reportgen explain``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A code: its title, why it matters, an example with its message, and the repair.

    Errors that the program itself reports are no matter of opinion; only those of a
    ``waivable`` code, and those of a bundle's own rules, may be waived with a reason.
    """

    title: str
    why: str = ""
    example: str = ""
    repair: str = ""
    waivable: bool = False
