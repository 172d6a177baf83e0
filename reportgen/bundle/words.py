"""Lists of words in YAML: as a list, or in one line with 、 between them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator


def split_words(value: object) -> object:
    """A line of words as a list; anything else stays for the schema to judge.

    >>> split_words("收入总计、支出总计"), split_words(["甲、乙"]), split_words("")
    (['收入总计', '支出总计'], ['甲、乙'], [])
    """
    if isinstance(value, str):
        return [word.strip() for word in value.split("、") if word.strip()]
    return value


Words = Annotated[list[str], BeforeValidator(split_words)]
