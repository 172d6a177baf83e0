"""Three gates with one result type: data, template, document."""
