"""report.yaml: what one report is about and where its files are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from reportgen.findings import Findings, Waiver
from reportgen.model import Passage
from reportgen.sources.texts import clean
from reportgen.sources.yaml import Document, read_yaml, validate

_OF_YEAR = re.compile(r"-(\d{4})$")
_DATE = re.compile("20[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?")


_QUESTIONS = {
    "单位": ("某单位", "请填写单位全称，与公章一致。"),
    "层级": ("部门", "请填写“部门”（含下属单位）或“单位”（只有本级）。"),
    "年度": (2000, "请填写决算年度，四位数字，不加引号。"),
    "上年": ("有", "请填写“有”；没有上年数的，填“新设单位”。"),
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


_Name = Annotated[str, Field(min_length=1)]


def _listed(value: object) -> object:
    """One name as a list of one; several files hold one thing together."""
    return (value,) if isinstance(value, str) else value


_Names = Annotated[tuple[_Name, ...], Field(min_length=1, strict=False), BeforeValidator(_listed)]


class Files(_Strict):
    """File names in the report folder; the optional ones may be left out.

    Where a file is .xlsx, .xls or .csv, a list of files may stand for it: a table a file.
    """

    tables: _Names | None = Field(("决算表.xlsx",), alias="决算表")
    last_year: _Names | None = Field(None, alias="上年决算表")
    supplement: _Names | None = Field(None, alias="补充数据")
    reasons: str | None = Field(None, alias="原因")
    projects: _Names | None = Field(None, alias="项目")
    texts: str | None = Field(None, alias="文字")
    units: tuple[_Name, ...] = Field((), alias="单位决算表", strict=False)

    def names(self) -> tuple[str, ...]:
        """Every file that is named, in the order of the settings."""
        before = [*(self.tables or ()), *(self.last_year or ()), *(self.supplement or ())]
        alone = filter(None, (self.reasons, *(self.projects or ()), self.texts))
        return (*before, *alone, *self.units)


class WaiverEntry(_Strict):
    """A finding that the user accepts, with the reason."""

    code: str = Field(alias="代码", min_length=1)
    reason: str = Field(alias="理由", min_length=1)
    spot: str = Field("", alias="位置")
    difference: str = Field("", alias="相差")


class Settings(_Strict):
    """The content of report.yaml."""

    template: str = Field(alias="模板", min_length=1)
    unit: str = Field(alias="单位", min_length=1)
    level: Literal["部门", "单位"] = Field("部门", alias="层级")
    year: int = Field(alias="年度", ge=1949, le=2999)
    last_year: Literal["有", "新设单位"] = Field("有", alias="上年")
    budget: Literal["年初预算", "全年预算"] | None = Field(None, alias="预算口径")
    files: Files = Field(default_factory=Files, alias="文件")
    cover: dict[str, str] = Field({}, alias="封面")
    waivers: tuple[WaiverEntry, ...] = Field((), alias="豁免", strict=False)
    _passages: tuple[Passage, ...] = PrivateAttr(())

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The texts that are printed as they are, each at its line."""
        return self._passages


def read_settings(folder: Path, findings: Findings) -> tuple[Settings | None, list[Waiver]]:
    """Read ``folder``/report.yaml; ``None`` with findings where it can't be used."""
    document = read_yaml(folder / "report.yaml", findings)
    if document is None:
        return None, []
    is_open = _report_open(document, findings)
    settings = validate(Settings, document, findings)
    if settings is None or is_open:
        return None, []
    unit = clean(settings.unit, document.place(("单位",)), findings)
    if not unit.strip():
        findings.error("C104", document.place(("单位",)), "“单位”是空白。", "请填写单位名称。")
        return None, []
    settings = settings.model_copy(update={"unit": " ".join(unit.split())})
    _report_namesakes(settings, document, findings)
    _report_other_year(settings, document, findings)
    settings._passages = tuple(_printed(settings, document))  # noqa: SLF001 - ours to fill
    return settings, _waivers(settings, document)


def _report_open(document: Document, findings: Findings) -> bool:
    """Say what is not filled in yet; something stands in, so that the rest can be checked."""
    blank = [key for key in _QUESTIONS if document.data.get(key, key) in (None, "")]
    for key in blank:
        document.data[key], hint = _QUESTIONS[key]
        findings.error("C107", document.place((key,)), f"还没有填写“{key}”。", hint)
    return bool(blank)


def _report_namesakes(settings: Settings, document: Document, findings: Findings) -> None:
    """Two files of one name could not be told apart in findings, links and the manifest."""
    paths: dict[str, str] = {}
    for path in settings.files.names():
        name = Path(path).name.casefold()
        if Path(paths.setdefault(name, path)) != Path(path):
            message = f"“{paths[name]}”和“{path}”文件名相同，检查结果里分不清是哪一个。"
            findings.error("C104", document.place(("文件",)), message, "请把其中一个改名。")


def _report_other_year(settings: Settings, document: Document, findings: Findings) -> None:
    """A template that has a year in its name, and a report of another one."""
    found = _OF_YEAR.search(settings.template)
    if found and int(found[1]) != settings.year:
        message = f"模板“{settings.template}”是{found[1]}年度的，这里写的是{settings.year}年度。"
        hint = "请核对年度，或换用这一年的模板；确实用这一套的，可以写进“豁免”。"
        findings.warning("C110", document.place(("年度",)), message, hint)


def _printed(settings: Settings, document: Document) -> Iterator[Passage]:
    yield Passage(settings.unit, document.place(("单位",)), "单位")
    for name, text in settings.cover.items():
        # the cover bears the date of publication, which is a later year
        shown = _DATE.sub("", text)
        yield Passage(shown, document.place(("封面", name)), name)


def _waivers(settings: Settings, document: Document) -> list[Waiver]:
    return [
        Waiver(
            entry.code,
            entry.reason,
            document.place(("豁免", number, "代码")),
            entry.spot.strip(),
            entry.difference.strip(),
        )
        for number, entry in enumerate(settings.waivers)
    ]
