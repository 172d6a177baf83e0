"""The documents of tests/cases: cases between dots, and what a file gives for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
CHECKS, CELLS = "检查：", "出处："
SETTINGS, DATA = "写法", "数据"


@dataclass
class Case:
    """One case as written: where it stands, its four parts, and what else it expects.

    ``settings`` and ``shared`` are what the file gives for all the cases below.
    """

    file: str
    line: int
    title: str
    data: str = ""
    template: str = ""
    sentence: str = ""
    settings: str = ""
    shared: str = ""
    codes: list[str] = field(default_factory=list)
    cells: list[str] | None = None


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a file: title, then data, template and sentence between dots.

    A title that begins with 写法 or 数据 has one part, for all the cases that follow.
    """
    case: Case | None = None
    parts: list[list[str]] = []
    given = {SETTINGS: "", DATA: ""}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if case is None:
            if line.strip() and not line.startswith("#"):
                assert line != ".", f"{path.name}:{number} 这一行之前没有标题"
                case, parts = Case(path.name, number, line.strip()), []
                case.settings, case.shared = given[SETTINGS], given[DATA]
        elif line == ".":
            parts.append([])
            if case.title[:2] in given and len(parts) == 2:
                given[case.title[:2]] = "\n".join(parts[0])
                case = None
            elif len(parts) == 4:
                yield _finished(case, parts)
                case = None
        else:
            assert parts, f"{path.name}:{number} 标题只写一行，下一行是单独的“.”"
            parts[-1].append(line)
    assert case is None, f"{path.name}:{case.line if case else 0} 用例没有写完"


def _finished(case: Case, parts: list[list[str]]) -> Case:
    case.data, case.template = "\n".join(parts[0]), "\n".join(parts[1])
    sentence = parts[2]
    while sentence and sentence[-1].startswith((CHECKS, CELLS)):
        last = sentence.pop()
        names = last.partition("：")[2].split("、")
        if last.startswith(CHECKS):
            case.codes = names
        else:
            case.cells = names
    case.sentence = "\n".join(sentence)
    return case


FILES = [
    path
    for path in sorted([*FOLDER.glob("*.md"), *(FOLDER / "provinces").glob("*.md")])
    if path.name != "README.md"
]
ALL = [case for path in FILES for case in read_cases(path)]
