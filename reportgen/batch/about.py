"""What main and papers know of a run, whatever it makes: forms or whole reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from reportgen.batch.journal import Journal
from reportgen.batch.kind import Kind
from reportgen.batch.run import Run
from reportgen.batch.workplaces import Workplace
from reportgen.findings import Findings


class Batch(Protocol):
    """One kind of run: what it is about, and how it is done.

    ``findings`` are those of no single document, ``head`` what the manifest says of the whole,
    ``sources`` the inputs, ``secret`` the documents that only the manifest names, by index.
    """

    findings: Findings

    @property
    def head(self) -> Mapping[str, Any]:
        """What the manifest says of the whole."""

    @property
    def sources(self) -> Sequence[Path]:
        """The inputs of the whole run."""

    @property
    def public_sources(self) -> Sequence[Path]:
        """Those whose names may stand outside the manifest."""

    @property
    def total(self) -> int:
        """How many documents there are, but for secret ones."""

    @property
    def kind(self) -> Kind:
        """What it makes."""

    def settle(self, journal: Journal) -> None:
        """Make the journal of earlier runs speak of these documents, each at its place."""

    @property
    def secret(self) -> Mapping[int, str]:
        """The names of documents that stand in the manifest alone, by index."""

    def files(self) -> Iterable[str]:
        """The names of the files that will be written, as far as they are known."""

    def make(self, run: Run[Any], workplace: Workplace) -> None:
        """Make every document."""

    def summary(self, journal: Journal, formats: Sequence[str]) -> Mapping[str, bytes]:
        """The files about all documents together, made of the journal's lines."""
