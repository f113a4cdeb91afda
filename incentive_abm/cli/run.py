"""Run a place under a scenario over many seeds: a table of what became of it, and a folder with tables and a report."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from incentive_abm.cli.shared_arguments import (
    add_measures,
    add_page,
    add_place,
    add_posterior,
    add_rules,
    add_scenario,
    assignments,
    place_and_scenario,
    whole_number,
)
from incentive_abm.cli.telling import print_json
from incentive_abm.errors import UserError
from incentive_abm.given_numbers import MOST_SEED
from incentive_abm.parameters import PARAMETERS, Scope

if TYPE_CHECKING:
    from incentive_abm.engine.run import Recorded
    from incentive_abm.results.manifest import Plan
    from incentive_abm.results.summary import Summary

MOST_AT_ONCE = 512 * 2**20
"""Bytes of recorded quarters that one batch may take before batches are done one after another."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PLACE, the scenario, how many runs of what length, what to keep and where."""
    add_place(parser)
    add_scenario(parser)
    add_posterior(parser)
    add_rules(parser)
    add_measures(parser)
    parser.add_argument("--seeds", type=whole_number(1, 10_000_000), default=20, metavar="N",
                        help="how many runs, each with its own luck; default 20")
    parser.add_argument("--first-seed", type=whole_number(0, MOST_SEED), default=1, metavar="N",
                        help="the first of the seeds; default 1")
    parser.add_argument("--quarters", type=whole_number(1, 400), default=60, metavar="N",
                        help="length of a run; default 60 (15 years)")
    parser.add_argument("--out", metavar="DIR",
                        help="folder for the results, new or with an earlier run, which is replaced; default runs/PLACE-SCENARIO")
    parser.add_argument("--executor", choices=("engine", "mesa"), default="engine",
                        help="engine: compiled, fast; mesa: the same model on Mesa, the same numbers; default engine")
    parser.add_argument("--record", choices=("measures", "events", "everything"), default="events",
                        help="measures by quarter; also every offer, refusal, broken promise and walk-out (default); also "
                             "every partner and tie by quarter")
    parser.add_argument("--threads", type=whole_number(1, 4096), metavar="N", help="threads; default: all processors")
    add_page(parser, "its run")
    parser.add_argument("--json", action="store_true", help="print the table for machines, and nothing else on stdout")


def main(args: argparse.Namespace) -> int:
    """Do the runs, write the folder, print the table."""
    from incentive_abm.cli.progress_bar import prepared
    from incentive_abm.results.run_folder import check_out

    if args.first_seed + args.seeds - 1 > MOST_SEED:
        raise UserError(f"--first-seed {args.first_seed} leaves no room for {args.seeds} seeds; the largest is {MOST_SEED}")
    place, scenario, row = place_and_scenario(args)
    out = Path(args.out) if args.out is not None else default_out(place.name, scenario.name)
    check_out(out)
    from incentive_abm.results.manifest import Plan
    from incentive_abm.results.running import own_measures
    from incentive_abm.results.stage_link import checked_page
    from incentive_abm.rivals import rule_set
    from incentive_abm.state.arrays import LANES

    rules = rule_set(*args.rules)
    if args.page is not None:
        checked_page(args.page, {place.name: place}, [rules])
    own = own_measures(*args.measures)
    filling = {name: value for name, value in assignments(args.assignments).items() if PARAMETERS[name].scope is Scope.DATA}
    plan = Plan(place, scenario, args.first_seed, args.seeds, args.quarters, args.executor, args.record, filling,
                rules, row, own)
    prepared(1 if args.seeds == 1 or args.executor == "mesa" else LANES, args.executor, rules)
    if args.record == "measures":
        # The run that stands for all is done once more, alone, with its events.
        prepared(1, args.executor, rules)
    check_own(plan)
    summary = do(plan, out, args.threads, args.page)
    report = out / "report.html"
    if args.json:
        print_json(summary.record() | {"folder": str(out), "report": str(report)})
    else:
        print(f"{summary.text()}\nReport: {report}")
    return 0


def check_own(plan: Plan) -> None:
    """Raise UserError for a measure of the user's own that cannot be read off the state as a run begins."""
    from incentive_abm.state.start import start
    from incentive_abm.user_measures import OwnReader
    from incentive_abm.user_measures.reading import tried

    if plan.own:
        tried(OwnReader(plan.own, plan.rules), start(plan.place, [plan.scenario], [plan.first_seed], plan.rules))


def default_out(place: str, scenario: str) -> Path:
    """Where a run goes when it is not told where."""
    return Path("runs") / re.sub(r"[^\w.-]+", "-", f"{place}-{Path(scenario).stem}").strip("-.")


def do(plan: Plan, out: Path, threads: int | None = None, page: Path | None = None) -> Summary:
    """Do the runs and leave a whole folder, whose report links to a page of the stage where one is given."""
    from incentive_abm.cli.executor_choice import recorded
    from incentive_abm.cli.progress_bar import bar
    from incentive_abm.measured_runs import Measured, check_finite
    from incentive_abm.results.run_folder import built_whole
    from incentive_abm.results.run_writing import RunWriter, ending, engine_record
    from incentive_abm.results.stage_link import page_address
    from incentive_abm.results.summary import summarise

    with built_whole(out) as folder:
        writer = RunWriter(folder, plan)
        try:
            ends: list[Recorded] = []
            with bar(plan.seeds, "Runs") as at:
                for part in recorded(plan.executor, plan.place, plan.scenario, plan.numbers, plan.quarters,
                                     engine_record(plan.record), threads or _threads(plan), plan.rules, plan.own):
                    if isinstance(part, Measured):
                        check_finite(plan.own, part)
                    ends.append(ending(part))
                    writer.add(part)
                    at(sum(len(each.jobs) for each in ends))
            summary = summarise(plan, ends)
            writer.close()
        except BaseException:
            writer.abandon()
            raise
        _report(plan, folder, summary, "" if page is None else page_address(page, out))
    return summary


def _threads(plan: Plan) -> int | None:
    """One thread where the pictures of several batches at once would fill the memory, else as many as there are."""
    from incentive_abm.engine.run import Record
    from incentive_abm.results.run_writing import engine_record
    from incentive_abm.state.arrays import LANES
    from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE

    numbers = len(plan.place.ties) * len(TIE_PICTURE) + len(plan.place) * len(PARTNER_PICTURE)
    many = 2 * 4 * min(LANES, plan.seeds) * plan.quarters * numbers > MOST_AT_ONCE
    return 1 if many and engine_record(plan.record) is not Record.MEASURES else None


def _report(plan: Plan, folder: Path, summary: Summary, page: str) -> None:
    from incentive_abm.cli.executor_choice import recorded
    from incentive_abm.engine.run import Record
    from incentive_abm.report import read_series, representative, write_report
    from incentive_abm.results import gather, read_run
    from incentive_abm.results.stage_link import stage_link

    run = read_run(folder)
    series = read_series(run)
    chosen = representative(series)
    if plan.record == "measures":
        seed = plan.numbers[chosen]
        again = next(recorded(plan.executor, plan.place, plan.scenario, [seed], plan.quarters, Record.EVENTS,
                              rules=plan.rules))
        log = gather(plan.place, again, chosen)
    else:
        log = run.log(chosen)
    link = page and f"{page}{stage_link(plan.place, [plan.scenario], plan.numbers[chosen], plan.quarters, plan.rules)}"
    write_report(run, summary, series, chosen, log, link)
