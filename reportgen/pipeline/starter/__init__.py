"""A new report folder: what a bundle reads, to be filled in by hand."""

from reportgen.pipeline.starter.files import starter_files as starter_files
from reportgen.pipeline.starter.folder import put_folder as put_folder
