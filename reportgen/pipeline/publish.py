"""From a prepared report through the document gate to files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.checks.document import check_markdown, check_word
from reportgen.findings import Place
from reportgen.language.marks import strip
from reportgen.narrative.phrases import fill
from reportgen.outputs import manifest, record, safe_name, unchanged, write_all
from reportgen.pipeline.job import Prepared
from reportgen.pipeline.papers import working_papers
from reportgen.pipeline.prepare import template_environment
from reportgen.pipeline.publication import Publication
from reportgen.render.markdown import marked_markdown
from reportgen.version import VERSION

if TYPE_CHECKING:  # the press is imported only where a Word file is made
    from reportgen.render.word.press import Pressed

OFFICE = "内部"
PAGES_FILLED = "目录页码已按 LibreOffice 的排版填入。"
PAGES_LEFT = "没有找到 LibreOffice，目录页码留待 Word 打开文件时更新。"
LAYOUTS = {"md": "report.md", "docx": "report.docx"}


def compose(prepared: Prepared, formats: Sequence[str]) -> Publication:
    """Render every format and pass it through the document gate; nothing is written."""
    settings, bundle = prepared.settings, prepared.bundle
    assert settings
    assert bundle
    name = _name(prepared)
    files: dict[str, bytes] = {}
    remarks: list[str] = []
    pressed = _word(prepared, remarks) if "docx" in formats else None
    marked = _markdown(prepared) if "md" in formats else None
    if pressed is not None:
        file = f"{name}.docx"
        check_word(file, pressed.content, prepared.findings)
        files[file] = pressed.content
    if marked is not None:
        file, text = f"{name}.md", strip(marked)
        check_markdown(file, text, prepared.findings)
        files[file] = text.encode("utf-8")
    return Publication(name, files, tuple(remarks), pressed, marked or "")


def publish(
    prepared: Prepared,
    publication: Publication,
    folder: Path,
    *,
    overwrite: bool,
    annotated: bool = False,
) -> list[Path]:
    """Write the documents, and for the office trace and manifest; return what was written.

    ``annotated`` adds a copy of the Word file with comments. A working paper of an earlier
    run is brought up to date unless someone has edited it.
    """
    bundle = prepared.bundle
    assert bundle
    office = folder / OFFICE
    papers = working_papers(prepared, publication, office, annotated=annotated)
    made = record(
        version=VERSION,
        template=bundle.name,
        template_digest=bundle.digest(),
        inputs=prepared.inputs,
        outputs=publication.files,
        office=papers,
        findings=prepared.judged,
        figures=len(prepared.page.citations) if prepared.page else 0,
    )
    listing = office / "manifest.json"
    paths = {folder / name: content for name, content in publication.files.items()}
    paths |= {office / name: content for name, content in papers.items()}
    records = {listing, *unchanged(listing, publication.name, [office / name for name in papers])}
    paths[listing] = manifest(listing, publication.name, made)
    done = write_all(paths, prepared.findings, overwrite=overwrite, records=records)
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


def _markdown(prepared: Prepared) -> str | None:
    bundle, page = prepared.bundle, prepared.page
    assert bundle
    assert page
    layout = bundle.template_name(LAYOUTS["md"])
    environment = template_environment(bundle)
    return marked_markdown(
        environment, layout, prepared.context, prepared.sections, bundle.wording, page
    )


def _word(prepared: Prepared, remarks: list[str]) -> Pressed | None:
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
    return template.press(prepared.context, prepared.sections, bundle.wording, page, paginate)
