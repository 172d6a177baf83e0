"""A stranger's template: what it can't reach, can't call, and can't keep running."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
from jinja2 import DictLoader

from reportgen.findings import Findings, Place, Severity
from reportgen.language import Page, limits
from reportgen.language.loader import FolderLoader
from reportgen.model import Block, Column, Figure, Kind, Layout, Profile, Table
from reportgen.narrative import Wording, narrative_environment, render_sections
from reportgen.render.markdown import render_markdown
from reportgen.render.word.press import open_template
from reportgen.rules.derivation import Derivation
from reportgen.rules.derive import derive
from reportgen.rules.functions import FUNCTIONS
from reportgen.rules.lacking import Reconciliation
from reportgen.rules.reconcile import reconcile
from reportgen.rules.relate import Relations

SECONDS = 2
SECRET = "root:x:0:0"
WORDING = Wording()
PLACE = Place("rules.yaml")


def leak() -> str:
    """A function of Python that somebody has put into the context."""
    return SECRET


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside the folder of the bundles."""
    path = tmp_path / "passwd"
    path.write_text(SECRET, encoding="utf-8")
    return path


@pytest.fixture
def context(tmp_path: Path, secret: Path) -> dict[str, Any]:
    """Plain values, a figure, a table — and objects that have no business there."""
    block = Block("", (Column(("项目",), "项目"), Column(("金额",), "金额")))
    profile = Profile("表01", "公开01表", "收入决算表", Layout.TREE, (block,))
    return {
        **FUNCTIONS,
        "x": "甲",
        "收入总计": Figure("收入总计", Decimal(100)),
        "表01": Table(profile, (), Place("决算表.xlsx")),
        "frame": pd.DataFrame({"a": [1]}),
        "path": secret,
        "target": str(tmp_path / "written"),
        "module": os,
        "function": leak,
        "opener": open,
    }


@pytest.fixture(autouse=True)
def _quick_and_harmless(tmp_path: Path) -> Iterator[None]:
    """Whatever a template does, it ends soon and no file is made."""
    start = time.process_time()
    yield
    assert time.process_time() - start < SECONDS
    files = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert files <= {"passwd", "t.docx", "main.md", "link.md"}


Outcome = tuple[str, list[str]]


def in_narrative(source: str, context: Mapping[str, Any], **others: str) -> Outcome:
    """What a block of narrative.md prints, and its findings."""
    block = f"{{% block 甲 %}}{source}{{% endblock %}}"
    environment = narrative_environment(loader=DictLoader({"main.md": block, **others}))
    page = Page(Place("main.md"))
    found = render_sections(environment, "main.md", ["甲"], context, WORDING, page)
    return found["甲"].markdown if found else "", told(page.findings)


def in_word(source: str, context: Mapping[str, Any], folder: Path) -> Outcome:
    """What a paragraph of a Word template prints, and its findings."""
    document = docx.Document()
    document.add_paragraph(source)
    document.save(str(folder / "t.docx"))
    findings = Findings()
    template = open_template(folder / "t.docx", findings)
    if template is None:
        return "", told(findings)
    content = template.render(context, {}, WORDING, Page(Place("t.docx"), findings))
    paragraphs = docx.Document(io.BytesIO(content)).paragraphs if content else []
    return "".join(paragraph.text for paragraph in paragraphs), told(findings)


def in_rule(source: str, context: Mapping[str, Any]) -> list[str]:
    """The findings of a derived figure and of a reconciliation with this expression."""
    findings = Findings()
    environment = narrative_environment()
    derivation = Derivation("某数", source, PLACE)
    values = derive([derivation], context, Relations(), environment, findings)
    assert not isinstance(values.get("某数"), str)
    rule = Reconciliation("D999", "某式", Severity.ERROR, f"{source} == 1", PLACE)
    reconcile([rule], context, environment, findings)
    return told(findings)


def told(findings: Findings) -> list[str]:
    assert all(finding.place.file for finding in findings)
    return [f"{finding.code} {finding.message}" for finding in findings]


UNKNOWN, CALL, BARE, TEXT = "T101", "T105 模板运行出错：模板里不能这样调用", "T103", "T105"
FILTER = "T102"

REACH = [
    pytest.param("''.__class__.__mro__[1].__subclasses__()", UNKNOWN, id="subclasses"),
    pytest.param("''['__class__']", UNKNOWN, id="class by brackets"),
    pytest.param("cycler.__init__.__globals__.os.popen('id').read()", UNKNOWN, id="cycler"),
    pytest.param("joiner.__init__.__globals__", UNKNOWN, id="joiner"),
    pytest.param("lipsum.__globals__", UNKNOWN, id="lipsum"),
    pytest.param("dict.__base__", UNKNOWN, id="dict"),
    pytest.param("self._TemplateReference__context", UNKNOWN, id="self"),
    pytest.param("config", UNKNOWN, id="config"),
    pytest.param("request.application.__globals__", UNKNOWN, id="request"),
    pytest.param("environment", UNKNOWN, id="environment"),
    pytest.param("context", UNKNOWN, id="context"),
    pytest.param("'{0.__class__}'.format(x)", UNKNOWN, id="format method"),
    pytest.param("x.format_map", UNKNOWN, id="format_map"),
    pytest.param("'%s' % x", TEXT, id="percent"),
    pytest.param("'%1000000000d' % 1", TEXT, id="percent width"),
    pytest.param("x|attr('__class__')", FILTER, id="attr"),
    pytest.param("x|map(attribute='__class__')|list", FILTER, id="map"),
    pytest.param("[x]|join(attribute='__class__')", TEXT, id="join attribute"),
    pytest.param("x|format(1)", FILTER, id="format"),
    pytest.param("namespace.__init__.__globals__", UNKNOWN, id="namespace"),
    pytest.param("namespace(a=1).__class__", UNKNOWN, id="namespace object"),
    pytest.param("namespace(a=1)['__class__']", UNKNOWN, id="namespace brackets"),
    pytest.param("range.__class__", UNKNOWN, id="range"),
    pytest.param("range(3).__class__", UNKNOWN, id="range object"),
    pytest.param("求和.__globals__", UNKNOWN, id="our function"),
    pytest.param("收入总计.relations", UNKNOWN, id="figure relations"),
    pytest.param("收入总计.value", UNKNOWN, id="figure value"),
    pytest.param("收入总计['value']", UNKNOWN, id="figure brackets"),
    pytest.param("表01.profile", UNKNOWN, id="table profile"),
    pytest.param("表01._by_key", UNKNOWN, id="table key"),
    pytest.param("表01.lookup('行')", UNKNOWN, id="table lookup"),
    pytest.param("frame.to_csv(target)", UNKNOWN, id="frame to_csv"),
    pytest.param("frame['a'].to_csv(target)", UNKNOWN, id="series to_csv"),
    pytest.param("frame", BARE, id="frame"),
    pytest.param("frame|金额", BARE, id="frame as a figure"),
    pytest.param("frame ~ ''", TEXT, id="frame joined"),
    pytest.param("path.read_text()", UNKNOWN, id="path read"),
    pytest.param("path.parent", UNKNOWN, id="path parent"),
    pytest.param("path", BARE, id="path"),
    pytest.param("[path]|join", TEXT, id="path joined"),
    pytest.param("[path]|名单", TEXT, id="path listed"),
    pytest.param("path|去句号", TEXT, id="path as a text"),
    pytest.param("module.system('touch ' ~ target)", UNKNOWN, id="module"),
    pytest.param("module", BARE, id="module printed"),
    pytest.param("function()", CALL, id="function"),
    pytest.param("opener(path)", CALL, id="open"),
    pytest.param("opener(target, 'w')", CALL, id="open to write"),
    pytest.param("opener", BARE, id="open printed"),
    pytest.param("_page", BARE, id="page"),
    pytest.param("_page.findings", UNKNOWN, id="page findings"),
    pytest.param("x.upper()", UNKNOWN, id="str method"),
]


@pytest.mark.parametrize(("payload", "expected"), REACH)
def test_nothing_of_python_is_reached(
    payload: str, expected: str, context: dict[str, Any], tmp_path: Path
) -> None:
    source = f"{{{{ {payload} }}}}"
    for text, findings in (in_narrative(source, context), in_word(source, context, tmp_path)):
        assert findings
        assert findings[0].startswith(expected)
        assert text.startswith("【") or not text
        assert SECRET not in text
        assert "<class" not in text
        assert "pandas" not in text


@pytest.mark.parametrize(("payload", "expected"), REACH)
def test_rules_reach_nothing(payload: str, expected: str, context: dict[str, Any]) -> None:
    findings = in_rule(payload, {**context, "_page": Page(PLACE)})
    assert findings
    assert all(finding[:4] in {"T101", "T106"} for finding in findings)
    assert SECRET not in str(findings)


LOOP = "{% for i in [1] %}{{ "
STATEMENTS = [
    pytest.param(LOOP + "loop.__class__ }}{% endfor %}", UNKNOWN, id="loop class"),
    pytest.param(LOOP + "loop._iterator }}{% endfor %}", UNKNOWN, id="loop iterator"),
    pytest.param(LOOP + "loop['__init__'] }}{% endfor %}", UNKNOWN, id="loop brackets"),
    pytest.param(LOOP + "loop.cycle.__globals__ }}{% endfor %}", UNKNOWN, id="loop cycle"),
    pytest.param("{% macro m() %}{% endmacro %}{{ m.__globals__ }}", UNKNOWN, id="macro"),
    pytest.param("{% macro m() %}{% endmacro %}{{ m._func }}", UNKNOWN, id="macro function"),
    pytest.param("{% set n = namespace() %}{{ n.__init__ }}", UNKNOWN, id="namespace"),
    pytest.param("{% set x.y = 1 %}", "T105", id="set attribute"),
    pytest.param("{% include '../../etc/passwd' %}", "T105", id="include above"),
    pytest.param("{% include '/etc/passwd' %}", "T105", id="include absolute"),
    pytest.param("{% import 'os' as os %}{{ os }}", "T105", id="import"),
    pytest.param("{% from 'os' import system %}{{ system('id') }}", "T105", id="from import"),
    pytest.param("{% include module %}", "T105", id="include object"),
]


@pytest.mark.parametrize(("source", "expected"), STATEMENTS)
def test_statements_reach_nothing(
    source: str, expected: str, context: dict[str, Any], tmp_path: Path
) -> None:
    for text, findings in (in_narrative(source, context), in_word(source, context, tmp_path)):
        assert findings
        assert findings[0].startswith(expected)
        assert text.startswith("【") or not text


ROUNDS, CHARACTERS = "循环或列表超过", "文字超过"
GROWING = "{% set n = namespace(s=START) %}{% for i in range(99) %}{% set n.s = STEP %}{% endfor %}"
EXPRESSIONS = [
    pytest.param("range(10**9)|list", "range 超过", id="range"),
    pytest.param("range(0, 10**30)", "range 超过", id="range beyond"),
    pytest.param("'a'*3000000000", CHARACTERS, id="text times"),
    pytest.param("3000000000*'a'", CHARACTERS, id="times text"),
    pytest.param("[0]*10**9", ROUNDS, id="list times"),
    pytest.param("(0,)*10**9", ROUNDS, id="tuple times"),
    pytest.param("9**(9**9)", "整数超过", id="power"),
    pytest.param("2**4000*2**4000", "整数超过", id="product"),
    pytest.param("('a'*9999999)|list", ROUNDS, id="list of a text"),
    pytest.param("([['a'*99999]*9999]*99)|join", ROUNDS + "|" + CHARACTERS, id="join"),
    pytest.param("(['a'*99999]*9999)|名单", CHARACTERS, id="listed"),
    pytest.param("[1]|slice(999999999)|list", "slice 超过", id="slice"),
    pytest.param("[[[[0]*999]*999]*999]*999", ROUNDS, id="nested lists"),
]
STOPPED = [
    pytest.param(
        "{% for a in range(100000) %}{% for b in range(100000) %}{% for c in range(100000) %}"
        "{{ c }}{% endfor %}{% endfor %}{% endfor %}",
        ROUNDS,
        id="loops three deep",
    ),
    pytest.param(
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        ROUNDS,
        id="loops without output",
    ),
    pytest.param(
        "{% for a in range(99999) %}{% for b in range(99999) if false %}{% endfor %}{% endfor %}",
        ROUNDS,
        id="loops that leave all out",
    ),
    pytest.param(
        "{% for a in range(9999) recursive %}{{ loop(range(9999)) }}{% endfor %}",
        "套得太深",
        id="recursive loop",
    ),
    pytest.param("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "套得太深", id="macro"),
    pytest.param(
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(40) }}",
        ROUNDS,
        id="macro twice",
    ),
    pytest.param(
        "{% set big = 'a'*99999 %}{% for i in range(99999) %}{{ big }}{% endfor %}",
        CHARACTERS,
        id="output",
    ),
    pytest.param(
        "{% for i in range(99999) %}{% for j in range(9) %}" + "字" * 500 + "{% endfor %}"
        "{% endfor %}",
        CHARACTERS,
        id="output of the template's own text",
    ),
    pytest.param(
        "{% set s %}{% for i in range(99999) %}{% for j in range(99999) %}a{% endfor %}{% endfor %}"
        "{% endset %}",
        ROUNDS,
        id="block that is set",
    ),
    pytest.param(
        "{% filter reverse %}{% for i in range(99999) %}{% for j in range(99999) %}a{% endfor %}"
        "{% endfor %}{% endfilter %}",
        ROUNDS,
        id="block that is filtered",
    ),
    pytest.param(
        "{% set s = 'a'*9999999 %}{% for i in range(99999) %}{% if s|reverse == 'x' %}{% endif %}"
        "{% endfor %}",
        CHARACTERS,
        id="filter of a long text",
    ),
    pytest.param(
        "{% set s = 'a'*9999999 %}{% for i in range(99999) %}{% if s[1:] == 'x' %}{% endif %}"
        "{% endfor %}",
        CHARACTERS,
        id="slices of a long text",
    ),
    *(
        pytest.param(GROWING.replace("START", start).replace("STEP", step), why, id=name)
        for start, step, why, name in (
            ("'a'", "n.s + n.s", CHARACTERS, "doubling +"),
            ("'a'", "n.s ~ n.s", CHARACTERS, "doubling ~"),
            ("'a'", "[n.s, n.s]|join", CHARACTERS, "doubling join"),
            ("[1]", "n.s + n.s", ROUNDS, "doubling list"),
            ("[1]", "[n.s, n.s]", ROUNDS, "nesting list"),
            ("[1]", "(n.s, n.s)", ROUNDS, "nesting tuple"),
            ("[1]", "{1: n.s, 2: n.s}", ROUNDS, "nesting map"),
            ("3", "n.s * n.s", "整数超过", "squaring"),
            ("收入总计", "n.s + n.s", "式子超过", "doubling figure"),
            ("收入总计", "n.s - n.s", "式子超过", "doubling difference"),
        )
    ),
]


def is_stopped(findings: list[str], why: str) -> bool:
    return any(f.startswith("T107") and any(w in f for w in why.split("|")) for f in findings)


@pytest.mark.parametrize(("payload", "why"), EXPRESSIONS)
def test_expressions_are_stopped(
    payload: str, why: str, context: dict[str, Any], tmp_path: Path
) -> None:
    source = f"{{{{ {payload} }}}}"
    for text, findings in (in_narrative(source, context), in_word(source, context, tmp_path)):
        assert not text
        assert is_stopped(findings, why), findings
    assert is_stopped(in_rule(payload, context), why)


@pytest.mark.parametrize(("source", "why"), STOPPED)
def test_templates_are_stopped_in_markdown(source: str, why: str, context: dict[str, Any]) -> None:
    text, findings = in_narrative(source, context)
    assert not text
    assert is_stopped(findings, why), findings


@pytest.mark.parametrize(("source", "why"), STOPPED)
def test_templates_are_stopped_in_word(
    source: str, why: str, context: dict[str, Any], tmp_path: Path
) -> None:
    text, findings = in_word(source, context, tmp_path)
    assert not text
    assert is_stopped(findings, why), findings


@pytest.mark.parametrize(
    "source", ["{% include 'main.md' %}", "{% extends 'main.md' %}", "{% import 'main.md' as m %}"]
)
def test_templates_that_hold_themselves_are_stopped(source: str, tmp_path: Path) -> None:
    environment = narrative_environment(loader=DictLoader({"main.md": source}))
    page = Page(Place("main.md"))
    assert render_markdown(environment, "main.md", {}, {}, WORDING, page) is None
    assert is_stopped(told(page.findings), "套得太深")
    render_sections(environment, "main.md", ["甲"], {}, WORDING, page)
    assert page.findings.has_errors


def test_the_clock_stops_what_nothing_else_does(
    context: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1)
    source = "{% set s = 'a'*9999999 %}{% for i in range(99999) %}{% if 'b' in s %}{% endif %}"
    _, findings = in_narrative(source + "{% endfor %}", context)
    assert is_stopped(findings, "运行超过 1 秒")


SYNTAX = [
    pytest.param("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", id="brackets"),
    pytest.param("{{ " + "[" * 3000 + "]" * 3000 + " }}", id="lists"),
    pytest.param("{{ " + "-" * 5000 + "1 }}", id="signs"),
    pytest.param("{{ 1" + "+1" * 20000 + " }}", id="sums"),
    pytest.param("{{ " + "9" * 5000 + " }}", id="digits"),
    pytest.param("{% if 1 %}" * 300 + "{% endif %}" * 300, id="branches"),
    pytest.param("{% for i in [1] %}" * 30 + "{% endfor %}" * 30, id="loops"),
    pytest.param("{{ " * 20000, id="open braces"),
    pytest.param('{{ "' * 20000, id="open strings"),
    pytest.param("{% " * 20000, id="open tags"),
    pytest.param("{{r " * 20000, id="open run tags"),
    pytest.param("{%p " * 20000, id="open paragraph tags"),
    pytest.param("{%- " * 20000, id="open dashes"),
    pytest.param("{% vm" * 20000, id="open merges"),
    pytest.param("{%colspan" + " " * 4000 + "x", id="blanks"),
    pytest.param(r"{% colspan \g<9> %}", id="group reference"),
]


@pytest.mark.parametrize("source", SYNTAX)
def test_templates_that_choke_compilers(
    source: str, context: dict[str, Any], tmp_path: Path
) -> None:
    depth = sys.getrecursionlimit()
    for text, findings in (in_narrative(source, context), in_word(source, context, tmp_path)):
        assert not text
        assert [finding[:4] for finding in findings] == ["T102"]
    assert sys.getrecursionlimit() == depth


@pytest.mark.parametrize(
    "name", ["../passwd", "a/../../passwd", "link.md", "a\\..\\..\\passwd", "\0", "a" * 5000]
)
def test_names_stay_in_the_folders(name: str, tmp_path: Path, secret: Path) -> None:
    folder = tmp_path / "bundles"
    folder.mkdir()
    (folder / "main.md").write_text("{% include 名称 %}", encoding="utf-8")
    (folder / "link.md").symlink_to(secret)
    environment = narrative_environment(loader=FolderLoader(folder))
    page = Page(Place("main.md"))
    text = render_markdown(environment, "main.md", {"名称": name}, {}, WORDING, page)
    assert text is None
    assert page.findings.has_errors


def test_what_templates_need_still_works(context: dict[str, Any]) -> None:
    source = (
        "{% macro m(a, b='乙') %}{{ a }}*{{ b }}{{ caller() if caller }}{% endmacro %}{{ m(x) }} "
        "{% for a in ['甲', '乙'] if a %}{{ loop.index }}{{ a }}{{ loop.cycle('、', '。') }}"
        "{% endfor %}{% set n = namespace(k=0) %}{% for i in range(5) %}{% set n.k = n.k + i %}"
        "{% endfor %}{{ n.k }} {{ [1, 2, 3]|length }} {{ ['甲', '乙']|join('、') }} "
        "{{ range(6)|slice(2)|list|length }} {{ 7 % 4 }} {{ 2**10 }} {{ 'ab' * 2 }} "
        "{{ '甲' ~ 1 ~ '乙' }} {{ 'abc'[1:] }} {{ (收入总计 + 收入总计)|金额 }} "
        "{{ 个数([1, 2])|计数 }} {% if 'b' in 'abc' and 1 < 2 < 3 %}是{% endif %}"
    )
    text, findings = in_narrative(source, context)
    assert not findings
    plain = "".join(sign for sign in text if not "\ue000" <= sign <= "\uf8ff")
    assert plain == "甲*乙 1甲、2乙。10 3 甲、乙 2 3 1024 abab 甲1乙 bc 200.00元 2 是"


def test_a_macro_is_escaped_once(context: dict[str, Any], tmp_path: Path) -> None:
    source = "{% macro m(a) %}{{ a }}{% endmacro %}{{ m('A&B*<') }}"
    assert in_narrative(source, context) == ("A&B\\*\\<", [])
    assert in_word(source, context, tmp_path) == ("A&B*<", [])


def test_a_document_has_its_allowance_to_itself(context: dict[str, Any]) -> None:
    source = "{% for i in range(90000) %}{% for j in [1, 2, 3] %}{% endfor %}{% endfor %}完"
    for _ in range(3):
        assert in_narrative(source, context) == ("完", [])


def test_the_kind_of_counts_is_kept() -> None:
    assert FUNCTIONS["个数"]([1]).kind is Kind.COUNT
