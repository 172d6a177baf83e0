"""Completeness: every part, heading, table, count and statement that the outline asks for."""

from reportgen.checks.completeness.forms import check_forms as check_forms
from reportgen.checks.completeness.headings import HeadingCheck as HeadingCheck
from reportgen.checks.completeness.layout import Printed as Printed
from reportgen.checks.completeness.layout import check_layout as check_layout
from reportgen.checks.completeness.layout import markdown_layout as markdown_layout
from reportgen.checks.completeness.reading import SectionText as SectionText
from reportgen.checks.completeness.tables import check_empty_tables as check_empty_tables
