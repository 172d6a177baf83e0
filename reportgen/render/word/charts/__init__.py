"""Native charts of Word: made from the narrative's, or drawn in the template and refilled.

Everything that needs python-pptx is in this room, and is imported only where a chart exists.
"""
