"""What is observed narrows what is uncertain: approximate Bayesian computation from runs, and how far to believe it."""
