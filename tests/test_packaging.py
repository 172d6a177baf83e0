"""An installed wheel carries the bundles; README's commands are what CI runs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_readme_prints_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\n    pip install . && reportgen render examples/jincheng-2022 -o out\n" in readme
    assert "\n    pip install '.[test]' && pytest\n" in readme


def test_wheel_carries_the_templates(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "-q", "-w", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode and "hatchling" in done.stderr:
        pytest.skip("hatchling can't be fetched here")
    assert done.returncode == 0, done.stderr
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for file in ("bundle.yaml", "outline.yaml", "wording.yaml", "narrative.md"):
        assert f"reportgen/_bundles/final-accounts/shanxi-2022/{file}" in names
    assert "reportgen/_bundles/final-accounts/shanxi-2022/report.docx" in names
    assert "reportgen/_bundles/final-accounts/common/report.md" in names


def test_bundles_are_found_outside_the_checkout(tmp_path: Path) -> None:
    """An installed package finds its own bundles from any folder."""
    command = [sys.executable, "-m", "reportgen", "templates"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "final-accounts/shanxi-2022" in done.stdout
