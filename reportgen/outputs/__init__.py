"""Files out: safe names, whole files or none, and the record of a run."""

from reportgen.outputs.manifest import digest as digest
from reportgen.outputs.manifest import manifest as manifest
from reportgen.outputs.manifest import record as record
from reportgen.outputs.manifest import recorded as recorded
from reportgen.outputs.manifest import unchanged as unchanged
from reportgen.outputs.names import safe_name as safe_name
from reportgen.outputs.names import unique_names as unique_names
from reportgen.outputs.records import json_bytes as json_bytes
from reportgen.outputs.records import json_text as json_text
from reportgen.outputs.result import Result as Result
from reportgen.outputs.result import one_line as one_line
from reportgen.outputs.results import results_workbook as results_workbook
from reportgen.outputs.write import whole_file as whole_file
from reportgen.outputs.write import write_all as write_all
