"""What is asked of the pipeline, and what it has when it stops at a gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any

from reportgen.bundle import Bundle
from reportgen.findings import Findings, Waiver
from reportgen.language import Page
from reportgen.narrative import Section
from reportgen.sources.settings import Settings


class Gate(IntEnum):
    """How far to go."""

    DATA = 1
    TEMPLATE = 2
    NARRATIVE = 3


@dataclass(frozen=True)
class Job:
    """A report folder, and where bundles are looked for first."""

    folder: Path
    templates: Path | None = None


@dataclass
class Prepared:
    """Everything known up to a gate; ``findings`` are complete so far."""

    job: Job
    findings: Findings = field(default_factory=Findings)
    waivers: list[Waiver] = field(default_factory=list)
    settings: Settings | None = None
    bundle: Bundle | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    page: Page | None = None
    sections: Mapping[str, Section] = field(default_factory=dict)

    @property
    def judged(self) -> Findings:
        """The findings with waivers applied."""
        return self.findings.waived(self.waivers)
