"""The floors of the house: imports point down only, those inside functions included."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import reportgen

PACKAGE = Path(reportgen.__file__).parent
FLOORS = {
    "version": 0,
    "errors": 0,
    "findings": 0,
    "packing": 0,
    "unguarded": 0,
    "model": 1,
    "sources": 2,
    "language": 3,
    "narrative": 4,
    "rules": 4,
    "checks": 5,
    "render": 5,
    "outputs": 5,
    "bundle": 5,
    "pipeline": 6,
    "batch": 7,
    "preview": 7,
    "cli": 8,
    "__main__": 9,
    "__init__": 9,
}
LONGEST_FILE, LONGEST_FUNCTION = 500, 60
HEAVY = {
    "docxtpl": "render/word",
    "docx": "render/scaffold",
    "pandas": "sources/projects/",
    "xlsxwriter": "outputs/",
}


def _modules() -> dict[str, Path]:
    """Every module by its dotted name."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


MODULES = _modules()


def _imports(path: Path) -> Iterator[str]:
    """The absolute names a file imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            named = [f"{module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else module for name in named)


def _room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_point_down(module: str) -> None:
    room = _room(module)
    for imported in _imports(MODULES[module]):
        if imported.split(".")[0] != "reportgen":
            continue
        other = _room(imported)
        below = FLOORS[other] < FLOORS[room]
        ground = FLOORS[other] == FLOORS[room] == 0
        assert other == room or below or ground, f"{module} imports {imported}"


def test_every_room_has_a_floor() -> None:
    assert {_room(module) for module in MODULES} <= FLOORS.keys()


def test_no_import_cycles() -> None:
    graph = {
        module: {name for name in _imports(path) if name in MODULES and name != module}
        for module, path in MODULES.items()
    }
    inits = {module for module, path in MODULES.items() if path.name == "__init__.py"}
    leaves = {
        module: {name for name in names if name not in inits}
        for module, names in graph.items()
        if module not in inits
    }
    assert list(TopologicalSorter(leaves).static_order())


@pytest.mark.parametrize("library", sorted(HEAVY))
def test_heavy_libraries_stay_in_their_room(library: str) -> None:
    users = [
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES.values()
        if any(name.split(".")[0] == library for name in _imports(path))
    ]
    assert users
    assert all(user.startswith(HEAVY[library]) for user in users)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_files_and_functions_stay_short(module: str) -> None:
    text = MODULES[module].read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{module}.{node.name}: {length} lines"


@pytest.mark.parametrize("module", sorted(MODULES))
def test_public_names_have_docstrings(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), module
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{module}.{node.name}"


def test_no_float_literals_or_calls() -> None:
    """No float after a cell is read: the cells' door and page layout are the only places."""
    allowed = ("sources/xlsx_values.py", "render/scaffold/")
    for path in MODULES.values():
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(allowed):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            is_call = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "float"
            )
            cutoff = name == "findings/nearest.py"  # a likeness, not an amount
            assert cutoff or not (is_literal or is_call), f"{name}: {ast.unparse(node)}"
