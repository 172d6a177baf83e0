"""Which columns of a sheet have the head of a column of the profile at the bottom."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.model import Column, Profile, plain

_Path = tuple[str, ...]
_BUDGETS = frozenset({"年初预算数", "全年预算数", "调整预算数"})  # beside 决算数 in 财决 books


def named(column: Column, profile: Profile, paths: Mapping[int, _Path]) -> list[int]:
    """The sheet columns with this lowest head, whatever stands over it."""
    leaves = column.spellings(profile.column_aliases)
    return [
        number
        for number, path in paths.items()
        if path and path[-1] in leaves and not _is_budget(path, profile)
    ]


def _is_budget(path: _Path, profile: Profile) -> bool:
    """Whether a column stands under 年初预算数 or the like, of which the profile knows nothing."""
    return any(head in _BUDGETS and head not in profile.heads for head in path[:-1])


def spellings(head: str, profile: Profile) -> set[str]:
    """A head and what else it is called, in comparable form."""
    return {plain(head), *(plain(alias) for alias in profile.column_aliases.get(head, ()))}
