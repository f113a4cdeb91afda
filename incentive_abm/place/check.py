"""How much of a place is real: what was known, what was filled and how, and what to be wary of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

import numpy as np

from incentive_abm import EXPLORATION
from incentive_abm.kinds import Kind
from incentive_abm.place.partners_and_ties import Filled, Floats, Indices, Mask
from incentive_abm.place.place import Place

_WORKED_OUT = ("ties", "spend_m")
_USES = {"people": "only to fill income", "staff": "only to fill income", "lat": "only to draw the map",
         "lon": "only to draw the map"}
_STARTS = "the run draws it from the parameters"


@dataclass(frozen=True)
class ColumnReport:
    """One column: cells known, filled from a default, and left blank (which the model can do without)."""

    table: str
    column: str
    known: int
    filled: int
    blank: int

    @property
    def cells(self) -> int:
        return self.known + self.filled + self.blank

    @property
    def share(self) -> float:
        """Share of cells known."""
        return self.known / self.cells


@dataclass(frozen=True)
class PlaceReport:
    """What `check_place` found. Counts are by kind and by pair of kinds; money is in £m a year; shares are 0..1.

    `invented` says that the basis of every tie is "invented" or "generated".
    """

    title: str
    hash: str
    partners: Mapping[Kind, int]
    ties: Mapping[tuple[Kind, Kind], int]
    income: float
    spend: float
    invented: bool
    income_real: float
    columns: tuple[ColumnReport, ...]
    filled: tuple[Filled, ...]
    weak_ties: int
    weak_spend: float
    groups: tuple[int, ...]
    isolated: tuple[str, ...]
    warnings: tuple[str, ...]

    def text(self) -> str:
        """The report in plain words."""
        return "\n".join([*self._who(), "", *self._real(), "", *self._fills(), "", *self._cautions(), "", EXPLORATION])

    def _who(self) -> list[str]:
        partners = ", ".join(f"{count} {_kind(kind, count)}" for kind, count in self.partners.items() if count)
        lines = [f"{self.title}: {sum(self.partners.values()):,} partners ({partners})",
                 f"Income £{self.income:,.0f}m a year, of which £{self.spend:,.0f}m on people they share", "",
                 f"{sum(self.ties.values()):,} ties, between"]
        lines += [f"  {count:>7,}  {a.plural} and {b.plural}" for (a, b), count in self.ties.items() if count]
        return lines

    def _real(self) -> list[str]:
        real = f"{_share(self.income_real)} of income, by value"
        if self.invented:
            real = "nothing. The place is invented; its figures are plausible, and none is a record"
        lines = [f"How much is real: {real}", "",
                 "                          known   filled    blank"]
        for c in self.columns:
            left = _USES.get(c.column, _STARTS) if c.blank else ""
            made = "worked out from incomes and people" if (c.table, c.column) == _WORKED_OUT and c.filled else ""
            note = made or (f"(used {left})" if left.startswith("only") else f"({left})" if left else "")
            line = f"  {c.table:<9} {c.column:<12} {_share(c.share):>6}  {c.filled:>7,}  {c.blank:>7,}  {note}"
            lines.append(line.rstrip())
        return lines

    def _fills(self) -> list[str]:
        made = [f for f in self.filled if (f.table, f.column) != _WORKED_OUT]
        if not made:
            return ["Nothing was filled from a default."]
        lines = ["Filled from defaults (each can be replaced by a figure in the file):"]
        for f in made:
            span = f"{f.least:g}" if f.least == f.most else f"{f.least:.4g} to {f.most:.4g}"
            cells = "1 cell" if f.count == 1 else f"{f.count:,} cells"
            lines.append(f"  {f.table} {f.column}: {cells} by {f.rule}; gives {span}")
        return lines

    def _cautions(self) -> list[str]:
        total = sum(self.ties.values())
        lines = [f"Weak ties (number of people assumed): {self.weak_ties:,} of {total:,}, "
                 f"{_share(self.weak_spend)} of shared spend"]
        if len(self.groups) == 1 and not self.isolated:
            lines.append("Every partner can be reached from every other over ties.")
        lines += [f"Warning: {warning}" for warning in self.warnings]
        told = any(c.known for c in self.columns if c.column.startswith("trust"))
        lines.append("Trust is what the files say where they say it; no record shows willingness or what leaders want: these are "
                     "assumptions of the model." if told else
                     "No record shows trust, willingness or what leaders want: these are assumptions of the model.")
        return lines


def check_place(place: Place) -> PlaceReport:
    """Counts, what is real and what is not, and warnings.

    >>> from incentive_abm import shipped_place
    >>> print(check_place(shipped_place()).text().splitlines()[0])
    Marlshire: 50 partners (...)
    """
    p, t = place.partners, place.ties
    counts = np.bincount(p.kind, minlength=len(Kind))
    low, high = np.minimum(p.kind[t.a], p.kind[t.b]), np.maximum(p.kind[t.a], p.kind[t.b])
    pairs = {(one, other): int(((low == one) & (high == other)).sum())
             for one in Kind for other in Kind if one <= other}
    income = fsum(p.income.tolist())
    known_income = fsum(p.income[~p.assumed["income_m"]].tolist())
    invented = all(basis.casefold().startswith(("invented", "generated")) for basis in t.basis)
    sizes = _group_sizes(place.component)
    return PlaceReport(
        title=place.title, hash=place.hash, partners={kind: int(counts[kind]) for kind in Kind}, ties=pairs,
        income=income, spend=place.spend_total, invented=invented,
        income_real=0.0 if invented else known_income / income,
        columns=(*_columns("partners", p.assumed, p.numbers), *_columns("ties", t.assumed, t.numbers)),
        filled=place.filled, weak_ties=int(t.weak.sum()),
        weak_spend=fsum(t.spend[t.weak].tolist()) / place.spend_total,
        groups=tuple(size for size in sizes if size > 1),
        isolated=tuple(p.names[i] for i in np.flatnonzero(~place.connected).tolist()),
        warnings=place.warnings,
    )


def _columns(table: str, assumed: Mapping[str, Mask], values: Mapping[str, Floats]) -> tuple[ColumnReport, ...]:
    found = []
    for name, column in values.items():
        blank = int(np.isnan(column).sum())
        filled = int(assumed[name].sum()) if name in assumed else 0
        found.append(ColumnReport(table, name, column.size - blank - filled, filled, blank))
    return tuple(found)


def _group_sizes(component: Indices) -> list[int]:
    return sorted(np.unique(component, return_counts=True)[1].tolist(), reverse=True)


def _kind(kind: Kind, count: int) -> str:
    return kind.label if count == 1 else kind.plural


def _share(share: float) -> str:
    """A percentage that says 0% and 100% only where that is exact."""
    if 0.0 < share < 0.01:
        return "<1%"
    if 0.99 < share < 1.0:
        return ">99%"
    return f"{100.0 * share:.0f}%"
