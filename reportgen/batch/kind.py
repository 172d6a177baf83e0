"""What a run makes, in the words of its terminal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """Forms of projects, or whole reports.

    ``word`` is what one is made of, ``unit`` counts them, ``document`` is what is made.
    ``is_told`` says whether each has a line of its own at the end, ``is_traced`` whether the
    run has one trace for all: a report has its own.
    """

    word: str
    unit: str
    document: str
    is_told: bool
    is_traced: bool


FORMS = Kind("项目", "个", "自评表", is_told=False, is_traced=True)
REPORTS = Kind("报告", "份", "报告", is_told=True, is_traced=False)
