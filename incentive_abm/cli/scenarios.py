"""List the scenarios that come with the package, or show one, or check a file of one's own."""

from __future__ import annotations

import argparse
import textwrap
from typing import TYPE_CHECKING

from incentive_abm import EXPLORATION
from incentive_abm.cli.shared_arguments import add_posterior, drawn_row
from incentive_abm.cli.telling import print_json
from incentive_abm.errors import UserError
from incentive_abm.parameters import PARAMETERS

if TYPE_CHECKING:
    from incentive_abm.scenario import Event, Scenario

_WIDTH = 110


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """NAME, --posterior, --draw, --json."""
    parser.add_argument("name", nargs="?", metavar="NAME|FILE", help="show one scenario as a file to start from")
    add_posterior(parser)
    parser.add_argument("--json", action="store_true", help="print for machines")


def main(args: argparse.Namespace) -> int:
    """Print a list of scenarios, or one in full."""
    from incentive_abm.scenario import load_scenario, shipped_scenarios
    from incentive_abm.scenario.posterior import with_row

    row = drawn_row(args)
    if args.name is None:
        if row is not None:
            raise UserError("--posterior: which scenario is to hold it? Expected a name or a file before it, for example today")
        shipped = list(shipped_scenarios().values())
        if args.json:
            print_json([record(each) for each in shipped])
        else:
            print(_listed(shipped))
        return 0
    one = load_scenario(args.name)
    if row is not None:
        one = with_row(one, row)
    if args.json:
        print_json(record(one))
    else:
        print(one.to_toml().rstrip())
    return 0


def record(scenario: Scenario) -> dict[str, object]:
    """One scenario as plain values, as `--json` prints it."""
    return {
        "name": scenario.name, "title": scenario.title, "question": scenario.question, "about": scenario.about,
        "source": scenario.source, "parameters": _shown(scenario.parameters),
        "kinds": {kind.code: _shown(values) for kind, values in scenario.kinds},
        "partners": {partner: _shown(values) for partner, values in scenario.partners},
        "events": [_event(event) for event in scenario.events], "hash": scenario.hash,
    }


def _event(event: Event) -> dict[str, object]:
    told: dict[str, object] = {"quarter": event.quarter, "what": event.what.code, "title": event.said}
    if event.parameters:
        told["parameters"] = _shown(event.parameters)
    given = {
        "kind": event.kind and event.kind.code, "partner": event.partner,
        "background": event.background and event.background.name.lower(), "skill": event.skill,
        "a": event.a, "b": event.b, "between": event.between and [kind.code for kind in event.between],
        "scope": event.scope,
    }
    return told | {key: value for key, value in given.items() if value is not None}


def _shown(values: tuple[tuple[str, float], ...]) -> dict[str, object]:
    return {name: PARAMETERS[name].show(value) for name, value in values}


def _listed(shipped: list[Scenario]) -> str:
    lines = []
    for scenario in shipped:
        lines += [f"{scenario.name}: {scenario.title}", f"    {scenario.question}"]
        lines += textwrap.wrap(scenario.about, _WIDTH, initial_indent="    ", subsequent_indent="    ")
        lines.append("")
    return "\n".join([*lines, EXPLORATION])
