"""One rule of inheritance: maps merge by key, lists replace, null removes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from reportgen.findings import Findings, Place, nearest
from reportgen.sources.yaml import Document


def merge(parent: Any, child: Any) -> Any:
    """Return ``child`` over ``parent``.

    >>> merge({"a": {"x": 1, "y": 2}, "b": [1, 2]}, {"a": {"y": 3, "x": None}, "b": [3]})
    {'a': {'y': 3}, 'b': [3]}
    """
    if not isinstance(parent, Mapping) or not isinstance(child, Mapping):
        return _plain(child)
    merged = {key: _plain(value) for key, value in parent.items()}
    for name, value in child.items():
        key = spelled(name, merged)
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), value)
    return merged


def spelled(key: Any, known: Any) -> Any:
    """A key as a map has it: the quotes around 30101 make no other key of it.

    >>> spelled(30101, {"30101": "基本工资"}), spelled("30101", {30101: ""}), spelled("甲", {})
    ('30101', 30101, '甲')
    """
    if not isinstance(known, Mapping) or key in known:
        return key
    return next((own for own in known if str(own) == str(key)), key)


def _at(data: Any, path: tuple[int | str, ...]) -> Any:
    """What stands at a path of maps; an empty map where nothing does."""
    for key in path:
        data = data.get(key, {}) if isinstance(data, Mapping) else {}
    return data if isinstance(data, Mapping) else {}


def _plain(value: Any) -> Any:
    """Plain maps and lists, nulls in maps dropped."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def needless(parent: Any, child: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of nulls that remove nothing.

    >>> list(needless({"a": {"x": 1}}, {"a": {"x": None, "y": None}, "b": {"z": None}}))
    [('a', 'y'), ('b', 'z')]
    """
    known = parent if isinstance(parent, Mapping) else {}
    if isinstance(child, Mapping) and parent is not None:
        for key, value in child.items():
            own = spelled(key, known)
            if value is None and own not in known:
                yield (*path, key)
            elif value is not None:
                yield from needless(known.get(own, {}), value, (*path, key))


def _named(node: Any, path: Sequence[int | str]) -> Iterator[int | str]:
    """A path whose numbers, where a map may be written for a list, are the map's keys.

    >>> list(_named({"栏组": {"甲": {"列": []}, "乙": {"列": []}}}, ("栏组", 1, "列", 0)))
    ['栏组', '乙', '列', 0]
    """
    for key in path:
        own = key
        if isinstance(node, Mapping) and isinstance(key, int) and key not in node:
            own = next(islice(node, key, None), key)
        yield own
        try:
            node = node[own]
        except (KeyError, IndexError, TypeError):
            node = None


@dataclass(frozen=True)
class Layered:
    """The merged data of a file and its parents; places come from the layer that holds them.

    ``parent`` is what the parents alone say.
    """

    file: str
    data: Any
    layers: Sequence[Document]
    parent: Any = None

    @classmethod
    def of(cls, file: str, layers: Sequence[Document], findings: Findings | None = None) -> Layered:
        """Merge ``layers``, the child first; a null that removes nothing is a finding."""
        faults = Findings() if findings is None else findings
        data: Any = {}
        parent: Any = None
        for document in reversed(layers):
            parent = data if document is not layers[-1] else None
            for path in needless(parent, document.data):
                message = f"上级没有“{path[-1]}”，不能去掉。"
                siblings = [str(key) for key in _at(parent, path[:-1])]
                hint = nearest(str(path[-1]), siblings) or "请核对名称；不需要的，删去这一行。"
                if path[-2:-1] == ("改栏名",):
                    hint = f"不要这一栏的，写“去栏: [{path[-1]}]”。"
                faults.error("C109", document.place(path), message, hint)
            data = merge(data, document.data)
        return cls(file, data, layers, parent)

    def advice(self, path: tuple[int | str, ...]) -> str:
        """What to do about a key that is missing at ``path``, where the parents explain it."""
        *above, name, _ = ("", "", *path)
        siblings = _at(self.parent, tuple(above[2:]))
        if not isinstance(siblings, Mapping) or name in siblings or not siblings:
            return ""
        near = nearest(str(name), [str(key) for key in siblings])
        return f"上级没有“{name}”，新写的要写全。{near}" if near else ""

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
        path = tuple(_named(self.data, path))
        for document in self.layers:
            node, own = document.data, []
            try:
                for key in path:
                    own.append(spelled(key, node))
                    node = node[own[-1]]
            except (KeyError, IndexError, TypeError):
                continue
            return document.place(tuple(own))
        return self.layers[0].place(path) if self.layers else Place(self.file)
