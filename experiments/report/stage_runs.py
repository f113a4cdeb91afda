"""Links from a sweep's report to the stage page: the typical and the oddest run of each ending, opened at that very run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.typical_runs import ODDEST, typical_runs
from experiments.report.inputs import ReportInputs
from experiments.report.picture_section import Line, Section, StageLink
from experiments.report.sentences import joined, label
from experiments.result_columns import STANDARD
from experiments.running.chunk import Context, identity, scenario_at
from experiments.running.description import context_of, point_of
from experiments.running.stored_sweep import MEND, StoredSweep
from experiments.study.study import RULE
from incentive_abm.compiling import source_hash
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.errors import StudyError, UserError
from incentive_abm.results.stage_link import SHOWN, checked_page, page_address, stage_link

if TYPE_CHECKING:
    import pandas as pd

    from incentive_abm.place import Place

NAME, HEADING = "runs", "Typical and oddest runs, to be opened"


@dataclass(frozen=True, eq=False)
class StagePage:
    """A page of the stage that shows one of a sweep's places by one of its sets of rules; context, sweep: what the folder says of
    its runs."""

    path: Path
    place: Place
    rules: RuleSet
    context: Context
    sweep: Mapping[str, Any]

    def shows(self, results: pd.DataFrame) -> tuple[pd.Series[bool], pd.Series[bool]]:
        """Which rows are of the page's place, and which follow the page's rules; it can show those that are both."""
        names = {name for name, place in self.context.places if place.hash == self.place.hash}
        varied = [name for name in results.columns if str(name).startswith(RULE)]
        followed = results["place"].notna()
        for _, same in results.groupby(varied, sort=False, observed=True) if varied else [((), results)]:
            row = {str(name): value for name, value in same.iloc[0].items()}
            followed[same.index] = self.context.rules_at(point_of(self.sweep, row).rules) == self.rules
        return results["place"].isin(names), followed

    def link(self, row: Mapping[str, Any]) -> str:
        """What stands behind the page's address for a row; raises StudyError where the row is no run of these inputs."""
        scenario = scenario_at(dict(self.context.scenarios), point_of(self.sweep, row))
        seed, quarters = int(row["seed"]), self.context.quarters
        if identity(self.place, scenario, quarters, seed, self.rules) != row["run_id"]:
            raise StudyError(f"run {row['run_id']} is not what the inputs kept beside it give; {MEND}")
        return stage_link(self.place, [scenario], seed, quarters, self.rules)


def stage_page(folder: Path, page: Path) -> StagePage:
    """A page for the report of the sweep in a folder; raises UserError where it cannot show its runs, saying why."""
    sweep, here = StoredSweep(folder).sweep(), source_hash()
    context = context_of(folder, sweep, here)
    kept = {str(folder / sweep["places"][name]): place for name, place in context.places}
    (place, rules), made_by = checked_page(page, kept, _sets(context)), sweep["fingerprint"]["source"]
    if made_by != here:
        raise UserError(f"--page {page}: the sweep was made by other sources ({made_by}) than those here and on the page "
                        f"({here}), so its runs cannot be opened; run it again with --fresh")
    return StagePage(page, place, rules, context, sweep)


def _sets(context: Context) -> list[RuleSet]:
    """The sets of rules that the runs of a sweep follow, the shipped one first where it is among them."""
    return sorted(dict.fromkeys(rules for _, rules in context.rules) or [SHIPPED], key=bool)


def stage_section(stage: StagePage, inputs: ReportInputs, folder: Path) -> tuple[Section, pd.DataFrame | None]:
    """The section of a report in a folder, and the table behind it."""
    results = inputs.results
    there, followed = stage.shows(results)
    shown = results[there & followed]
    left_out = _left_out(len(results), int((~there).sum()), int((there & ~followed).sum()))
    if shown.empty:
        return Section(NAME, HEADING, f"no run can be opened on the page. {left_out}", missing=True), None
    table = typical_runs(shown)
    rows = shown.set_index("run_id", drop=False).loc[table["run_id"]].to_dict("records")
    address = page_address(stage.path, folder)
    addresses = [f"{address}{stage.link({str(name): value for name, value in row.items()})}" for row in rows]
    caption = " ".join(_caption(stage.context.quarters, left_out, inputs))
    return Section(NAME, HEADING, caption, lines=_lines(table, addresses)), table


def _lines(table: pd.DataFrame, addresses: list[str]) -> tuple[Line, ...]:
    linked = table.assign(address=addresses)
    lines = []
    for regime, of in linked.groupby("regime", sort=False):
        many, middle = int(of["runs"].iloc[0]), float(of["middle"].iloc[0])
        links = [StageLink(row["address"], _link_words(row, many), f" ({row['distance']:.2f} away)" if many > 1 else "")
                 for _, row in of.iterrows()]
        half = f"Half of them lie within {middle:.2f}." if (of["part"] == ODDEST).any() else ""
        lines.append(Line(f"{str(regime).capitalize()}: {many:,} run{'' if many == 1 else 's'}.", tuple(links), half))
    return tuple(lines)


def _link_words(row: pd.Series, many: int) -> str:
    part = str(row["part"]).capitalize() if many > 1 else "The only one"
    return f"{part}: point {row['point']}, replicate {row['replicate']}, seed {row['seed']}"


def _caption(quarters: int, left_out: str, inputs: ReportInputs) -> list[str]:
    measures = joined([label(code, inputs) for code in STANDARD])
    words = [
        "Each link opens the stage page at that very run: the same place, scenario, settings and seed, hence the same result.",
        "Typical is, of the runs that ended alike, the one nearest their median; oddest is the one farthest from it. Its "
        f"distance: how far its {measures} in the last quarter lie from that median, on average, in standard deviations over "
        "the runs that can be opened.",
    ]
    if quarters > SHOWN:
        words.append(f"The page shows the first {SHOWN} of their {quarters} quarters.")
    elif quarters < SHOWN:
        words.append(f"The page opens at quarter {quarters}, with which these runs end, and plays on to quarter {SHOWN}.")
    return [*words, left_out] if left_out else words


def _left_out(total: int, elsewhere: int, replaced: int) -> str:
    if not elsewhere and not replaced:
        return ""
    why = [f"{elsewhere:,} {'is' if elsewhere == 1 else 'are'} of another place than the page shows"] if elsewhere else []
    why += [f"{replaced:,} follow{'s' if replaced == 1 else ''} other rules than the page plays"] if replaced else []
    return f"Of {total:,} runs, {elsewhere + replaced:,} cannot be opened on the page: {joined(why)}."
