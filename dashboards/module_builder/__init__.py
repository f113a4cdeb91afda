"""Compiling the model for the page: what `make web` ships, and what a page by other rules plays."""
