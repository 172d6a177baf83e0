"""Zip files made of ready pieces: what was packed once is copied, never packed again."""

from reportgen.packing.checksums import checksum as checksum
from reportgen.packing.checksums import joined as joined
from reportgen.packing.deflate import END as END
from reportgen.packing.deflate import Deflate as Deflate
from reportgen.packing.deflate import deflate as deflate
from reportgen.packing.deflate import deflate_part as deflate_part
from reportgen.packing.frame import Frame as Frame
from reportgen.packing.members import DEFLATED as DEFLATED
from reportgen.packing.members import Member as Member
from reportgen.packing.members import ending as ending
from reportgen.packing.members import raw_member as raw_member
