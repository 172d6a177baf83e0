"""A stranger's template: what it can't reach, can't call, and can't keep running."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
from jinja2 import DictLoader

from reportgen.findings import Finding, Findings, Place, Severity
from reportgen.language import Page, limits
from reportgen.model import Column, Figure, Profile, Table
from reportgen.narrative import Wording, narrative_environment, render_sections
from reportgen.render.markdown import render_markdown
from reportgen.render.word.press import open_template
from reportgen.rules import Derivation, Reconciliation, Relations, derive, reconcile

SECONDS = 2
WORDING = Wording()
SECRET = "不该看见的内容"


def _leak() -> str:
    """A function of Python that somebody has put into the context."""
    return SECRET


@pytest.fixture
def context(tmp_path: Path) -> dict[str, Any]:
    """Plain values, a figure and a table — and objects that have no business there."""
    profile = Profile("表01", "收入决算表", "公开01表", (Column("项目"), Column("金额")))
    return {
        "x": "甲",
        "收入总计": Figure("收入总计", 100),
        "表01": Table(profile, ()),
        "frame": pd.DataFrame({"a": [1]}),
        "path": tmp_path,
        "module": os,
        "function": _leak,
        "opener": open,
    }
