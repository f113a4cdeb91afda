"""Run a study: many settings, many seeds. Can be stopped at any moment; the same command goes on where it stopped."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from incentive_abm import EXPLORATION
from incentive_abm.cli.shared_arguments import add_measures, add_page, add_rules, whole_number

if TYPE_CHECKING:
    from experiments.running.dispatch import Shard
    from experiments.running.plan import Plan
    from experiments.running.run_sweep import Swept
    from experiments.running.workers import Workers
    from experiments.study.study import PlaceSource
    from incentive_abm.place import Place

FAILED = 1
"""Exit code of a sweep of which every run has failed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """STUDY and where, how and how much to run."""
    parser.add_argument(
        "study", nargs="?", metavar="STUDY", help="a study's name or a .toml file; without it, those shipped are listed"
    )
    parser.add_argument("--out", metavar="DIR", help="folder for the results; an unfinished sweep there is continued")
    parser.add_argument("--place", metavar="DIR", help="folder with partners.csv and ties.csv, instead of the study's own place")
    add_rules(parser)
    add_measures(parser)
    parser.add_argument("--workers", type=whole_number(1, 4096), metavar="N", help="processes at once; default: one a processor")
    parser.add_argument("--threads", action="store_true", help="threads of one process instead of processes")
    parser.add_argument("--shard", type=_shard, metavar="I/N", help="only the I-th of N parts; all parts may share DIR")
    parser.add_argument("--dask", metavar="ADDRESS", help="run on the workers of this Dask scheduler")
    parser.add_argument("--max-runs", type=whole_number(1), metavar="N", help="stop after about N runs; go on later")
    parser.add_argument("--fresh", action="store_true", help="where DIR holds another sweep, start in a new folder beside it")
    parser.add_argument("--retry-failed", action="store_true", help="run again what failed")
    add_page(parser, "its typical and its oddest runs")
    parser.add_argument("--no-report", action="store_true", help="leave out the report at the end")


def main(args: argparse.Namespace) -> int:
    """Sweep, print what came of it, and write the report when all runs are there."""
    from incentive_abm.errors import UserError

    if args.study is None:
        print(_list())
        return 0
    if args.out is None:
        raise UserError(f"expected --out DIR, a folder for the results, for example --out runs/{Path(args.study).stem}")
    if args.dask and (args.workers or args.threads):
        raise UserError("--dask brings its own workers; leave out --workers and --threads")
    if args.page and args.no_report:
        raise UserError("--page is linked by the report, and --no-report leaves it out; leave out one of them")
    from experiments.running.plan import Plan
    from experiments.running.run_sweep import run_sweep
    from experiments.study import load_study
    from incentive_abm.cli.progress_bar import prepared
    from incentive_abm.rivals.choosing import from_here as chosen
    from incentive_abm.user_measures.choosing import from_here as named_whole

    study = load_study(args.study)
    if args.place:
        study = study.with_place(Path(args.place))
    if args.rules:
        study = study.with_rules([chosen(each) for each in args.rules])
    if args.measures:
        study = study.with_measures([named_whole(each) for each in args.measures])
    plan = Plan.of(study)
    if args.page:
        _check_page(plan, args.page, Path(args.out))
    print(
        f"{study.title}: {study.question}\n{plan.n_points:,} points × {study.replicates:,} replicates = {plan.n_runs:,} runs "
        f"of {study.quarters} quarters, in {plan.n_chunks:,} chunks",
        file=sys.stderr,
    )
    for lanes in () if args.dask else plan.lanes:
        for rules in plan.rule_sets:
            prepared(lanes, rules=rules)
    try:
        swept = run_sweep(
            plan,
            Path(args.out),
            _begin(plan, args),
            shard=args.shard,
            most_runs=args.max_runs,
            fresh=args.fresh,
            retry_failed=args.retry_failed,
            words=sys.stderr,
        )
    except KeyboardInterrupt:
        print(f"What is stored in {args.out} stays; the same command goes on", file=sys.stderr)
        raise
    print(_told(swept))
    ended = bool(swept.manifest["runs_done"])
    if swept.complete and ended and not args.no_report:
        from experiments.report import stage_page, write_report

        stage = args.page and stage_page(swept.folder, args.page)
        print(f"Report: {write_report(swept.folder, swept.folder / 'report.html', stage=stage)}")
    print(EXPLORATION)
    return 0 if ended or not swept.complete else FAILED


def _check_page(plan: Plan, page: Path, out: Path) -> None:
    """Raise UserError, before anything is run, where a page cannot show this study's runs."""
    from experiments.running.sweep_folder import places_of
    from incentive_abm.results.stage_link import checked_page

    kept = places_of(plan)
    checked_page(page, {_written_from(source, plan.places[source.name], out / kept[source.name]): plan.places[source.name]
                        for source in plan.study.places}, sorted(plan.rule_sets, key=bool))


def _written_from(source: PlaceSource, place: Place, kept: Path) -> str:
    """What `incentive-abm page` is told to write a page of a study's place; a generated one is kept by the sweep itself."""
    if source.folder is not None:
        return str(source.folder)
    return str(kept) if source.generate else place.name


def _begin(plan: Plan, args: argparse.Namespace) -> Callable[[], Workers]:
    if args.dask:
        from experiments.running.dask_workers import DaskWorkers

        address = str(args.dask)
        return lambda: DaskWorkers(plan.context, address)
    from experiments.running.workers import local
    from incentive_abm.engine.run import threads_available

    return local(plan.context, min(args.workers or threads_available(), plan.n_chunks), bool(args.threads))


def _told(swept: Swept) -> str:
    manifest, session = swept.manifest, swept.session
    lines = [
        f"{manifest['runs_done']:,} of {manifest['runs_planned']:,} runs are there"
        + (f", {swept.found:,} of them from before" if swept.found else "")
        + (
            f"; this time {session.runs:,} in {session.seconds:,.1f} s, {session.runs / session.seconds:,.1f} a second"
            if session.runs
            else ""
        )
    ]
    if manifest["runs_failed"]:
        lines.append(
            f"{manifest['runs_failed']:,} runs failed: {swept.folder / 'failures.json'} tells why; --retry-failed runs them again"
        )
    if swept.complete and not manifest["runs_done"]:
        lines.append("No run came to its end, so there are no results")
    elif swept.complete:
        lines.append(f"Results: {swept.folder / 'results.parquet'}")
    else:
        lines.append(f"Unfinished: the same command goes on; incentive-abm analyse {swept.folder} shows what is there")
    return "\n".join(lines)


def _list() -> str:
    from experiments.study import load_study, shipped_studies

    lines = ["Studies that come with the package: incentive-abm sweep STUDY --out DIR", ""]
    for name in shipped_studies():
        study = load_study(name)
        lines += [f"  {name}", f"      {study.question}"]
    return "\n".join(lines)


def _shard(text: str) -> Shard:
    from experiments.running.dispatch import Shard
    from incentive_abm.errors import quoted

    found = re.fullmatch(r"(\d+)/(\d+)", text.strip())
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise argparse.ArgumentTypeError(f"{quoted(text)} is not a shard; expected I/N with 1 ≤ I ≤ N, for example 1/3")
    return Shard(int(found[1]), int(found[2]))
