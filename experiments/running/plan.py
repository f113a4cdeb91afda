"""The plan of a sweep: its design laid out in chunks that are named by what they contain."""

from __future__ import annotations

import io
import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.designs.factors import Value
from experiments.running.chunk import Choices, Chunk, Context, Point, part_name
from experiments.running.fingerprint import hash_of_design, hash_of_kept, key_of, short_hash
from experiments.running.kept_measures import hashes_of_measures
from experiments.running.kept_rules import hashes_of_rules
from experiments.study.place_numbers import with_place_numbers
from experiments.study.study import RULE, Study, StudyFactor, Varies
from incentive_abm import __version__
from incentive_abm.compiling import source_hash
from incentive_abm.compiling.rule_set import RuleSet
from incentive_abm.errors import StudyError
from incentive_abm.parameters import PARAMETERS
from incentive_abm.rivals.choosing import together
from incentive_abm.scenario.posterior import read_posterior
from incentive_abm.state.arrays import LANES
from incentive_abm.state.start import start
from incentive_abm.user_measures import OwnReader
from incentive_abm.user_measures.reading import tried

if TYPE_CHECKING:
    import pandas as pd

    from incentive_abm.place import Place

NANOSECONDS = 120.0
"""Time of one tie and quarter, for judging how many runs make a chunk of about a second; results do not hang on it."""
MOST_RUNS, FEWEST = 2048, 32


@dataclass(frozen=True)
class Block:
    """Chunks of one place: its points (rows of the design), and how many runs a chunk holds."""

    place: str
    points: tuple[int, ...]
    size: int


class Plan:
    """A study on its places. Runs are counted place by place; within a place whole base rows come one after another,
    or, where the design has none, whole replicates, so that an unfinished sweep can be analysed."""

    def __init__(self, study: Study, places: dict[str, Place], design: pd.DataFrame) -> None:
        self.study, self.design = study, design
        self.by_base = "base" in design.columns and study.stop is None
        self.n_points = len(design)
        self.places = places
        self._columns = [design[each.name].tolist() for each in study.factors]
        self._as_they_stand = [_stands_as_it_is(each, design[each.name]) for each in study.factors]
        self._lines = _csv(design).splitlines()
        self._futures = design["future"].tolist() if study.luck_by_future else [0] * len(design)
        self._factor_at = {each.name: k for k, each in enumerate(study.factors)}
        self._rules = self._rule_sets()
        self.context = self._context()
        self.blocks = self._blocks()
        self._starts: list[int] = []
        start = 0
        for block in self.blocks:
            self._starts.append(start)
            start += -(-len(block.points) * study.replicates // block.size)
        self.n_chunks = start

    @classmethod
    def of(cls, study: Study, places: dict[str, Place] | None = None) -> Plan:
        """The plan of a study, on `places` where they are loaded already; raises UserError for a place, a scenario or a design
        that cannot be used."""
        places = places or {source.name: source.load() for source in study.places}
        own = {source.name: dict(source.numbers) for source in study.places}
        plan = cls(study, places, with_place_numbers(study.design(), study.place_numbers, places, own))
        for scenario in dict(study.scenarios).values():
            for place in places.values():
                scenario.partner_settings(place)
                scenario.bound_events(place)
        if study.posterior:
            known = read_posterior(Path(study.posterior), StudyError)
            for place in places.values():
                known.check_place(place)
        plan._try_measures()
        return plan

    def __repr__(self) -> str:
        return f"Plan({self.study.name!r}, {self.n_points:,} points × {self.study.replicates:,} replicates)"

    def _try_measures(self) -> None:
        """Raise UserError for a measure of the user's own that cannot be read off a place as a run of it begins."""
        if self.study.own:
            scenario = self.study.scenarios[0][1]
            for place in self.places.values():
                for rules in self.rule_sets:
                    tried(OwnReader(self.study.own, rules), start(place, [scenario], [self.study.luck(0, 0)], rules))

    @property
    def n_runs(self) -> int:
        """Runs planned."""
        return self.n_points * self.study.replicates

    @property
    def design_text(self) -> str:
        """The design as CSV; numbers are written so that they read back as the same bits."""
        return "\n".join(self._lines) + "\n"

    def values(self, number: int) -> tuple[Value, ...]:
        """The values of a point's factors as plain Python values, in the order of the study's factors."""
        return tuple(column[number] for column in self._columns)

    @cached_property
    def fingerprint(self) -> dict[str, str]:
        """What decides the results, by plain name; two sweeps with the same fingerprint have the same rows."""
        study = self.study
        table = json.dumps([[p.name, p.default, p.low, p.high, p.scope.value, p.choices, p.whole] for p in PARAMETERS.values()])
        stop = (
            "never"
            if study.stop is None
            else f"±{study.stop.precision} after {study.stop.at_least}, {study.stop.steady} in a row"
        )
        scenarios = {f"scenario {name}": scenario.hash[:16] for name, scenario in study.scenarios}
        factors = ((each.name, each.varies.value, dict(each.on), dict(each.off)) for each in study.factors)
        return {
            "design": hash_of_design(self.design_text, factors),
            "quarters": str(study.quarters),
            "replicates": str(study.replicates),
            "seed": str(study.seed),
            "common luck": "by future" if study.luck_by_future else str(study.common_luck),
            "what is kept": hash_of_kept(study.outcome, study.keep, study.series),
            "stopping rule": stop,
            **{f"place {name}": place.hash[:16] for name, place in self.places.items()},
            **scenarios,
            **hashes_of_rules(self._rules),
            **hashes_of_measures(study.own),
            "parameter table": short_hash(table),
            "source": source_hash(),
        }

    def chunk(self, index: int) -> Chunk:
        """One chunk, made when it is asked for."""
        which = bisect_right(self._starts, index) - 1
        block, inside = self.blocks[which], index - self._starts[which]
        pairs = list(self._pairs(block, inside))
        points = {number: k for k, number in enumerate(dict.fromkeys(number for number, _ in pairs))}
        runs = tuple((points[number], replicate, self._luck(replicate, number)) for number, replicate in pairs)
        return Chunk(index, self.chunk_id(index), block.place, tuple(self._point(number) for number in points), runs)

    def _luck(self, replicate: int, number: int) -> int:
        return self.study.luck(replicate, number, self._futures[number])

    def chunk_id(self, index: int) -> str:
        """Hash of what the chunk contains: the sweep's fingerprint, its points as written in the design, their seeds."""
        which = bisect_right(self._starts, index) - 1
        block = self.blocks[which]
        digest = sha256(f"{self.context.key} {block.place}\n".encode())
        for number, replicate in self._pairs(block, index - self._starts[which]):
            digest.update(f"{replicate} {self._luck(replicate, number)} {self._lines[number + 1]}\n".encode())
        return digest.hexdigest()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name of each chunk's part."""
        return tuple(part_name(index, self.chunk_id(index)) for index in range(self.n_chunks))

    @property
    def lanes(self) -> tuple[int, ...]:
        """How many runs side by side its chunks are compiled for: a run alone has a lane of its own."""
        return tuple({1 if self.chunk_runs(index) == 1 else LANES for index in range(self.n_chunks)})

    def first_replicate(self, index: int) -> int:
        """The first replicate of which a chunk holds a run."""
        which = bisect_right(self._starts, index) - 1
        return min(replicate for _, replicate in self._pairs(self.blocks[which], index - self._starts[which]))

    def chunk_runs(self, index: int) -> int:
        """How many runs a chunk holds."""
        which = bisect_right(self._starts, index) - 1
        block = self.blocks[which]
        left = len(block.points) * self.study.replicates - (index - self._starts[which]) * block.size
        return min(block.size, left)

    def _pairs(self, block: Block, inside: int) -> Iterator[tuple[int, int]]:
        replicates, points = self.study.replicates, block.points
        for run in range(inside * block.size, min((inside + 1) * block.size, len(points) * replicates)):
            if self.by_base:
                yield points[run // replicates], run % replicates
            else:
                yield points[run % len(points)], run // len(points)

    def _point(self, number: int) -> Point:
        values = self.values(number)
        overrides: dict[str, float] = {}
        for each, value, as_it_stands in zip(self.study.factors, values, self._as_they_stand, strict=True):
            if as_it_stands:
                overrides[each.name] = value  # type: ignore[assignment]
            else:
                overrides |= each.overrides(value)
        return Point(number, str(self._at(number, Varies.SCENARIO, self.study.scenarios[0][0])), tuple(overrides.items()), values,
                     self._rules_at(number))

    def _rules_at(self, number: int) -> Choices:
        return self.study.rules_of({name: self._columns[k][number] for name, k in self._factor_at.items()
                                    if name.startswith(RULE)})

    def _rule_sets(self) -> dict[Choices, RuleSet]:
        """The set that each choice of rules in the design stands for; raises UserError for choices that clash."""
        found = dict.fromkeys(self._rules_at(number) for number in range(self.n_points))
        return {chosen: together(dict(chosen), self.study.folder) for chosen in found}

    @property
    def rule_sets(self) -> tuple[RuleSet, ...]:
        """The sets of rules by which its runs are played."""
        return tuple(dict.fromkeys(self._rules.values()))

    def _at(self, number: int, varies: Varies, otherwise: str) -> str:
        factor = self.study.factor(varies)
        return otherwise if factor is None else str(self._columns[self._factor_at[factor.name]][number])

    def _blocks(self) -> tuple[Block, ...]:
        at = [self._at(number, Varies.PLACE, self.study.places[0].name) for number in range(self.n_points)]
        blocks = []
        for place in dict.fromkeys(at):
            points = tuple(k for k, each in enumerate(at) if each == place)
            blocks.append(Block(place, points, self._size(self.places[place], len(points) * self.study.replicates)))
        return tuple(blocks)

    def _size(self, place: Place, runs: int) -> int:
        """Runs of a chunk: about a second's worth, but no fewer than `FEWEST` chunks where there are runs enough."""
        seconds = max(len(place.ties), 1) * self.study.quarters * NANOSECONDS * 1e-9
        batches = min(round(1.0 / seconds / LANES), MOST_RUNS // LANES, -(-runs // (LANES * FEWEST)))
        return max(batches, 1) * LANES

    def _context(self) -> Context:
        study = self.study
        return Context(
            key=key_of(self.fingerprint),
            source=source_hash(),
            version=__version__,
            places=tuple(self.places.items()),
            scenarios=study.scenarios,
            quarters=study.quarters,
            outcome=study.outcome,
            keep=study.keep,
            series=study.series,
            columns=tuple((each.name, each.factor.kind) for each in study.factors),
            rules=tuple(self._rules.items()),
            own=study.own,
        )


def _stands_as_it_is(factor: StudyFactor, column: pd.Series[Any]) -> bool:
    """Whether every value of a column is a plain number within its parameter's range, so that each need not be read by itself."""
    if factor.varies is not Varies.PARAMETER or column.dtype != np.float64 or not len(column):
        return False
    row = PARAMETERS[factor.name]
    return not row.choices and not row.whole and bool(row.low <= column.min() and column.max() <= row.high)


def _csv(design: pd.DataFrame) -> str:
    sink = io.StringIO()
    design.to_csv(sink, index=False, lineterminator="\n")
    return sink.getvalue()
