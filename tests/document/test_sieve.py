"""What passes at first sight: nothing in which the gate, reading in full, would find a fault."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reportgen.bundle import load_bundle, search_path
from reportgen.checks.document import reading
from reportgen.checks.document.expected import Expected
from reportgen.checks.document.gate import WordGate
from reportgen.checks.document.numerals import Allowed
from reportgen.findings import Finding, Findings, Place
from reportgen.language import Page
from reportgen.language.documents import BODY
from reportgen.language.marks import mark, strip_bytes
from reportgen.language.pieces import Pieces
from reportgen.model import Figure
from reportgen.narrative import Wording
from reportgen.pipeline.names import form_names
from reportgen.render.word.press import WordTemplate
from reportgen.render.word.stream import with_quotes
from reportgen.rules.scoring import score_project
from reportgen.sources.projects import read_projects
from tests.document.conftest import ROOT, parts_of, zipped

BOOK = ROOT / "examples" / "jincheng-2022" / "项目.xlsx"


@dataclass(frozen=True)
class Form:
    """A finished form, what it was made of, and its citations."""

    content: bytes
    pieces: Pieces
    marked: Mapping[str, bytes]
    expected: Expected

    def with_chunks(self, chunks: list[bytes], *, is_printed: bool = True) -> Form:
        """The form of other pieces; the file holds them too, unless only they changed."""
        marked = {**self.marked, BODY: with_quotes(chunks, self.pieces.fixed, ())}
        parts = parts_of(self.content)
        if is_printed:
            parts[BODY] = strip_bytes(marked[BODY])
        return Form(zipped(parts), Pieces(chunks, self.pieces.fixed), marked, self.expected)


@pytest.fixture(scope="module")
def forms() -> list[Form]:
    """The forms of jincheng's projects."""
    findings = Findings()
    bundle = load_bundle("self-evaluation/shanxi", search_path(None), findings)
    assert bundle is not None
    path = bundle.file("report.docx")
    assert path is not None
    template = WordTemplate(path)
    names = form_names(bundle, 2022, "某局")
    allowed = Allowed(2022, bundle.settings.numerals)
    found = []
    for project in read_projects([BOOK], findings):
        if project.indicators:
            scored = score_project(project, bundle.scoring, findings)
            page = Page(Place("表.docx"))
            pressed = template.press({**names, "项目": scored}, {}, bundle.wording, page)
            assert pressed is not None
            made = Expected(page.citations, allowed)
            found.append(Form(pressed.content, pressed.pieces[BODY], pressed.marked, made))
    return found


@pytest.fixture(scope="module")
def gate(forms: list[Form]) -> WordGate:
    """A gate that knows the template."""
    gate = WordGate()
    for form in forms:
        assert not gate.check("表.docx", form.content, form.marked, form.expected)
        gate.learn({BODY: form.pieces})
        assert gate.passes(form.content, {BODY: form.pieces}, form.expected)
    return gate


def judged(form: Form, monkeypatch: pytest.MonkeyPatch) -> Findings:
    """What a gate says that reads every paragraph."""
    with monkeypatch.context() as patch:
        patch.setattr(reading, "cited_plainly", lambda *_: None)
        return WordGate().check("表.docx", form.content, form.marked, form.expected)


def test_the_first_form_is_read_in_full(forms: list[Form]) -> None:
    first = forms[0]
    assert len(forms) == 6
    assert not WordGate().passes(first.content, {BODY: first.pieces}, first.expected)


def drawn(folder: Path, text: str, more: str = "") -> WordTemplate:
    """A template of one paragraph; ``more`` is XML in a run behind its text."""
    document = docx.Document()
    paragraph = document.add_paragraph(text)
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{more}</w:r>"))
    document.save(str(folder / "模板.docx"))
    return WordTemplate(folder / "模板.docx")


def _value_gone(chunks: list[bytes], at: int, _chance: random.Random) -> None:
    del chunks[at]


def _another_piece(chunks: list[bytes], at: int, chance: random.Random) -> None:
    chunks[at] = chance.choice(chunks)


def _twice(chunks: list[bytes], at: int, _chance: random.Random) -> None:
    chunks.insert(at, chunks[at])


def _swapped(chunks: list[bytes], at: int, chance: random.Random) -> None:
    other = chance.randrange(len(chunks))
    chunks[at], chunks[other] = chunks[other], chunks[at]


def _odd_value(chunks: list[bytes], at: int, chance: random.Random) -> None:
    odd = ["nan", "【待填写：甲】", "{{甲}}", "<w:p>", "&", "&amp;", "甲\x01", "\ue000", "None"]
    chunks[at] = chance.choice(odd).encode()


def _other_citation(chunks: list[bytes], at: int, chance: random.Random) -> None:
    chunks[at] = mark(chance.randrange(40), "12.5").encode()


DAMAGES = (_value_gone, _another_piece, _twice, _swapped, _odd_value, _other_citation)


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_passes_is_sound(
    damage: Callable[..., None],
    forms: list[Form],
    gate: WordGate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(damage.__name__)
    passed = faulty = 0
    for _ in range(60):
        form = chance.choice(forms)
        chunks = list(form.pieces.chunks)
        damage(chunks, chance.randrange(len(chunks)), chance)
        damaged = form.with_chunks(chunks)
        errors = judged(damaged, monkeypatch)
        passes = gate.passes(damaged.content, {BODY: damaged.pieces}, damaged.expected)
        assert not (passes and errors), list(errors)
        passed, faulty = passed + passes, faulty + bool(errors)
    assert faulty > 5


def test_a_file_that_holds_something_else(forms: list[Form], gate: WordGate) -> None:
    form = forms[0]
    values = [n for n, c in enumerate(form.pieces.chunks) if id(c) not in form.pieces.fixed]
    for at in values:
        chunks = list(form.pieces.chunks)
        chunks[at] = "另一个值".encode()
        other = form.with_chunks(chunks, is_printed=False)
        assert not gate.passes(other.content, {BODY: other.pieces}, other.expected)
    gone = zipped({name: data for name, data in parts_of(form.content).items() if name != BODY})
    assert not gate.passes(gone, {BODY: form.pieces}, form.expected)
    other_styles = {**parts_of(form.content), "word/styles.xml": b"<w:styles"}
    assert not gate.passes(zipped(other_styles), {BODY: form.pieces}, form.expected)


def test_citations_that_say_something_else(forms: list[Form], gate: WordGate) -> None:
    for form in forms:
        for number, citation in enumerate(form.expected.citations):
            changed = [*form.expected.citations]
            changed[number] = citation._replace(text=f"{citation.text}0")
            wrong = replace(form.expected, citations=changed)
            assert not gate.passes(form.content, {BODY: form.pieces}, wrong)
        none = replace(form.expected, citations=())
        assert not gate.passes(form.content, {BODY: form.pieces}, none)


AMOUNT = Figure("甲", Decimal(12))


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        pytest.param("{{ 名 }}", True, id="a text"),
        pytest.param("{{ 额|计数 }}个", True, id="a citation"),
        pytest.param("{{ 两行 }}", True, id="lines and signs of XML"),
        pytest.param("2、{{ 名 }}，2022年", True, id="a list's number, this year"),
        pytest.param("20{{ 名 }}22年", False, id="words meet across no value"),
        pytest.param("{{ 名 }}2年", False, id="a numeral beside a value"),
        pytest.param("{{ 额|计数 ~ '个' }}", False, id="more than a citation"),
        pytest.param("{% set 乙 %}{{ 名 }}{% endset %}{{ 乙 }}", False, id="a block that is set"),
        pytest.param("{{ 制表 }}", False, id="a tab"),
    ],
)
def test_what_is_told_at_first_sight(text: str, passes: bool, tmp_path: Path) -> None:
    """The sieve passes what is common, and leaves to the judge what isn't; no finding is lost."""
    template, page = drawn(tmp_path, text), Page(Place("模板.docx"))
    names: dict[str, Any] = {"名": "第3号", "额": AMOUNT, "两行": "A&B\n<5%", "制表": "甲\t乙"}
    pressed = template.press(names, {}, Wording(), page)
    assert pressed is not None
    gate, expected = WordGate(), Expected(page.citations, Allowed(2022, ()))
    found = gate.check("稿.docx", pressed.content, pressed.marked, expected)
    gate.learn(pressed.pieces)
    assert gate.passes(pressed.content, pressed.pieces, expected) == passes
    assert not (found and passes)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("【{{ 甲 }}】", ["甲", "待填写", "待填写：金额", "待填写：1"], id="brackets"),
        pytest.param("{{ 甲 }}待填写】", ["甲", "【", "1【"], id="an open bracket"),
        pytest.param("1{{ 甲 }}0", ["甲", "", ",", "，", ".", "%", " "], id="parts of a numeral"),
        pytest.param("2022年{{ 甲 }}5个", ["甲", "", ".", "5"], id="before an allowed phrase"),
        pytest.param("2022年{{ 甲 }}件，1.{{ 甲 }}件", ["甲", "12", "1", "１"], id="behind a year"),
        pytest.param("Na{{ 甲 }}", ["甲", "N", "1"], id="the beginning of a word"),
        pytest.param("5个{{ 甲 }}5个", ["甲", "", ".", "％"], id="between allowed phrases"),
        pytest.param("N{{ 甲 }}one", ["甲", "", "o"], id="letters that make a word"),
        pytest.param("{{ 甲 }}1、概况", ["甲", "", " "], id="before a list's number"),
        pytest.param("<NA>&5个{{ 甲 }}", ["甲", "乙1"], id="signs of XML in fixed text"),
        pytest.param("}}{{ 甲 }}", ["甲", "乙1"], id="what is left of a tag"),
        pytest.param(
            "第{{ 甲 }}项", ["None", "nan", "{{ 乙 }}", "【待填写：乙】", "A&B"], id="values"
        ),
    ],
)
def test_what_values_and_fixed_words_say_together(
    text: str, values: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every form as a gate has it that reads every paragraph, whatever came before it."""
    template, gate = drawn(tmp_path, text), WordGate()
    allowed = Allowed(2022, ["5个"])
    for value in [*values, *reversed(values)]:
        page = Page(Place("模板.docx"))
        pressed = template.press({"甲": value}, {}, Wording(), page)
        assert pressed is not None
        expected = Expected(page.citations, allowed)
        with monkeypatch.context() as patch:
            patch.setattr(reading, "cited_plainly", lambda *_: None)
            told = WordGate().check("稿.docx", pressed.content, pressed.marked, expected)
        if gate.passes(pressed.content, pressed.pieces, expected):
            assert not told, value
        else:
            gate.check("稿.docx", pressed.content, pressed.marked, expected)
            gate.learn(pressed.pieces)


@pytest.mark.parametrize(
    ("inside", "passes"),
    [
        pytest.param('<w:bookmarkStart w:id="9" w:name="a"/>', True, id="a bookmark"),
        pytest.param('<w:bookmarkStart w:id="9" w:name="a}}"/>', False, id="a tag in a name"),
        pytest.param("<w:instrText> PAGE </w:instrText>", True, id="a page number"),
        pytest.param("<w:instrText> PAGE %} </w:instrText>", False, id="a tag in a field"),
    ],
)
def test_what_no_reader_sees(inside: str, passes: bool, tmp_path: Path) -> None:
    template, gate = drawn(tmp_path, "{{ 名 }}", inside), WordGate()
    expected = Expected((), Allowed(2022, ()))
    told: list[Finding] = []
    for name in ("甲", "乙"):
        pressed = template.press({"名": name}, {}, Wording(), Page(Place("模板.docx")))
        assert pressed is not None
        told += gate.check("稿.docx", pressed.content, pressed.marked, expected)
        gate.learn(pressed.pieces)
        assert gate.passes(pressed.content, pressed.pieces, expected) == passes
    assert [finding.code for finding in told] == ([] if passes else ["P101", "P101"])
