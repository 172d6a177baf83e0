"""What a run is asked to do, and what its processes need to know of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from reportgen.findings import Waiver
from reportgen.version import VERSION


@dataclass(frozen=True)
class Order:
    """A run as the command line asks for it.

    ``year`` and ``unit`` are what the forms name; where they are not given, report.yaml beside
    the projects says so.
    """

    source: Path
    template: str
    out: Path
    templates: Path | None = None
    year: int | None = None
    unit: str = ""
    formats: tuple[str, ...] = ("docx",)
    jobs: int = 1
    scheduler: str = ""
    resume: bool = False
    retry_failed: bool = False
    overwrite: bool = False
    discard_edits: bool = False
    allow_errors: bool = False
    dry_run: bool = False

    @property
    def resumes(self) -> bool:
        """Whether what an earlier run made is taken over."""
        return self.resume or self.retry_failed


@dataclass(frozen=True)
class Setup:
    """What the work on one project depends on beside the project; it travels to every process.

    ``folders`` are where bundles are looked for, ``template_digest`` tells two versions of one
    apart; ``shipped`` are the bundles themselves (a zip), for machines that don't have them, and
    ``version`` tells a reportgen of another version that the work is not for it.
    """

    template: str
    folders: tuple[Path, ...]
    template_digest: str
    year: int
    unit: str
    formats: tuple[str, ...]
    waivers: tuple[Waiver, ...] = ()
    allow_errors: bool = False
    shipped: bytes = b""
    version: str = VERSION

    @property
    def digest(self) -> str:
        """A sha256 over all that changes a document, but for the project itself."""
        known = (
            self.version,
            self.template,
            self.template_digest,
            self.year,
            self.unit,
            self.formats,
            [(w.code, w.reason, w.spot, w.difference) for w in self.waivers],
            self.allow_errors,
        )
        return hashlib.sha256(repr(known).encode("utf-8", "backslashreplace")).hexdigest()
