"""One digit changed in each numeral of part three of the finished document: caught or not."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

import pytest
from lxml import etree

from reportgen.checks.document.edited import check_edited
from reportgen.checks.document.gate import WordGate
from reportgen.checks.document.tokens import tokens
from reportgen.findings import Findings, Severity
from reportgen.language.documents import BODY, STYLES, word_lines
from reportgen.language.lines import Line
from reportgen.language.marks import strip
from reportgen.sources.word import PARSER, W
from tests.document.conftest import Example, zipped

_NUMERAL = re.compile(r"[0-9]+(?:[,.][0-9]+)*")
_FIRST, _LAST = "第三部分 情况说明", "第四部分 名词解释"


def _part_three(xml: bytes) -> etree._Element:
    """The document's XML with only part three left in its body."""
    root = etree.fromstring(xml, PARSER)
    body = list(root[0])
    texts = ["".join(t.text or "" for t in child.iter(f"{W}t")) for child in body]
    plain = [strip(text) for text in texts]
    start = max(i for i, text in enumerate(plain) if text == _FIRST)
    end = max(i for i, text in enumerate(plain) if text == _LAST)
    for child in [*body[:start], *body[end:]]:
        root[0].remove(child)
    return root


def _lines(root: etree._Element, example: Example) -> list[Line]:
    return list(word_lines({BODY: etree.tostring(root), STYLES: example.parts[STYLES]}))


def _mutations(root: etree._Element, seed: int) -> Iterator[str]:
    """Change one digit of each numeral in turn, in place; yields what was changed."""
    chance = random.Random(seed)
    for node in list(root.iter(f"{W}t")):
        text = node.text or ""
        for match in _NUMERAL.finditer(text):
            places = [at for at in range(*match.span()) if text[at].isdigit()]
            at = chance.choice(places)
            digit = chance.choice([d for d in "0123456789" if d != text[at]])
            node.text = text[:at] + digit + text[at + 1 :]
            yield f"{match.group()} in {text[max(at - 10, 0) : at + 10]}"
        node.text = text


@pytest.fixture(scope="module", autouse=True)
def _pieces_are_taken_once() -> Iterator[None]:
    """Of the lines of a copy all but one are as they were."""
    with pytest.MonkeyPatch.context() as patch:
        pieces = cache(lambda line: list(tokens(line)))
        patch.setattr("reportgen.checks.document.units.tokens", pieces)
        yield


@pytest.fixture(scope="module")
def printed(example: Example) -> list[Line]:
    return _lines(_part_three(example.marked[BODY]), example)


def _told(example: Example, printed: list[Line], root: etree._Element) -> Findings:
    return check_edited("定稿.docx", printed, _lines(root, example), example.expected)


def test_a_copy_that_nobody_edited_is_clean(example: Example, printed: list[Line]) -> None:
    assert not list(_told(example, printed, _part_three(example.parts[BODY])))


@pytest.mark.parametrize("seed", [1, 2])
def test_changed_numerals_are_caught_in_an_edited_document(
    example: Example, printed: list[Line], seed: int
) -> None:
    root = _part_three(example.parts[BODY])
    missed, count = [], 0
    for change in _mutations(root, seed):
        count += 1
        if not _told(example, printed, root).count(Severity.ERROR):
            missed.append(change)
    assert count > 150
    assert len(missed) * 100 <= count, missed


def test_a_changed_numeral_is_the_only_thing_told(example: Example, printed: list[Line]) -> None:
    root = _part_three(example.parts[BODY])
    told = [len(list(_told(example, printed, root))) for _ in _mutations(root, 3)]
    assert told.count(2) * 100 >= 98 * len(told)  # the figure, and the count of edits


def test_changed_numerals_are_caught_after_rendering(example: Example) -> None:
    """As a press that prints something else would have it: the file and what it was made of.

    What is left is each citation against its text, and every other numeral without a source.
    """
    marked, chance = example.marked[BODY].decode(), random.Random(4)
    start, end = marked.rindex(_FIRST), marked.rindex(_LAST)
    cited = re.compile(
        "\ue000[\ue010-\ue019]+\ue001([^\ue000-\ue003]*?[0-9][^\ue000-\ue003]*?)\ue002"
    )
    missed, count = [], 0
    for match in list(cited.finditer(marked, start, end))[::3]:
        places = [at for at in range(*match.span(1)) if marked[at] in "0123456789"]
        at = chance.choice(places)
        digit = chance.choice([d for d in "0123456789" if d != marked[at]])
        changed = (marked[:at] + digit + marked[at + 1 :]).encode()
        parts = {**example.parts, BODY: strip(changed.decode()).encode()}
        found = WordGate().check(
            "定稿.docx", zipped(parts), {**example.marked, BODY: changed}, example.expected
        )
        count += 1
        if "P104" not in {finding.code for finding in found}:
            missed.append(match.group(1))
    assert count > 50
    assert not missed


def test_the_gate_passes_what_was_rendered(example: Example) -> None:
    found = WordGate().check("定稿.docx", example.content, example.marked, example.expected)
    assert not list(found)


@pytest.mark.parametrize("seed", range(4))
def test_deleted_moved_and_new_paragraphs_change_no_figure(
    example: Example, printed: list[Line], seed: int
) -> None:
    """Whatever is done to whole paragraphs, no figure is said to be changed by it."""
    chance = random.Random(seed)
    lines = [line for line in printed if line.text.strip()]
    for number in chance.sample(range(len(lines)), 8):
        lines[number] = Line("新", "新写的一段，没有数字。")
    for _ in range(5):
        lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    found = check_edited("定稿.docx", printed, lines, example.expected)
    assert {finding.code for finding in found} <= {"P112", "P114"}
