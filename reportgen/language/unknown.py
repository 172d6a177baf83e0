"""Unknown names: recorded where they would be printed, harmless on the way there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import Undefined
from jinja2.utils import missing


class Unknown(Undefined):
    """What an unknown name evaluates to; it prints as 【未知名称：…】 and spreads."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The name as the author wrote it."""
        return str(self._undefined_name)

    @property
    def owner(self) -> object:
        """The object that was asked for the name, or ``None`` for a top-level name."""
        owner = self._undefined_obj
        return None if owner is missing else owner

    @property
    def is_nothing(self) -> bool:
        """Whether this is no name at all: what Jinja gives for the first of an empty list."""
        return self._undefined_name is None

    @property
    def list_name(self) -> str:
        """The list that was empty, where it is one that the templates know by name."""
        return self._undefined_hint or ""

    def lookup(self, _name: str) -> Unknown:
        """Whatever belongs to an unknown name is unknown under the same name."""
        return self

    def _self(self, *_args: Any) -> Unknown:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _self  # type: ignore[assignment]
    __truediv__ = __rtruediv__ = __neg__ = __getitem__ = __call__ = _self  # type: ignore[assignment]

    def _false(self, _other: Any) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _false  # type: ignore[assignment]

    def __str__(self) -> str:
        if self.is_nothing:
            return "【待填写】"
        return f"【未知名称：{self.name}】"

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __bool__(self) -> bool:
        return False
