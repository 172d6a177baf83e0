"""Dataclasses of which a run makes thousands: frozen to mypy, and made without a guard."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as unguarded
else:
    from collections.abc import Callable
    from dataclasses import dataclass

    _Class = TypeVar("_Class", bound=type)

    def unguarded(
        *, frozen: bool, eq: bool = True, slots: bool = True
    ) -> Callable[[_Class], _Class]:
        """As ``dataclass``, without the guard that a frozen one has at run time.

        The guard makes each field of a new object a call of ``object.__setattr__``: a Place
        takes 0.63 µs with it and 0.14 without, a Figure 1.1 and 0.25. mypy, which every commit
        passes, refuses to set a field either way.
        """
        assert frozen, "what is no value is a dataclass"
        return dataclass(eq=eq, slots=slots, unsafe_hash=eq)


__all__ = ["unguarded"]
