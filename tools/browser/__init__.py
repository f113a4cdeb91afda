"""Building the compiled model that a browser runs: `python -m tools.browser`."""
