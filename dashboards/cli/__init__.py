"""The subcommands that open pages."""
