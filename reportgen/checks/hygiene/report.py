"""The text rules run over users' texts and over the narrative; hits become findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from reportgen.checks.hygiene.agreement import Names, disagreeing
from reportgen.checks.hygiene.amounts import mixed_units
from reportgen.checks.hygiene.brackets import unbalanced
from reportgen.checks.hygiene.corpus import HIDDEN, Corpus, Hit, Rule
from reportgen.checks.hygiene.leftovers import fillers, leftovers
from reportgen.checks.hygiene.personal import (
    accounts,
    identity_cards,
    mail,
    plates,
    telephones,
)
from reportgen.checks.hygiene.punctuation import blanks, doubled, full_width, half_width
from reportgen.checks.hygiene.years import strange_years
from reportgen.findings import Findings
from reportgen.model import Passage
from reportgen.rules.text_rules import TextRules

_EVERYWHERE: tuple[Rule, ...] = (
    leftovers,
    doubled,
    half_width,
    full_width,
    unbalanced,
    mixed_units,
)
_INPUTS: tuple[Rule, ...] = (
    fillers,
    identity_cards,
    telephones,
    accounts,
    mail,
    plates,
    blanks,
)
_END = "。，、；："


def check_texts(
    passages: Sequence[Passage],
    rules: TextRules,
    year: int,
    names: Names,
    own: Mapping[str, Names],
    findings: Findings,
) -> tuple[Passage, ...]:
    """Check what users wrote; each fault at its cell or line. Return the faulty passages.

    ``names`` are the amounts that texts may speak of, ``own`` those of each project.
    """
    corpus = Corpus(passages, rules.allowed)
    years = partial(strange_years, year=year, names=own)
    amounts = partial(disagreeing, names=names, own=own)
    found = _report((*_EVERYWHERE, *_INPUTS, years, amounts), corpus, rules, findings)
    return tuple(corpus.passages[number] for number in found)


def check_narrative(
    lines: Sequence[Passage],
    rules: TextRules,
    year: int,
    known: Iterable[Passage],
    titles: Iterable[str],
    findings: Findings,
) -> None:
    """Check the narrative as it is printed, but for the ``known`` faulty texts in it."""
    corpus = Corpus(lines, rules.allowed, _hidden(known))
    years = partial(strange_years, year=year, names=titles)
    _report((*_EVERYWHERE, years), corpus, rules, findings)


def check_layout_words(words: Sequence[Passage], rules: TextRules, findings: Findings) -> None:
    """Check what an author left in a layout itself: XX年, 增加（减少）."""
    _report((leftovers,), Corpus(words, rules.allowed), rules, findings)


def _hidden(known: Iterable[Passage]) -> dict[str, str]:
    """The lines of faulty texts and what hides them; end punctuation stays to be seen."""
    found = {}
    for passage in known:
        for raw in passage.text.split("\n"):
            line = " ".join(raw.split())
            kept = line[-1:] if line.endswith(tuple(_END)) else ""
            bare = line.rstrip(_END)
            if len(bare) > 1:
                found[bare] = HIDDEN * len(bare)
                found[line] = HIDDEN * (len(line) - len(kept)) + kept
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _report(
    rules: Iterable[Rule | partial[Iterator[Hit]]],
    corpus: Corpus,
    settings: TextRules,
    findings: Findings,
) -> list[int]:
    """One finding for each passage and code: the first hit, and how many more there are."""
    faulty: dict[int, None] = {}
    for rule in rules:
        first: dict[tuple[int, str, str], Hit] = {}
        count: dict[tuple[int, str, str], int] = {}
        for hit in rule(corpus, settings):
            key = (corpus.number(hit.start), hit.code, hit.message if hit.apart else "")
            first.setdefault(key, hit)
            count[key] = count.get(key, 0) + 1
        for key, hit in first.items():
            faulty[key[0]] = None
            _add(hit, count[key], corpus, settings, findings)
    return list(faulty)


def _add(hit: Hit, count: int, corpus: Corpus, settings: TextRules, findings: Findings) -> None:
    severity = settings.levels.get(hit.code, hit.severity)
    if severity is not None:
        more = f"，共{count}处" if count > 1 else ""
        message = f"“{corpus.shown(hit)}”{hit.message}{more}。"
        place = corpus.passages[corpus.number(hit.start)].place
        findings.add(hit.code, severity, place, message, hit.hint)
