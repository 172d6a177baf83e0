"""Codes, explanations, the code that reports them, and tests stay in step."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportgen
from reportgen.bundle import available, load_bundle, search_path
from reportgen.findings import CODES, FAMILIES, Findings

PACKAGE = Path(reportgen.__file__).parent
TESTS = Path(__file__).parents[1]
CODE = re.compile(r"[A-Z][0-9]{3}")
NOTES = {
    "D116",
    "D117",
    "F102",
    "F136",
    "N103",
    "N104",
    "N105",
    "U105",
    "U106",
    "P114",
    "P116",
    "F106",
}  # printed without a repair
REQUIRED = ("title", "condition", "why", "example", "hint")


def _reported(path: Path) -> Iterator[str]:
    """Codes that stand as literals in a file, but for those that are only asked about.

    A code is asked about in a comparison, or in a tuple, list or set of nothing but codes.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = {id(node) for group in ast.walk(tree) for node in _asked(group)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in asked and _is_code(node.value):
            yield str(node.value)


def _asked(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Compare):
        return [inner for side in (node.left, *node.comparators) for inner in ast.walk(side)]
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        values = [item.value for item in node.elts if isinstance(item, ast.Constant)]
        only = len(values) == len(node.elts) and all(map(_is_code, values))
        return list(node.elts) if only else []
    return []


def _is_code(value: object) -> bool:
    return isinstance(value, str) and CODE.fullmatch(value) is not None


def _sources() -> list[Path]:
    codes = PACKAGE / "findings" / "codes"
    return [path for path in PACKAGE.rglob("*.py") if codes not in path.parents]


def _tested() -> set[str]:
    """Codes in the strings of tests and in the cases; docstrings and this file left out."""
    found: set[str] = set()
    for path in set(TESTS.rglob("test_*.py")) - {Path(__file__)}:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in notes:
                found.update(CODE.findall(str(node.value)))
    for path in TESTS.glob("cases/**/*.md"):
        found.update(CODE.findall(path.read_text(encoding="utf-8")))
    return found


def test_what_is_reported_is_explained_and_what_is_explained_is_reported() -> None:
    assert {code for path in _sources() for code in _reported(path)} == CODES.keys()


def test_a_code_that_is_only_asked_about_is_not_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text('A = ("D105", "D107")\nif c == "D101": r("D102", "D9")\n', encoding="utf-8")
    assert list(_reported(path)) == ["D102"]


def test_every_code_stands_in_a_test() -> None:
    assert CODES.keys() - _tested() == set()


def test_families_share_no_code() -> None:
    assert sum(len(codes) for _, codes in FAMILIES) == len(CODES)


@pytest.mark.parametrize("name", CODES)
def test_every_code_has_all_parts(name: str) -> None:
    code = CODES[name]
    assert CODE.fullmatch(name)
    assert code.title
    assert not code.title.endswith("。")
    for text in (code.why, code.repair):
        assert text.endswith("。")
    assert 2 <= (code.why + code.repair).count("。") <= 5
    assert len(code.why + code.repair) <= 200


@pytest.mark.parametrize("name", CODES)
def test_every_example_reads_as_it_is_printed(name: str) -> None:
    place, found, told = CODES[name].example.partition(f": {name} ")
    assert place
    assert found
    sentences = re.findall(r"[^。？]+[。？]", told)
    assert "".join(sentences) == told
    assert len(sentences) >= (1 if name in NOTES else 2)


@pytest.mark.parametrize("name", [name for name, _ in available(search_path())])
def test_every_rule_of_every_bundle_has_the_required_parts(name: str) -> None:
    bundle = load_bundle(name, search_path(), Findings())
    assert bundle is not None
    for rule in bundle.reconciliations:
        assert CODE.fullmatch(rule.code), rule.code
        lacking = [part for part in REQUIRED if not getattr(rule, part)]
        assert lacking == [], rule.code
