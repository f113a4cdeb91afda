"""The ledger under a condition: a mechanism taken away, other rules, another place, or what is known after the data.

What was played is kept and not played twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from experiments.claims.claim import Claim
from experiments.claims.claim_study import Backgrounds, write_study
from experiments.claims.contrasts import contrasts
from experiments.claims.evidence import weigh
from experiments.claims.lanes import plans_played
from experiments.claims.verdict import Row, corrected, numbers_of
from experiments.designs import with_posterior
from experiments.running.plan import Plan
from incentive_abm.files import written_whole
from incentive_abm.rivals.choosing import split
from incentive_abm.scenario.posterior import read_posterior

if TYPE_CHECKING:
    import pandas as pd

    from incentive_abm.place import Place

FEWER = 64
"""Backgrounds a claim under each condition."""
AT_A_TIME = 16
Heard = Callable[[str], None]


@dataclass(frozen=True)
class Condition:
    """What differs from the ledger's own runs; all else, luck too, is the same.

    name: as tables show it; values: laid over every run's own settings; rules: in the place of shipped ones, as `--rule` writes
    them; place: where every run is played; posterior: a file of settings, drawn together instead of evenly.
    """

    name: str
    values: Mapping[str, float] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    place: Place | None = None
    posterior: Path | None = None

    def fits(self, claim: Claim) -> bool:
        """Whether the claim can be judged under it: it moves nothing that is held or drawn from the posterior."""
        drawn = read_posterior(self.posterior).names if self.posterior else ()
        return claim.trial is not None and not set(claim.trial.moved) & {*self.values, *drawn}

    def plan(self, plan: Plan) -> Plan:
        """The ledger's plan of a claim, with another place, posterior and rules; values are laid over when it is played."""
        if not (self.rules or self.place or self.posterior):
            return plan
        design, places = plan.design, plan.places
        if self.posterior:
            design = with_posterior(design, read_posterior(self.posterior), plan.study.seed)
        if self.place:
            design, places = design.assign(place=self.place.name), {self.place.name: self.place}
        return Plan(replace(plan.study, rules=tuple(map(split, self.rules))), places, design)


WHOLE = Condition("the whole model")


class Judged:
    """The ledger's claims on one set of backgrounds and places, under any number of conditions.

    keep: where contrasts are kept, each file named by a hash of all that decides it.
    """

    def __init__(self, claims: Sequence[Claim], backgrounds: Backgrounds, keep: Path, heard: Heard) -> None:
        self.claims = [claim for claim in claims if claim.trial is not None]
        self.backgrounds, self.keep, self.heard = backgrounds, keep, heard
        self._places: dict[str, Place] | None = None
        self._plans: dict[str, Plan] = {}
        self._rows: dict[tuple[str, str], Row] = {}
        self._keys: dict[tuple[str, str], str] = {}

    def contrasts(self, claim: Claim, condition: Condition) -> pd.DataFrame:
        """One row a background of a claim: place, contrast, and the settings at rest."""
        import pandas as pd

        self.play([claim], condition)
        return pd.read_parquet(self._path(claim, condition))

    def play(self, claims: Sequence[Claim], condition: Condition) -> None:
        """Play what has not been played of these claims under a condition, some claims at a time."""
        missing = self.missing(claims, condition)
        for some in (missing[k:k + AT_A_TIME] for k in range(0, len(missing), AT_A_TIME)):
            trials = [claim.trial for claim in some if claim.trial is not None]
            plans = [condition.plan(self.plan(claim)) for claim in some]
            asked = [(plan, trial.outcome.measured) for plan, trial in zip(plans, trials, strict=True)]
            played = plans_played(asked, condition.values)
            for claim, plan, trial, rows in zip(some, plans, trials, played, strict=True):
                found = contrasts(trial, rows, plan.design, plan.places)
                with written_whole(self._path(claim, condition)) as waiting:
                    found.to_parquet(waiting, index=False)

    def missing(self, claims: Sequence[Claim], condition: Condition) -> list[Claim]:
        """Those of these claims that have not been played under a condition."""
        return [claim for claim in claims if not self._path(claim, condition).exists()]

    def _path(self, claim: Claim, condition: Condition) -> Path:
        told = json.dumps([self.sweep(claim, condition), sorted(condition.values.items())])
        return self.keep / f"{sha256(told.encode()).hexdigest()[:24]}.parquet"

    def sweep(self, claim: Claim, condition: Condition) -> str:
        """The hash of all that decides the runs of a claim under a condition, but for the values laid over them."""
        named = (claim.id, condition.name)
        if named not in self._keys:
            self._keys[named] = condition.plan(self.plan(claim)).context.key
        return self._keys[named]

    def plan(self, claim: Claim) -> Plan:
        """The runs of a claim, as its sweep would have them."""
        if claim.id not in self._plans:
            with TemporaryDirectory() as waiting:
                self._plans[claim.id] = Plan.of(write_study(claim, self.backgrounds, Path(waiting)), self._places)
            self._places = self._plans[claim.id].places
        return self._plans[claim.id]

    def verdicts(self, condition: Condition, among: Sequence[Claim] | None = None) -> pd.DataFrame:
        """The rows of the table of verdicts under a condition, corrected over these claims, or over all that can be judged."""
        import pandas as pd

        fitting = [claim for claim in (self.claims if among is None else among) if condition.fits(claim)]
        self.play(fitting, condition)
        rows = [self._numbers(claim, condition) for claim in fitting]
        self.heard(f"{condition.name}: {len(rows)} claims")
        return pd.DataFrame(corrected(rows))

    def _numbers(self, claim: Claim, condition: Condition) -> Row:
        """A claim's row before anything is corrected; worked out once."""
        assert claim.trial is not None
        key = (claim.id, condition.name)
        if key not in self._rows:
            self._rows[key] = numbers_of(claim, claim.trial, weigh(claim.trial, self.contrasts(claim, condition)))
        return self._rows[key]
