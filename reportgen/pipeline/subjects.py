"""What subjects are spent on: as the user explains them, else as the bundle does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.model import Blank
from reportgen.model.names import fold_digits
from reportgen.sources.texts import Text

HEADING = "科目说明"
"""The text of 文字.md whose parts (## 2080101 行政运行) explain subjects."""
_CODE = re.compile(r"\d+")


class SubjectTexts(Mapping[str, Any]):
    """Explanations by code; a code that nobody explains is a blank to fill."""

    def __init__(self, known: Mapping[str, str], texts: Mapping[str, Any]) -> None:
        self._known = known
        self._texts = texts
        self._asked: set[str] = set()

    def __getitem__(self, code: str) -> str | Blank:
        self._asked.add(code)
        own = self._own().get(code)
        found = "".join(own.lines) if own else self._known.get(code)
        hint = f"请在文字.md的“# {HEADING}”下写“## {code} 科目名称”和说明。"
        return found or Blank(f"科目{code}的说明", "N106", hint)

    def unused(self) -> Iterator[tuple[Text, str]]:
        """The user's own explanations that were not printed, each with what to do about it.

        None where nothing of the kind is printed at all: the whole text is unused then.
        """
        own = self._own() if self._asked else {}
        for part in self._parts() if self._asked else ():
            code = code_of(part.name)
            if not code:
                yield part, "标题请以科目编码开头，如“## 2080101 行政运行”。"
            elif own.get(code, part) is not part:
                yield part, f"“## {own[code].name}”说的是同一个科目，请合并为一篇。"
            elif code not in self._asked:
                yield part, "正文没有印这个科目，请核对编码，或删去。"

    def _own(self) -> dict[str, Text]:
        """The user's own explanations by code; of two for one code the first."""
        found: dict[str, Text] = {}
        for part in self._parts():
            if part.lines and code_of(part.name):
                found.setdefault(code_of(part.name), part)
        return found

    def _parts(self) -> tuple[Text, ...]:
        text = self._texts[HEADING]
        return text.parts if isinstance(text, Text) else ()

    def __iter__(self) -> Iterator[str]:
        return iter({**self._known, **self._own()})

    def __len__(self) -> int:
        return len(list(iter(self)))


def code_of(heading: str) -> str:
    """The code that a heading begins with, with a blank behind it or without.

    >>> code_of("2080101 行政运行"), code_of("２０８０１０１行政运行"), code_of("行政运行")
    ('2080101', '2080101', '')
    """
    found = _CODE.match(fold_digits(heading))
    return found[0] if found else ""
