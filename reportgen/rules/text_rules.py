"""How users' texts are checked, as a bundle's texts.yaml says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.findings import Severity


@dataclass(frozen=True, slots=True)
class TextRules:
    """The text rules of a bundle.

    ``levels`` give a code another severity, or ``None`` to switch it off. ``leftovers`` are
    phrases that are never finished text, ``fillers`` texts that say nothing when they stand
    alone, ``none`` the ways to say 无. ``allowed`` phrases are passed over by every rule.
    ``project_amounts`` are the words for a project's amounts, with the columns they may mean.
    """

    levels: Mapping[str, Severity | None] = field(default_factory=dict)
    leftovers: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    years: tuple[int, ...] = (0, -1)
    amount_words: tuple[str, ...] = ()
    amount_leads: tuple[str, ...] = ()
    change_words: tuple[str, ...] = ()
    unit_words: tuple[str, ...] = ()
    year_words: tuple[str, ...] = ()
    project_amounts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mail_domains: tuple[str, ...] = ()
