"""Templates loaded by name never leave the folders that hold the bundles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateNotFound, TemplateSyntaxError


class FolderLoader(FileSystemLoader):
    """Jinja's loader refuses ``..``; this one also refuses links that lead out."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template; TemplateNotFound outside the folders."""
        try:
            source, file, current = super().get_source(environment, template)
        except UnicodeDecodeError as error:
            raise TemplateSyntaxError("文件不是 UTF-8 编码", 1, template, template) from error
        except (ValueError, OSError) as error:  # a name or a file that the system refuses
            raise TemplateNotFound(template) from error
        roots = [Path(folder).resolve() for folder in self.searchpath]
        if not any(Path(file).resolve().is_relative_to(root) for root in roots):
            raise TemplateNotFound(template)
        return source, file, current
