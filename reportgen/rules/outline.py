"""What a document must hold, as a bundle's outline.yaml says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.findings import Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that must stand in the narrative, and what must be said below it.

    ``text`` may hold {slots}. ``figures`` are vocabulary names whose amounts or counts must be
    printed, ``phrases`` texts that must stand there. ``when`` and ``each`` are expressions: the
    heading is asked for only then, and once for each item (whose fields fill the slots);
    ``listed`` is one whose items must be named. Where ``table`` is empty, ``empty`` must be said
    instead of the figures.
    """

    text: str
    place: Place
    figures: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    table: str = ""
    empty: str = ""
    when: str = ""
    each: str = ""
    listed: str = ""
    bare: bool = False
    below: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Forms:
    """What published projects and their indicators must say.

    ``required`` fields may not be empty, ``substantial`` ones not 无 either; ``deviation`` is
    the column that is asked for where an indicator's score is below its weight.
    """

    required: tuple[str, ...] = ()
    substantial: tuple[str, ...] = ()
    indicator: tuple[str, ...] = ()
    deviation: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a document: headings by section, what layouts print, the forms."""

    sections: Mapping[str, tuple[Heading, ...]] = field(default_factory=dict)
    layouts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forms: Forms = field(default_factory=Forms)
    empty_tables: bool = False
