"""The texts of a table as one report prints them: 部门 or 单位, which budget, its year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from reportgen.model import Profile

CHOICES = (("部门", "单位"), ("年初预算", "全年预算"))
"""What a text may depend on: one text for each of a pair."""
_SLOT = re.compile(r"\{([^{}]*)\}")
_TEXTS = ("title", "note", "empty")


def first_text(texts: Mapping[Any, str]) -> str:
    """The text of a bundle without a report.

    >>> first_text({"": "甲"}), first_text({"部门": "乙", "单位": "丙"}), first_text({})
    ('甲', '乙', '')
    """
    return next(iter(texts.values()), "")


def variants(texts: Mapping[str, Mapping[Any, str]]) -> Mapping[str, Mapping[str, str]]:
    """Those of a table's texts that depend on the report."""
    return MappingProxyType({name: found for name, found in texts.items() if "" not in found})


def fitted(profile: Profile, slots: Mapping[str, str]) -> Profile:
    """The profile with its texts chosen and their {slots} filled."""
    texts = [
        _fitted(getattr(profile, name), profile.variants.get(name, {}), slots) for name in _TEXTS
    ]
    if texts == [profile.title, profile.note, profile.empty]:
        return profile
    return replace(profile, title=texts[0], note=texts[1], empty=texts[2])


def _fitted(text: str, choices: Mapping[str, str], slots: Mapping[str, str]) -> str:
    chosen = {slots.get("层级", ""), slots.get("预算口径", "")}
    text = next((choices[key] for key in choices if key in chosen), text)
    return _SLOT.sub(lambda match: slots.get(match[1], match[0]), text)
