"""What is asked of the pipeline, and what it has when it stops at a gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from reportgen.bundle import Bundle
from reportgen.findings import Findings, Severity, Waiver
from reportgen.language import Page
from reportgen.model import Passage
from reportgen.narrative import Section
from reportgen.sources.reasons import ReasonSheet
from reportgen.sources.settings import Settings

_HIDING = ("C", "D1", "T")  # errors of these kinds keep other findings from being found
_LATER = ("P", "F")  # what is found after the narrative, while files are made


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
    """Everything known up to a gate; ``findings`` are complete so far.

    ``form`` is the bundle of forms that the annexes print; ``faulty`` are the users' texts that
    a finding names already.
    """

    job: Job
    findings: Findings = field(default_factory=Findings)
    waivers: list[Waiver] = field(default_factory=list)
    settings: Settings | None = None
    bundle: Bundle | None = None
    form: Bundle | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    reasons: ReasonSheet | None = None
    page: Page | None = None
    sections: Mapping[str, Section] = field(default_factory=dict)
    faulty: tuple[Passage, ...] = ()
    secret: tuple[str, ...] = ()

    @property
    def inputs(self) -> list[Path]:
        """report.yaml and the files that it names."""
        files = self.settings.files if self.settings else None
        named = files.names() if files else ()
        return [self.job.folder / name for name in ("report.yaml", *named)]

    @property
    def template_digest(self) -> str:
        """A sha256 over every file of the bundle, and of that of its forms."""
        found = [one.digest() for one in (self.bundle, self.form) if one]
        return found[0] if len(found) == 1 else sha256("".join(found).encode()).hexdigest()

    @property
    def numerals(self) -> list[str]:
        """The phrases with numerals that templates may print: the bundle's, and its forms'."""
        bundles = [one for one in (self.bundle, self.form) if one]
        return [phrase for one in bundles for phrase in one.settings.numerals]

    @property
    def judged(self) -> Findings:
        """The findings with waivers applied, and the waivers that nothing needed."""
        findings = Findings(self.findings)
        for waiver in self._unused:
            which = "、".join(filter(None, (waiver.code, waiver.spot, waiver.difference)))
            message = f"豁免没有用到：没有“{which}”这样的问题。"
            findings.warning("C106", waiver.place, message, "请核对代码；不再需要的，请删去。")
        return findings.waived(self.waivers)

    @property
    def is_whole(self) -> bool:
        """Whether the narrative says all it should: every input read, nothing missing."""
        return self.page is not None and not any(
            finding.severity is Severity.ERROR and finding.code.startswith((*_HIDING, "N102"))
            for finding in self.findings
        )

    @property
    def _unused(self) -> list[Waiver]:
        """Waivers without a finding, once every gate was passed and all data could be read.

        What only the document gate or the writing can find is not known before it is found.
        """
        unread = any(
            finding.severity is Severity.ERROR and finding.code.startswith(_HIDING)
            for finding in self.findings
        )
        if self.page is None or unread:
            return []
        return [
            waiver
            for waiver in self.waivers
            if not waiver.code.startswith(_LATER)
            and not any(waiver.covers(finding) for finding in self.findings)
        ]
