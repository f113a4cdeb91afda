"""What a user can do wrong: one exception, whose message is all that the user is shown."""

from __future__ import annotations


class UserError(Exception):
    """A user's mistake, told in one message that names the file, line or key and what was expected.

    The command line prints the message without a traceback and exits with 2.
    """


class PlaceError(UserError):
    """A place that cannot be read: a bad folder, file, cell, node or edge."""


class ScenarioError(UserError):
    """A scenario or an override that cannot be used."""


class StudyError(UserError):
    """A study file, design or results folder that cannot be used."""
