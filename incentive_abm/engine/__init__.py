"""The compiled executor: the phases of the Mesa model over arrays, calling the same rules."""
