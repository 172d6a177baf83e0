"""One rule of inheritance: maps merge by key, lists replace, null removes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.findings import Place
from reportgen.sources.yaml import Document


def merge(parent: Any, child: Any) -> Any:
    """Return ``child`` over ``parent``.

    >>> merge({"a": {"x": 1, "y": 2}, "b": [1, 2]}, {"a": {"y": 3, "x": None}, "b": [3]})
    {'a': {'y': 3}, 'b': [3]}
    """
    if not isinstance(parent, Mapping) or not isinstance(child, Mapping):
        return _plain(child)
    merged = {key: _plain(value) for key, value in parent.items()}
    for key, value in child.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), value)
    return merged


def _plain(value: Any) -> Any:
    """Plain maps and lists, nulls in maps dropped."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


@dataclass(frozen=True)
class Layered:
    """The merged data of a file and its parents; places come from the layer that holds them."""

    file: str
    data: Any
    layers: Sequence[Document]

    @classmethod
    def of(cls, file: str, layers: Sequence[Document]) -> Layered:
        """Merge ``layers``, the child first."""
        data: Any = {}
        for document in reversed(layers):
            data = merge(data, document.data)
        return cls(file, data, layers)

    def removed(self) -> dict[str, Place]:
        """The top-level names that some layer sets to null and none below it brings back."""
        found: dict[str, Place] = {}
        for document in self.layers:
            for name, value in document.data.items():
                if value is None and name not in self.data:
                    found.setdefault(str(name), document.place((name,)))
        return found

    def place(self, path: tuple[int | str, ...]) -> Place:
        """The place of ``path`` in the first layer that has it in full."""
        for document in self.layers:
            node = document.data
            try:
                for key in path:
                    node = node[key]
            except (KeyError, IndexError, TypeError):
                continue
            return document.place(path)
        return self.layers[0].place(path) if self.layers else Place(self.file)
