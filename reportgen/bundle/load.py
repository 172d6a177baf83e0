"""A bundle with its parents: settings, tables, rules, wording, and its templates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel

from reportgen.bundle.chain import chain_of, layers_of
from reportgen.bundle.crosscheck import check_codes, check_settings, check_slots
from reportgen.bundle.crosscheck_tables import check_tables
from reportgen.bundle.made import derivations_of, profiles_of, reconciliations_of
from reportgen.bundle.merge import Layered
from reportgen.bundle.outline import OutlineFile, OutlineNames, outline
from reportgen.bundle.rule_texts import check_rule_texts, numbers_of
from reportgen.bundle.schema import BundleFile, RulesFile, TablesFile
from reportgen.bundle.scoring import check_scoring
from reportgen.bundle.search import find
from reportgen.bundle.terms import TermsFile, check_terms, ordered_terms, subjects
from reportgen.bundle.texts import TextsFile, check_texts_file, text_rules
from reportgen.findings import Findings, Place
from reportgen.language.loader import FolderLoader
from reportgen.model import Profile, Term
from reportgen.narrative import Wording
from reportgen.rules.derivation import Derivation
from reportgen.rules.lacking import Reconciliation
from reportgen.rules.outline import Outline
from reportgen.rules.scoring import ScoringSettings
from reportgen.rules.text_rules import TextRules
from reportgen.rules.transfers import Transfers
from reportgen.sources.entry import Entry
from reportgen.sources.yaml import validate

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, eq=False)
class Bundle:
    """One kind of document in one jurisdiction.

    ``removed`` are the tables that it takes out of its parents', and where it says so;
    ``dropped`` are its tables that lose columns, and where.
    """

    name: str
    folders: tuple[Path, ...]
    settings: BundleFile
    profiles: tuple[Profile, ...]
    derivations: tuple[Derivation, ...]
    reconciliations: tuple[Reconciliation, ...]
    wording: Wording
    outline: Outline = field(default_factory=Outline)
    text_rules: TextRules = field(default_factory=TextRules)
    removed: Mapping[str, Place] = field(default_factory=dict)
    dropped: Mapping[str, Place] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    subjects: Mapping[str, str] = field(default_factory=dict)
    scoring: ScoringSettings = field(default_factory=ScoringSettings)

    @property
    def supplement(self) -> dict[str, Entry]:
        """The sheets of 补充数据.xlsx that this bundle reads."""
        return {
            name: Entry(entry.layout, entry.columns, tuple(entry.forms), entry.aliases)
            for name, entry in self.settings.supplement.items()
        }

    @property
    def transfers(self) -> Transfers:
        """What units of a department pay each other."""
        entry = self.settings.transfers
        pairs = tuple((pair.income, pair.expenditure) for pair in entry.pairs)
        classes = {
            table: of
            for table, of in entry.classes.items()
            if table not in self.removed and of not in self.removed
        }
        return Transfers(pairs, MappingProxyType(classes))

    @property
    def tables_after(self) -> str:
        """The section behind which the tables are printed: the first, unless the bundle says."""
        return self.settings.tables_after or next(iter(self.settings.sections), "")

    def file(self, name: str) -> Path | None:
        """A file of the bundle, or of the nearest parent that has it."""
        found = (folder / name for folder in self.folders)
        return next((path for path in found if path.is_file()), None)

    def template_name(self, name: str) -> str:
        """The name under which the loader finds a file of this bundle."""
        path = self.file(name)
        return path.relative_to(path.parents[2]).as_posix() if path else f"{self.name}/{name}"

    def loader(self) -> FolderLoader:
        """Load templates by bundle and file: final-accounts/common/narrative.md."""
        roots = dict.fromkeys(folder.parents[1] for folder in self.folders)
        return FolderLoader(list(roots), encoding="utf-8")

    def digest(self) -> str:
        """A sha256 over every file of the bundle and its parents."""
        sha = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(file for file in folder.rglob("*") if file.is_file()):
                sha.update(path.relative_to(folder).as_posix().encode() + b"\0")
                sha.update(path.read_bytes())
        return sha.hexdigest()


def load_bundle(name: str, folders: Sequence[Path], findings: Findings) -> Bundle | None:
    """Load a bundle; UsageError for an unknown name, ``None`` with findings for bad files.

    A bundle is read again only where one of its files has changed.
    """
    key = (name, tuple(folders))
    known = _LOADED.get(key)
    if known and known[0] == _stamps(known[1].folders, folders):
        return known[1]
    faults = Findings()
    chain = known[1].folders if known else ()
    before = _stamps(chain, folders)
    bundle = _load(name, folders, faults)
    findings.extend(faults)
    if bundle is not None and not len(faults) and bundle.folders == chain:
        _LOADED[key] = (before, bundle)
    elif bundle is not None and not len(faults):
        _LOADED[key] = (_stamps(bundle.folders, folders), bundle)
    return bundle


_Stamps = tuple[tuple[str, int, int], ...]  # the files, each with its time and its size
_LOADED: dict[tuple[str, tuple[Path, ...]], tuple[_Stamps, Bundle]] = {}


def _stamps(chain: Sequence[Path], folders: Sequence[Path]) -> _Stamps:
    """What tells whether a bundle has changed: its files, and those that come before them."""
    found = [find(f"{folder.parent.name}/{folder.name}", folders) for folder in chain]
    files = [file for folder in found if folder for file in sorted(folder.glob("*.yaml"))]
    stats = [(str(file), file.stat()) for file in files]
    return tuple((file, stat.st_mtime_ns, stat.st_size) for file, stat in stats)


def _load(name: str, folders: Sequence[Path], findings: Findings) -> Bundle | None:
    faults = Findings()
    chain, read = chain_of(name, folders, faults)
    layers = {file: layers_of(chain, file, read, faults) for file in _FILES}
    findings.extend(faults)
    if faults.has_errors:
        return None
    settings = _read(BundleFile, "bundle.yaml", layers, findings)
    tables = _read(TablesFile, "tables.yaml", layers, findings)
    rules = _read(RulesFile, "rules.yaml", layers, findings)
    wording = _read(Wording, "wording.yaml", layers, findings)
    required = _read(OutlineFile, "outline.yaml", layers, findings)
    texts = _read(TextsFile, "texts.yaml", layers, findings)
    terms = _read(TermsFile, "terms.yaml", layers, findings)
    scoring = _read(ScoringSettings, "scoring.yaml", layers, findings)
    if settings is None or tables is None or rules is None or wording is None:
        return None
    if required is None or texts is None or terms is None or scoring is None:
        return None
    required = _of_sections(required, settings.sections, layers["outline.yaml"], name)
    removed = layers["tables.yaml"].removed()
    names = OutlineNames(layers["outline.yaml"], faults)
    names.check(required, settings.sections, rules.derivations, (*tables.root, *removed))
    check_texts_file(texts, layers["texts.yaml"], faults)
    check_terms(terms, layers["terms.yaml"], faults)
    check_scoring(scoring, layers["scoring.yaml"], faults)
    check_settings(settings, tables, removed, layers["bundle.yaml"], faults)
    check_tables(tables, layers["tables.yaml"], faults)
    check_slots(layers["wording.yaml"], layers["bundle.yaml"], faults)
    check_codes(rules, layers["rules.yaml"], faults)
    numbers = numbers_of(tables, removed, layers["tables.yaml"])
    check_rule_texts(rules, numbers, layers["rules.yaml"], faults)
    if faults.has_errors:
        findings.extend(faults)
        return None
    return Bundle(
        name=name,
        folders=tuple(chain),
        settings=settings,
        profiles=profiles_of(tables, settings.order),
        removed=removed,
        dropped=_dropped(tables, layers["tables.yaml"]),
        derivations=tuple(derivations_of(rules, layers["rules.yaml"])),
        reconciliations=tuple(reconciliations_of(rules, layers["rules.yaml"], numbers)),
        wording=wording,
        outline=outline(required, layers["outline.yaml"]),
        text_rules=text_rules(texts),
        terms=ordered_terms(terms),
        subjects=subjects(terms),
        scoring=scoring,
    )


def _dropped(tables: TablesFile, layered: Layered) -> dict[str, Place]:
    return {
        name: layered.place((name, "去栏")) for name, entry in tables.root.items() if entry.dropped
    }


def _of_sections(
    file: OutlineFile, sections: Sequence[str], layered: Layered, name: str
) -> OutlineFile:
    """The outline without what parents say of sections that the bundle has not got."""
    kept = {
        section: entries
        for section, entries in file.sections.items()
        if section in sections or layered.place(("章节", section)).file.startswith(f"{name}/")
    }
    return file.model_copy(update={"sections": kept})


_FILES = (
    "bundle.yaml",
    "tables.yaml",
    "rules.yaml",
    "wording.yaml",
    "outline.yaml",
    "texts.yaml",
    "terms.yaml",
    "scoring.yaml",
)


def _read(
    model: type[Model], file: str, layers: dict[str, Layered], findings: Findings
) -> Model | None:
    return validate(model, layers[file], findings, layers[file].advice)
