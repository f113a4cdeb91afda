"""What people take away, from the native engine: numbers and the event log as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import TypeAlias

from dashboards.english import text
from dashboards.questions import BEFORE, NUMBERS
from incentive_abm import EXPLORATION, __version__
from incentive_abm.compiling import source_hash
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.engine.run import Record
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario

from .runs import record, result_hash

Sides: TypeAlias = Mapping[str, tuple[Scenario, int]]
"""What is shown, by side: A, and B where two are compared; scenario and world."""


def numbers(place: Place, sides: Sides, rules: RuleSet = SHIPPED) -> str:
    """CSV of every measure by side and quarter, exact, under lines of provenance that begin with #."""
    out = io.StringIO()
    recorded = {name: record(place, *wanted, kept=Record.PICTURES, rules=rules) for name, wanted in sides.items()}
    out.write(_provenance(place, sides, rules) + "".join(
        text("taken_away.result", side=name, hash=result_hash(each)) for name, each in recorded.items()))
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([*NUMBERS, *(m.code for m in Measure)])
    for name, each in recorded.items():
        if each.measures is None:
            raise ValueError("numbers need measures")
        for quarter, values in enumerate(each.measures[0].tolist(), 1):
            rows.writerow([name, quarter, *(repr(value) for value in values)])
    return out.getvalue()


def event_log(place: Place, sides: Sides, rules: RuleSet = SHIPPED) -> bytes:
    """CSV of everything that happened, by side: what the page's sentences can be checked against, by its column `row`."""
    import pyarrow as pa
    import pyarrow.csv

    from incentive_abm.results.arrow_tables import events_table
    from incentive_abm.results.log_gathering import gather

    out = io.BytesIO()
    out.write(_provenance(place, sides, rules).encode())
    for k, (name, wanted) in enumerate(sides.items()):
        table = events_table(place, gather(place, record(place, *wanted, rules=rules)))
        before = dict(zip(BEFORE, (pa.array([name] * table.num_rows), pa.array(range(table.num_rows))), strict=True))
        table = pa.table({**before, **dict(zip(table.column_names, table.columns, strict=True))})
        pyarrow.csv.write_csv(table, out, pyarrow.csv.WriteOptions(include_header=k == 0))
    return out.getvalue()


def _provenance(place: Place, sides: Sides, rules: RuleSet) -> str:
    scenarios = [text("taken_away.scenario", side=name, title=scenario.title, hash=scenario.hash, seed=seed)
                 for name, (scenario, seed) in sides.items()]
    return "".join((text("taken_away.caution", caution=EXPLORATION), text("taken_away.place", title=place.title, hash=place.hash),
                    *scenarios, text("taken_away.version", version=__version__, source=source_hash()),
                    text("other_rules.taken_away", told=rules.told, hash=rules.hash) if rules else ""))
