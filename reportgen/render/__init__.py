"""Documents from sections and tables: Markdown and Word."""
