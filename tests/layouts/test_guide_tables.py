"""What the guide says of a province's own tables: its examples load over those of common."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.bundle import load_bundle, search_path
from reportgen.findings import Findings

GUIDE = (Path(__file__).parents[2] / "templates" / "README.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## 四、公开表（tables.yaml）")[2].partition("\n## ")[0]
EXAMPLES = re.findall(r"```yaml\n(.*?)```", SECTION, flags=re.DOTALL)


@pytest.mark.parametrize("text", EXAMPLES[1:], ids=lambda text: str(text).partition("\n")[0])
def test_examples_load(tmp_path: Path, text: str) -> None:
    own = tmp_path / "final-accounts" / "例"
    own.mkdir(parents=True)
    settings = "名称: 例\n上级: final-accounts/common\n"
    (own / "bundle.yaml").write_text(settings, encoding="utf-8")
    (own / "tables.yaml").write_text(text, encoding="utf-8")
    findings = Findings()
    bundle = load_bundle("final-accounts/例", search_path(tmp_path), findings)
    assert [str(finding) for finding in findings] == []
    assert bundle
