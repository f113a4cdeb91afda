"""Arguments that several commands share: the place, the scenario, and values set by name."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from incentive_abm.errors import UserError, quoted
from incentive_abm.files import target_of, whats_there, why
from incentive_abm.parameters import PARAMETERS, Scope

if TYPE_CHECKING:
    from incentive_abm.place import Place
    from incentive_abm.scenario import Scenario
    from incentive_abm.scenario.posterior import Posterior, Row

MOST_DRAW = 2**31 - 1


def whole_number(low: int, high: int | None = None) -> Callable[[str], int]:
    """An argparse type: a whole number from `low`, and to `high` where one is given."""
    span = f"a whole number from {low:,}" + (f" to {high:,}" if high is not None else "")

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{quoted(text)} is not {span}") from None
        if number < low or (high is not None and number > high):
            raise argparse.ArgumentTypeError(f"{number:,} is not {span}")
        return number

    return read


def add_place(parser: argparse.ArgumentParser) -> None:
    """The positional argument PLACE."""
    parser.add_argument("place", nargs="?", metavar="PLACE",
                        help="folder with partners.csv and ties.csv; without it, the place that comes with the package")


def add_scenario(parser: argparse.ArgumentParser) -> None:
    """The options --scenario and --set."""
    parser.add_argument("--scenario", default="today", metavar="NAME|FILE",
                        help="a scenario's name (see: incentive-abm scenarios) or a .toml file; default: today")
    parser.add_argument("--set", action="append", default=[], dest="assignments", metavar="NAME=VALUE",
                        help="this value for everyone; may be repeated (see: incentive-abm parameters)")


def add_posterior(parser: argparse.ArgumentParser) -> None:
    """The options --posterior and --draw."""
    parser.add_argument("--posterior", metavar="NAME|FILE",
                        help="what is known after the data: posterior.csv of incentive-abm calibrate, or published-patterns; one "
                             "of its settings is drawn, for everyone from the start")
    parser.add_argument("--draw", type=whole_number(1, MOST_DRAW), metavar="N",
                        help="which draw of the posterior; the same number draws the same setting; default 1")


def add_known(parser: argparse.ArgumentParser) -> None:
    """The option --posterior where all of it is taken along."""
    parser.add_argument("--posterior", metavar="NAME|FILE",
                        help="what is known after the data: posterior.csv of incentive-abm calibrate, or published-patterns; the "
                             "room can let it differ from world to world")


def known_after_data(args: argparse.Namespace, place: Place | None = None) -> Posterior | None:
    """The posterior that was asked for, None where none was; raises UserError, also where it is of one other place."""
    from incentive_abm.scenario.posterior import read_posterior, shipped_posteriors

    if args.posterior is None:
        return None
    posterior = read_posterior(shipped_posteriors().find(args.posterior, where="--posterior"))
    if place is not None:
        posterior.check_place(place)
    return posterior


def drawn_row(args: argparse.Namespace, place: Place | None = None) -> Row | None:
    """The setting that `add_posterior` asked for, None where it asked for none; raises UserError.

    place: where it is to be used, which must be that of the data where these are of one place alone.
    """
    if args.posterior is None and args.draw is not None:
        raise UserError(f"--draw {args.draw}: nothing is drawn; expected --posterior NAME|FILE beside it")
    posterior = known_after_data(args, place)
    return posterior.row(args.draw or 1) if posterior else None


def add_rules(parser: argparse.ArgumentParser) -> None:
    """The option --rule."""
    parser.add_argument("--rule", action="append", default=[], dest="rules", metavar="RULE=FILE.py:FUNCTION|THEME=RIVAL",
                        help="another rule in the place of a shipped one, for example trust.evidence_for=my_rules.py:mine or "
                             "bargaining=nash; may be repeated (see docs/change-the-model.md)")


def add_measures(parser: argparse.ArgumentParser) -> None:
    """The option --measure."""
    parser.add_argument("--measure", action="append", default=[], dest="measures", metavar="FILE.py:FUNCTION",
                        help="a measure of your own, a column in the tables, for example my_measures.py:weakest_trust; may be "
                             "repeated (see docs/change-the-model.md)")


def add_page(parser: argparse.ArgumentParser, opened_at: str) -> None:
    """--page; opened_at: which runs the report's links open."""
    parser.add_argument("--page", type=Path, metavar="FILE",
                        help=f"a page written by `incentive-abm page`: the report links to it, opened at {opened_at}")


def place_and_scenario(args: argparse.Namespace) -> tuple[Place, Scenario, Row | None]:
    """What `add_place`, `add_scenario` and `add_posterior` asked for, the scenario checked against the place; raises UserError.

    A value set for filling holes in data goes to the place, every other to the scenario, as the setting of a posterior does.
    """
    from incentive_abm.scenario import load_scenario
    from incentive_abm.scenario.posterior import with_row

    given = assignments(args.assignments)
    filling = {name: value for name, value in given.items() if PARAMETERS[name].scope is Scope.DATA}
    acting = {name: value for name, value in given.items() if name not in filling}
    scenario = load_scenario(args.scenario).overlaid(acting)
    place = chosen_place(args.place, filling)
    row = drawn_row(args, place)
    if row is not None:
        twice = next((name for name, _ in row.values if name in acting), "")
        if twice:
            raise UserError(f"--set {twice}: it is drawn from {row.file}; it can follow only one")
        scenario = with_row(scenario, row)
    scenario.partner_settings(place)
    scenario.bound_events(place)
    return place, scenario, row


def check_target(path: Path, error: type[UserError], what: str) -> None:
    """Raise `error` where a file cannot be written, before anything is worked out for it."""
    try:
        target = target_of(path)
    except OSError as wrong:
        raise error(f"{path}: {what} cannot be written there: {why(wrong)}") from None
    above = next(each for each in target.absolute().parents if whats_there(each))
    if whats_there(above) != "a folder" or not os.access(above, os.W_OK | os.X_OK):
        raise error(f"{path}: {what} cannot be written there: {above} is closed, or no folder")


def chosen_place(folder: str | None, assumptions: dict[str, float] | None = None) -> Place:
    """The place in a folder, or the one that comes with the package."""
    from incentive_abm.place import load_place
    from incentive_abm.place.shipped import shipped_place

    if folder is not None:
        return load_place(folder, assumptions)
    if assumptions:
        raise UserError(f"--set {next(iter(assumptions))}: it fills holes in a place's data, and the place that comes "
                        "with the package has none; give a PLACE")
    return shipped_place()


def assignments(texts: list[str]) -> dict[str, float]:
    """What --set gave, by name; raises UserError for a bad one or a name given twice."""
    from incentive_abm.scenario import read_assignment

    values: dict[str, float] = {}
    for text in texts:
        name, value = read_assignment(text)
        if name in values:
            raise UserError(f"--set gives {name} twice")
        values[name] = value
    return values
