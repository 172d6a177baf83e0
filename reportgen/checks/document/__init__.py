"""The document gate: the finished file is read back before it is published.

``gate`` holds what was written against what was rendered; ``edited`` holds a document that
was edited by hand against the data.
"""
