"""Experiments on the model: designs, running, analysis and reports. Importing this package loads nothing else."""
