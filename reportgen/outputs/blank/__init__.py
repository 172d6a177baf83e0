"""Blank workbooks in a bundle's layout, to be filled in by hand."""

from reportgen.outputs.blank.guide import SLOT as SLOT
from reportgen.outputs.blank.guide import guided as guided
from reportgen.outputs.blank.layout import blank_table as blank_table
from reportgen.outputs.blank.lists import Column as Column
from reportgen.outputs.blank.lists import List as List
from reportgen.outputs.blank.lists import lists_workbook as lists_workbook
from reportgen.outputs.blank.tables import tables_workbook as tables_workbook
