"""The first and the last of a list: where it is empty, the page says which list it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from reportgen.language.unknown import Unknown


@pass_context
def first(context: Context, items: Iterable[Any]) -> Any:
    """The first item."""
    return _one(context, items, iter(items))


@pass_context
def last(context: Context, items: Any) -> Any:
    """The last item."""
    return _one(context, items, reversed([*items]))


FIRSTS = {"first": first, "last": last}


def _one(context: Context, items: object, ordered: Iterator[Any]) -> Any:
    if isinstance(items, Unknown):
        return items
    for item in ordered:
        return item
    names = (name for name, value in context.get_all().items() if value is items)
    return Unknown(hint=next(names, ""))
