"""List the model's parameters: range, default, unit, meaning and source."""

from __future__ import annotations

import argparse
import textwrap

from incentive_abm.cli.telling import print_json
from incentive_abm.parameters import PARAMETERS, Group, Parameter, parameter

_GROUPS = tuple(group.name.lower() for group in Group)
_WIDTH = 110


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """NAME..., --group, --json."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these parameters")
    parser.add_argument("--group", choices=_GROUPS, help="only one group")
    parser.add_argument("--json", action="store_true", help="print a list for machines")


def main(args: argparse.Namespace) -> int:
    """Print the chosen rows of the table."""
    chosen = [parameter(name) for name in args.names] or list(PARAMETERS.values())
    if args.group:
        chosen = [row for row in chosen if row.group is Group[args.group.upper()]]
    if args.json:
        print_json([record(row) for row in chosen])
    else:
        print(_listed(chosen))
    return 0


def record(row: Parameter) -> dict[str, object]:
    """One row as plain values, as `--json` prints it."""
    return {
        "name": row.name, "label": row.label, "group": row.group.name.lower(), "role": row.role.value,
        "scope": row.scope.value, "unit": row.unit, "low": row.show(row.low), "high": row.show(row.high),
        "default": row.show(row.default), "choices": list(row.choices), "whole": row.whole,
        "meaning": row.meaning, "source": row.source,
    }


def _listed(rows: list[Parameter]) -> str:
    lines: list[str] = []
    for group in Group:
        own = [row for row in rows if row.group is group]
        if own:
            lines += ["", f"{group.value.upper()}  (--group {group.name.lower()})"]
        for row in own:
            lines += ["", f"  {row.name} = {row.show(row.default)}    {_range(row)}; {row.role.value}"]
            for text in (f"{row.label}. {row.meaning}", f"Source: {row.source}"):
                lines += textwrap.wrap(text, _WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)
    return "\n".join(lines[1:])


def _range(row: Parameter) -> str:
    if row.choices:
        return f"one of {', '.join(row.choices)}"
    return f"{row.low:g} to {row.high:g} {row.unit}"
