"""Files in; cells, tables, texts and settings with their places out."""
