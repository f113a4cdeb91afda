"""What becomes of many places under one policy, and what each mechanism has to do with it: `python -m experiments.fates`."""
