"""Files out: safe names, whole files or none, and the record of a run."""

from reportgen.outputs.manifest import digest as digest
from reportgen.outputs.manifest import manifest as manifest
from reportgen.outputs.manifest import record as record
from reportgen.outputs.manifest import recorded as recorded
from reportgen.outputs.names import safe_name as safe_name
from reportgen.outputs.write import write_all as write_all
