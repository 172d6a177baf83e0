"""Reports of Chinese government finance from data, tables and templates."""

from reportgen.version import VERSION as __version__

__all__ = ["__version__"]
