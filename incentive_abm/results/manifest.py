"""What a result carries with it: place, scenario, parameters, seeds, versions and the hash of the sources."""

from __future__ import annotations

import platform
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any

from incentive_abm import EXPLORATION, __version__
from incentive_abm.compiling import source_hash
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.parameters import PARAMETERS
from incentive_abm.place import Place
from incentive_abm.results.run_columns import Column, columns_of, own_columns
from incentive_abm.results.run_folder import KIND
from incentive_abm.results.stage_link import chosen_again
from incentive_abm.scenario import Scenario
from incentive_abm.scenario.posterior import Row

if TYPE_CHECKING:
    from incentive_abm.user_measures import OwnMeasure

PACKAGES = ("numpy", "numba", "llvmlite", "pyarrow", "mesa", "networkx", "pandas", "plotly")
FORMAT = 1


@dataclass(frozen=True)
class Plan:
    """What was asked for: one place, one scenario, seeds from `first_seed` on, and how much to keep.

    row: the setting of a posterior that the scenario holds, None where it holds none.
    """

    place: Place
    scenario: Scenario
    first_seed: int
    seeds: int
    quarters: int
    executor: str
    record: str
    assumptions: Mapping[str, float]
    rules: RuleSet = SHIPPED
    row: Row | None = None
    own: tuple[OwnMeasure, ...] = ()

    @property
    def numbers(self) -> range:
        """The seeds."""
        return range(self.first_seed, self.first_seed + self.seeds)

    @property
    def place_folder(self) -> str:
        """Name of the folder, inside the results, that holds the place's own files."""
        name = self.place.name
        safe = name.strip(". ") and not any(letter in name for letter in "/\\\0:") and name not in RESERVED
        return name if safe else "place"


RESERVED = ("manifest.json", "scenario.toml", "report.html")


def manifest(plan: Plan, rows: Mapping[str, int], files: tuple[str, ...]) -> dict[str, Any]:
    """Everything needed to know what a result is, and to make it again. `rows`: rows of each table."""
    again = f"incentive-abm run {plan.place_folder} --scenario scenario.toml --seeds {plan.seeds}"
    again += f" --first-seed {plan.first_seed} --quarters {plan.quarters} --executor {plan.executor} --record {plan.record}"
    again += "".join(f" --set {name}={PARAMETERS[name].show(value)}" for name, value in plan.assumptions.items())
    again += chosen_again(plan.rules)
    again += "".join(f" --measure {shlex.quote(f'{each.origin.shown}:{each.name}')}" for each in plan.own)
    return {
        "kind": KIND,
        "format": FORMAT,
        "exploration": EXPLORATION,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "source_hash": source_hash(),
        "executor": plan.executor,
        "record": plan.record,
        "quarters": plan.quarters,
        "runs": plan.seeds,
        "seeds": {"first": plan.first_seed, "count": plan.seeds},
        "place": _place(plan),
        "scenario": {"name": plan.scenario.name, "title": plan.scenario.title, "question": plan.scenario.question,
                     "hash": plan.scenario.hash, "toml": plan.scenario.to_toml()},
        "parameters": parameters(plan),
        "posterior": None if plan.row is None else plan.row.record(),
        "rules": _rules(plan),
        "own_measures": [{"name": each.name, "meaning": each.meaning, "unit": each.unit, "hash": each.hash,
                          "text": each.origin.text} for each in plan.own],
        "again": again,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {sys.byteorder}-endian",
        "packages": _versions(),
        "tables": {f"{name}.parquet": {"rows": count, "columns": [_column(c) for c in columns_of(name, own_columns(plan.own))]}
                   for name, count in rows.items()},
        "files": sorted(files),
    }


def parameters(plan: Plan) -> dict[str, Any]:
    """Every parameter's value for everyone at the start; what a kind, a partner or an event changes is in the scenario."""
    given = {**dict(plan.scenario.parameters), **plan.assumptions}
    return {name: row.show(given.get(name, row.default)) for name, row in PARAMETERS.items()}


def _rules(plan: Plan) -> dict[str, Any]:
    """What was chosen in the place of shipped rules, its hash, and a user's own functions as they were."""
    own = {name: {"function": origin.name, "text": origin.text} for name, function in plan.rules.instead.items()
           if (origin := getattr(function, "loaded_from", None)) is not None}
    return {"told": plan.rules.told, "hash": plan.rules.hash if plan.rules else "", "own": own}


def _place(plan: Plan) -> dict[str, Any]:
    from incentive_abm.place.check import check_place

    found = check_place(plan.place)
    return {
        "name": plan.place.name, "title": plan.place.title, "hash": plan.place.hash, "folder": plan.place_folder,
        "partners": {kind.code: count for kind, count in found.partners.items()}, "ties": len(plan.place.ties),
        "income_m": found.income, "shared_spend_m": found.spend, "invented": found.invented,
        "share_of_income_known": found.income_real, "share_of_shared_spend_on_assumed_ties": found.weak_spend,
        "known": {f"{c.table}.{c.column}": round(c.share, 4) for c in found.columns},
        "filled": [f"{f.table} {f.column}: {f.count} by {f.rule}" for f in found.filled],
        "warnings": list(found.warnings),
    }


def _column(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": column.type, "unit": column.unit, "meaning": column.meaning}


def _versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
