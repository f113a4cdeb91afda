"""An argument parser whose complaints are one message with the nearest valid word."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from typing import NoReturn

from incentive_abm.errors import UserError, nearest, quoted

NEIGHBOURS = {
    **dict.fromkeys(("steps", "n-steps", "max-steps", "ticks", "duration", "horizon", "length"), ("--quarters",)),
    **dict.fromkeys(("iterations", "runs", "n-runs", "repetitions", "reps", "replicates", "n-seeds", "samples", "n-samples"),
                    ("--seeds",)),
    **dict.fromkeys(("output", "output-dir", "out-dir", "dir", "o"), ("--out",)),
    **dict.fromkeys(("param", "parameter", "parameters", "p", "define"), ("--set",)),
    **dict.fromkeys(("processes", "n-processes", "jobs", "j", "cores", "n-jobs", "cpus"), ("--workers", "--threads")),
}
"""Options of neighbouring tools, with ours."""
_UNKNOWN = "unrecognized arguments: "
_CHOICE = re.compile(r"(?:argument )?(?P<what>.*?): invalid choice: (?P<given>.*?) \(choose from (?P<known>.*)\)$")


class Parser(argparse.ArgumentParser):
    """As argparse's, but options are never guessed from a beginning, and a mistake raises UserError."""

    def __init__(self, prog: str | None = None, description: str | None = None, help: str | None = None) -> None:
        super().__init__(prog=prog, description=description, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Raise UserError with what was wrong, the nearest valid word and where to find help."""
        raise UserError(f"{self._told(message)}\nHelp: {self.prog} --help")

    def _told(self, message: str) -> str:
        if message.startswith(_UNKNOWN):
            given = message.removeprefix(_UNKNOWN).split()
            option = next((word for word in given if word.startswith("-")), "")
            if not option:
                # argparse joins them by spaces: an argument of spaces alone leaves nothing between.
                return f"{quoted(given[0] if given else ' ')} is one argument too many"
            name = option.split("=")[0]
            options = tuple(_options(self))
            here = [ours for ours in NEIGHBOURS.get(name.lstrip("-").casefold().replace("_", "-"), ()) if ours in options]
            hint = f" (here: {here[0]})" if here else nearest(name, options)
            return f"unknown option {name}{hint}"
        choice = _CHOICE.match(message)
        if choice:
            known = [word.strip(" '\"") for word in choice["known"].split(",")]
            given_word = choice["given"].strip("'\"")
            return f"{choice['what']} is {quoted(given_word)}; expected one of {', '.join(known)}{nearest(given_word, known)}"
        return message.removeprefix("argument ")


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                yield from _options(child)
