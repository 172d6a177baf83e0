"""From a prepared report through the document gate to files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.checks.document import check_markdown, check_word
from reportgen.findings import Place
from reportgen.narrative.phrases import fill
from reportgen.outputs import manifest, record, safe_name, write_all
from reportgen.pipeline.job import Prepared
from reportgen.pipeline.prepare import template_environment
from reportgen.render.markdown import render_markdown
from reportgen.version import VERSION

OFFICE = "内部"
PAGES_FILLED = "目录页码已按 LibreOffice 的排版填入。"
PAGES_LEFT = "没有找到 LibreOffice，目录页码留待 Word 打开文件时更新。"
LAYOUTS = {"md": "report.md", "docx": "report.docx"}


@dataclass(frozen=True)
class Publication:
    """The files of a report, still in memory; ``remarks`` say what was done on the way."""

    name: str
    files: dict[str, bytes]
    remarks: tuple[str, ...] = ()


def compose(prepared: Prepared, formats: Sequence[str]) -> Publication:
    """Render every format and pass it through the document gate; nothing is written."""
    settings, bundle = prepared.settings, prepared.bundle
    assert settings
    assert bundle
    name = _name(prepared)
    files: dict[str, bytes] = {}
    remarks: list[str] = []
    for ending in formats:
        content = _word(prepared, remarks) if ending == "docx" else _markdown(prepared)
        if content is None:
            continue
        file = f"{name}.{ending}"
        if ending == "docx":
            check_word(file, content, prepared.findings)
        else:
            check_markdown(file, content.decode("utf-8"), prepared.findings)
        files[file] = content
    return Publication(name, files, tuple(remarks))


def publish(
    prepared: Prepared, publication: Publication, folder: Path, *, overwrite: bool
) -> list[Path]:
    """Write the documents and the office's manifest; return what was written."""
    settings, bundle = prepared.settings, prepared.bundle
    assert settings
    assert bundle
    source = prepared.job.folder
    made = record(
        version=VERSION,
        template=bundle.name,
        template_digest=bundle.digest(),
        inputs=[source / "report.yaml", *(source / name for name in settings.files.names())],
        outputs=publication.files,
        findings=prepared.judged,
        figures=len(prepared.page.citations) if prepared.page else 0,
    )
    paths = {folder / name: content for name, content in publication.files.items()}
    office = folder / OFFICE / "manifest.json"
    paths[office] = manifest(office, publication.name, made)
    done = write_all(paths, prepared.findings, overwrite=overwrite, records={office})
    return list(paths) if done else []


def _name(prepared: Prepared) -> str:
    settings, bundle = prepared.settings, prepared.bundle
    assert settings
    assert bundle
    slots = {"单位": settings.unit, "年度": str(settings.year), "层级": settings.level}
    wanted = fill(bundle.settings.output, slots)
    name = safe_name(wanted)
    if name != wanted:
        message = f"“{wanted}”不能用作文件名，已改为“{name}”。"
        prepared.findings.note("F102", Place("report.yaml"), message)
    return name


def _markdown(prepared: Prepared) -> bytes | None:
    bundle, page = prepared.bundle, prepared.page
    assert bundle
    assert page
    layout = bundle.template_name(LAYOUTS["md"])
    environment = template_environment(bundle)
    text = render_markdown(
        environment, layout, prepared.context, prepared.sections, bundle.wording, page
    )
    return None if text is None else text.encode("utf-8")


def _word(prepared: Prepared, remarks: list[str]) -> bytes | None:
    # the press is imported only where a Word file is made
    from reportgen.render.word.pages import page_numbers
    from reportgen.render.word.press import open_template

    def paginate(probe: bytes) -> Mapping[int, int] | None:
        numbers = page_numbers(probe)
        remarks.append(PAGES_FILLED if numbers else PAGES_LEFT)
        return numbers

    bundle, page = prepared.bundle, prepared.page
    assert bundle
    assert page
    path = bundle.file(LAYOUTS["docx"])
    if path is None:
        message = "模板没有 report.docx。"
        hint = f"请用 reportgen templates scaffold {bundle.name} 生成。"
        prepared.findings.error("D101", Place(bundle.name), message, hint)
        return None
    template = open_template(path, prepared.findings)
    if template is None:
        return None
    return template.render(prepared.context, prepared.sections, bundle.wording, page, paginate)
