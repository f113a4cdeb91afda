"""The command `incentive-abm`: one module a subcommand, loaded only when it is asked for."""

from incentive_abm.cli.main import main, program

__all__ = ["main", "program"]
