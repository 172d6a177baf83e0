"""The codes of findings that Python code reports; a bundle's rules add their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reportgen.findings.codes.code import Code as Code
from reportgen.findings.codes.configuration import CONFIGURATION
from reportgen.findings.codes.files import FILES
from reportgen.findings.codes.narrative import NARRATIVE
from reportgen.findings.codes.printed import PRINTED
from reportgen.findings.codes.reading import READING
from reportgen.findings.codes.sums import SUMS
from reportgen.findings.codes.templates import TEMPLATES
from reportgen.findings.codes.texts import TEXTS
from reportgen.findings.codes.units import UNITS

CODES: Mapping[str, Code] = MappingProxyType(
    {
        **CONFIGURATION,
        **READING,
        **SUMS,
        **UNITS,
        **NARRATIVE,
        **TEXTS,
        **TEMPLATES,
        **PRINTED,
        **FILES,
    }
)
