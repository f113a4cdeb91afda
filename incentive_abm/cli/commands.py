"""The subcommands: a name, the module that holds it, one line of help.

A module has `add_arguments(parser)` and `main(args) -> int`, and is imported only when its command is asked for.
Names of modules are text, so that what lies above the model can be called without being imported by it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """One subcommand; `extra` is the optional set of packages that it needs, if any."""

    name: str
    module: str
    help: str
    extra: str = ""


COMMANDS: tuple[Command, ...] = (
    Command("run", "incentive_abm.cli.run", "run a place under a scenario: a table of what became of it, and a report"),
    Command("explain", "incentive_abm.cli.explain", "tell the history of one tie, from the folder of a run"),
    Command("workshop", "dashboards.cli.workshop", "open a page for a room: move a lever, see what happens", "stage"),
    Command("page", "dashboards.cli.page", "write the page for a room as one file that needs no server and no network"),
    Command("parameters", "incentive_abm.cli.parameters", "list what can be changed: range, default, meaning, source"),
    Command("scenarios", "incentive_abm.cli.scenarios", "list the scenarios, or show one"),
    Command("place", "incentive_abm.cli.place", "check, import, draw or generate a place"),
    Command("sweep", "experiments.cli.sweep", "run a study of many settings; can be stopped and resumed", "analysis"),
    Command("analyse", "experiments.cli.analyse", "analyse a sweep and write its report", "analysis"),
    Command("verify", "experiments.cli.verify", "rerun random rows of a sweep; they must match exactly", "analysis"),
    Command("claims", "experiments.cli.claims", "put the claims of the five texts to the model; a verdict for each", "analysis"),
    Command("calibrate", "experiments.cli.calibrate", "narrow what is uncertain by what was observed; says how far to believe it",
            "analysis"),
    Command("robust", "experiments.cli.robust", "search for few levers that help over what nobody knows", "robust"),
    Command("challenge", "experiments.cli.challenge", "search for what would turn a claim round, or one of your own", "analysis"),
    Command("bench", "incentive_abm.cli.bench", "measure speed and memory on this machine"),
)
