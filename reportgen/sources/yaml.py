"""YAML files with line numbers; faults come back as findings at their line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from reportgen.findings import Findings, Place, nearest
from reportgen.sources.yaml_faults import repair, twice

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

_MESSAGES = {
    "missing": ("C103", "缺少“{key}”。"),
    "string_type": ("C104", "“{key}”应为文字。"),
    "int_type": ("C104", "“{key}”应为整数。"),
    "int_parsing": ("C104", "“{key}”应为整数。"),
    "bool_type": ("C104", "“{key}”应为 true 或 false。"),
    "list_type": ("C104", "“{key}”应为列表。"),
    "tuple_type": ("C104", "“{key}”应为列表，如 [增加, 减少]。"),
    "too_long": ("C104", "“{key}”写多了。"),
    "dict_type": ("C104", "“{key}”应为“名称: 值”的形式。"),
    "enum": ("C104", "“{key}”的值“{input}”不在可选范围内（{expected}）。"),
    "literal_error": ("C104", "“{key}”的值“{input}”不在可选范围内（{expected}）。"),
}
_WRONG_KEY = ("C104", "“{key}”里没有“{input}”（可写：{expected}）。")
_TOO_FEW = ("C104", "“{key}”写少了。")
_OF_A_MAP = "[key]"


class Placed(Protocol):
    """Data that knows where each of its keys stands."""

    @property
    def data(self) -> Any:
        """Plain maps, lists and scalars."""

    def place(self, path: tuple[int | str, ...]) -> Place:
        """The place of the key at ``path``."""


@dataclass(frozen=True)
class Document:
    """A YAML file: plain data, and the line and column of every key."""

    file: str
    data: Any

    def place(self, path: tuple[int | str, ...]) -> Place:
        """The place of the key at ``path``, or of its nearest parent that exists."""
        node, row, column = self.data, 1, 1
        for key in path:
            try:
                row, column = _position(node, key)
                node = node[key]
            except (KeyError, IndexError, TypeError):
                break
        return Place.line(self.file, row, column)


def _position(node: Any, key: int | str) -> tuple[int, int]:
    if isinstance(node, CommentedMap):
        line, column = node.lc.key(key)
    elif isinstance(node, CommentedSeq):
        line, column = node.lc.item(key)
    else:
        raise TypeError(type(node))
    return line + 1, column + 1


def read_yaml(path: Path, findings: Findings, shown: str = "") -> Document | None:
    """Parse a YAML file whose top is a map; ``None`` with a finding where it can't be read.

    ``shown`` is the file's name in findings, where its own name does not say enough.
    """
    file = shown or path.name
    text = _text(path, file, findings)
    if text is None:
        return None
    try:
        data = YAML(typ="rt").load(text)
    except DuplicateKeyError as error:
        findings.error("C102", _mark(file, error), twice(error), "请只保留一项。")
    except MarkedYAMLError as error:
        findings.error("C105", _mark(file, error), "YAML 格式有误。", repair(text, error))
    except ReaderError as error:
        place = Place.line(file, text.count("\n", 0, error.position) + 1)
        message = f"有不可用的字符（U+{ord(text[error.position]):04X}）。"
        findings.error("C105", place, message, "请删除后重新录入。")
    except YAMLError:
        findings.error("C105", Place(file), "YAML 格式有误。", "请检查冒号、缩进和引号。")
    else:
        if data is None or isinstance(data, CommentedMap):
            return Document(file, data if data is not None else CommentedMap())
        findings.error("C105", Place(file), "文件应由“名称: 值”组成。", "请照填表说明重写。")
    return None


def _text(path: Path, file: str, findings: Findings) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        findings.error("D101", Place(file), "找不到这个文件。", f"请在 {path.parent} 下建立。")
    except UnicodeDecodeError:
        findings.error("C105", Place(file), "文件不是 UTF-8 编码。", "请另存为 UTF-8 编码。")
    except OSError:
        findings.error("C105", Place(file), "文件打不开。", "请核对它是不是文本文件。")
    return None


def _mark(file: str, error: MarkedYAMLError) -> Place:
    mark = error.problem_mark
    return Place.line(file, mark.line + 1, mark.column + 1) if mark else Place(file)


Advice = Callable[[tuple[int | str, ...]], str]


def validate(
    model: type[Model], document: Placed, findings: Findings, advice: Advice = lambda _: ""
) -> Model | None:
    """Check a document against a schema; ``None`` with findings where it doesn't fit.

    ``advice`` may say what to do about a key that is missing.
    """
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors():
            _report(model, document, detail, advice, findings)
    return None


def _report(
    model: type[BaseModel],
    document: Placed,
    detail: ErrorDetails,
    advice: Advice,
    findings: Findings,
) -> None:
    path, kind = detail["loc"], detail["type"]
    code, message = _MESSAGES.get(kind, ("C104", "“{key}”的值“{input}”不合要求。"))
    if path[-1:] == (_OF_A_MAP,):
        (code, message), path = _WRONG_KEY, path[:-2]
    elif kind == "missing" and isinstance(path[-1], int):
        (code, message), path = _TOO_FEW, path[:-1]
    key = next((str(part) for part in reversed(path) if part != ""), "")
    place = document.place(detail["loc"])
    if kind == "extra_forbidden":
        hint = nearest(key, _known_keys(model, path)) or "请删除或改正。"
        findings.error("C101", place, f"未知的设置项“{key}”。", hint)
        return
    choices = str(detail.get("ctx", {}).get("expected", ""))
    expected = re.sub("' or '|', '", "、", choices).strip("'")
    text = message.format(key=key, input=detail.get("input", ""), expected=expected)
    hint = advice(path) if kind == "missing" else ""
    findings.error(code, place, text, hint or "请按填表说明改正。")


def _known_keys(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The keys a map at ``path`` may hold, following nested models by alias."""
    current: Any = model
    for key in path[:-1]:
        fields = _fields(current)
        field = fields.get(str(key))
        current = field.annotation if field is not None else current
    return list(_fields(current))


def _fields(model: Any) -> Mapping[str, Any]:
    for candidate in (model, *getattr(model, "__args__", ())):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return {field.alias or name: field for name, field in candidate.model_fields.items()}
    return {}
