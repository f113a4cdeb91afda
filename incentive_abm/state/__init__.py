"""The state of a run: every field declared once, in its record's file; numbering, arrays, pictures and columns follow."""
