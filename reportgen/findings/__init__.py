"""Findings: faults in data, texts and templates, collected and shown together."""

from reportgen.findings.codes import CODES as CODES
from reportgen.findings.codes import FAMILIES as FAMILIES
from reportgen.findings.codes import Code as Code
from reportgen.findings.finding import Finding as Finding
from reportgen.findings.finding import Findings as Findings
from reportgen.findings.finding import Severity as Severity
from reportgen.findings.finding import Waiver as Waiver
from reportgen.findings.nearest import mistaken as mistaken
from reportgen.findings.nearest import nearest as nearest
from reportgen.findings.nearest import nearest_code as nearest_code
from reportgen.findings.place import Place as Place
from reportgen.findings.selection import Selection as Selection
from reportgen.findings.selection import codes_in as codes_in
