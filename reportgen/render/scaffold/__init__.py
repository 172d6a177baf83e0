"""Draws a first report.docx for a bundle, on the page of GB/T 9704."""

from reportgen.render.scaffold.document import draw as draw
