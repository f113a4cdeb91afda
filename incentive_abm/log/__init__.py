"""The log of a run: what its columns are, and the kernels that list its rows and choose those that tell why."""
