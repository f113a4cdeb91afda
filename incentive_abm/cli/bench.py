"""Measure speed and memory on this machine, print the figures and add them to a history."""

from __future__ import annotations

import argparse
from pathlib import Path

from incentive_abm.cli.shared_arguments import add_place, chosen_place, whole_number
from incentive_abm.cli.telling import print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The place to measure on, what to leave out, where figures go."""
    add_place(parser)
    parser.add_argument("--json", action="store_true", help="print the figures for machines")
    parser.add_argument("--history", type=Path, default=Path("bench/history.jsonl"), metavar="FILE",
                        help="file to which each measurement adds a line; default bench/history.jsonl")
    parser.add_argument("--largest", type=whole_number(50), default=40_000, metavar="N",
                        help="largest place to generate, in partners; default 40000")
    parser.add_argument("--no-cold", action="store_true", help="leave out compiling from nothing (a quarter of a minute)")


def main(args: argparse.Namespace) -> int:
    """Print each figure as it is measured."""
    from incentive_abm import benchmark
    from incentive_abm.scenario import load_scenario

    place, scenario = chosen_place(args.place), load_scenario("today")
    about = {**benchmark.machine(), "place": place.title, "partners": len(place.partners.ids), "ties": len(place.ties.a)}
    if not args.json:
        print(f"{place.title}: {about['partners']} partners, {about['ties']} ties, {benchmark.QUARTERS} quarters, "
              f"{about['threads']} threads\n", flush=True)
    figures: list[benchmark.Figure] = []
    for part in (benchmark.starts(not args.no_cold), benchmark.memory(place, scenario), benchmark.speeds(place, scenario),
                 benchmark.sizes(scenario, args.largest)):
        for figure in part:
            figures.append(figure)
            if not args.json:
                print(f"{figure.name:22}{figure.value:12.4g} {figure.unit:7}{figure.meaning}", flush=True)
    earlier = benchmark.remember(figures, args.history, about)
    if args.json:
        print_json({**about, **{f.name: f.value for f in figures}})
    elif earlier:
        last = earlier[-1]
        print(f"\nAgainst the last of {len(earlier)} earlier measurements ({last['when']}, source {last['source']}):")
        for figure in figures:
            if last.get(figure.name):
                print(f"{figure.name:22}{figure.value / last[figure.name]:8.2f} ×")
    return 0
