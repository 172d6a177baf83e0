"""All inputs of a report, read and related: tables, supplement, reasons, projects, texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.bundle import Bundle
from reportgen.findings import Findings
from reportgen.model import Project, Table
from reportgen.rules import Relations, complete, relate
from reportgen.sources.settings import Settings
from reportgen.sources.supplement import Supplement, read_reasons, read_supplement
from reportgen.sources.tables import read_tables
from reportgen.sources.texts import Text, read_texts


@dataclass
class Inputs:
    """What the report folder holds."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    relations: Relations = field(default_factory=Relations)
    supplement: Supplement = field(default_factory=Supplement)
    projects: tuple[Project, ...] = ()
    texts: Mapping[str, Text] = field(default_factory=dict)


def read_inputs(folder: Path, settings: Settings, bundle: Bundle, findings: Findings) -> Inputs:
    """Read every file that report.yaml names; blank totals are computed on the way."""
    files = settings.files
    inputs = Inputs()
    inputs.tables = _tables(folder / files.tables, bundle, findings)
    if files.supplement:
        path = folder / files.supplement
        inputs.supplement = read_supplement(path, bundle.supplement, findings)
    if files.reasons and (folder / files.reasons).is_file():
        read_reasons(folder / files.reasons, inputs.supplement, findings)
    if files.projects:
        # pandas takes a third of a second to import; only reports with projects need it
        from reportgen.sources.projects import read_projects

        inputs.projects = read_projects(folder / files.projects, findings)
    if files.texts:
        inputs.texts = read_texts(folder / files.texts, findings)
    last = _tables(folder / files.last_year, bundle, findings) if files.last_year else {}
    inputs.relations = _relations(inputs.supplement, last, settings, bundle)
    inputs.tables = relate(inputs.tables, inputs.relations, findings)
    return inputs


def _tables(path: Path, bundle: Bundle, findings: Findings) -> dict[str, Table]:
    tables = read_tables(path, bundle.profiles, findings)
    return {name: complete(table, findings) for name, table in tables.items()}


def _relations(
    supplement: Supplement, last: Mapping[str, Table], settings: Settings, bundle: Bundle
) -> Relations:
    return Relations(
        figures=[
            (address.table, address.row, address.column, relation, figure)
            for address, relation, figure in supplement.relations
        ],
        texts=[
            (address.table, address.row, address.column, name, _ended(text), record.place("行"))
            for address, name, text, record in supplement.texts
        ],
        last_tables=last,
        budget_table=bundle.settings.budget_table,
        new_unit=settings.last_year == "新设单位",
    )


def _ended(text: str) -> str:
    """A reason or use without end punctuation: the sentence brings its own."""
    return text.rstrip("。；;，,、.．！! \n")
