"""What subjects are spent on: as the user explains them, else as the bundle does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.model import Blank
from reportgen.sources.texts import Text

HEADING = "科目说明"
"""The text of 文字.md whose parts (## 2080101 行政运行) explain subjects."""


class SubjectTexts(Mapping[str, Any]):
    """Explanations by code; a code that nobody explains is a blank to fill."""

    def __init__(self, known: Mapping[str, str], texts: Mapping[str, Any]) -> None:
        self._known = known
        self._texts = texts

    def __getitem__(self, code: str) -> str | Blank:
        found = self._own().get(code) or self._known.get(code)
        hint = f"请在文字.md的“# {HEADING}”下写“## {code} 科目名称”和说明。"
        return found or Blank(f"科目{code}的说明", "N106", hint)

    def _own(self) -> dict[str, str]:
        """The user's own explanations, each under a heading that begins with its code."""
        text = self._texts[HEADING]
        parts = text.parts if isinstance(text, Text) else ()
        return {part.name.split()[0]: "".join(part.lines) for part in parts if part.lines}

    def __iter__(self) -> Iterator[str]:
        return iter({**self._known, **self._own()})

    def __len__(self) -> int:
        return len(list(iter(self)))
