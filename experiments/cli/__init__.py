"""Subcommands that need the experiments: sweep, analyse, verify."""
