"""The ledger of claims as tables of the documents."""

from __future__ import annotations

from experiments.claims.claim import Claim, Design, Trial
from experiments.claims.ledger import claims_of, load_ledger
from experiments.claims.outcomes import Outcome
from incentive_abm.parameters import PARAMETERS
from tools.markdown import cell, table


def texts() -> str:
    """The texts that the claims come from."""
    return table(("text", ""), ((source.id, cell(f"{source.title} ({source.by})")) for source in load_ledger()))


def ledger() -> str:
    """Every claim, what stands for it and what is expected."""
    return table(("id", "claim, in short", "levers in the model", "expected"), (
        (claim.id, cell(claim.says), cell(claim.stands_for), cell(claim.expected)) for claim in claims_of(load_ledger())))


def trials() -> str:
    """How every claim is put to the model."""
    head = ("id", "design and measure", "moved", "expected", "could fail", "left out", "contrary evidence", "through the rules")
    return table(head, (_row(claim) for claim in claims_of(load_ledger())))


def smallest() -> str:
    """The smallest effect of interest of every measure."""
    used = {claim.trial.outcome for claim in claims_of(load_ledger()) if claim.trial}
    return table(("measure", "what it is", "smallest effect of interest", "why"), (
        (f"`{outcome.value}`", cell(outcome.measured.meaning), f"{outcome.smallest:g} {outcome.measured.unit}",
         cell(outcome.measured.because)) for outcome in Outcome if outcome in used))


def _row(claim: Claim) -> tuple[str, ...]:
    trial = claim.trial
    if trial is None:
        return (claim.id, Design.NONE.value, "", "", cell(claim.why_not), "", "", "")
    shape = f", {trial.shape.name.lower().replace('_', ' ')}" if trial.shape else ""
    return (claim.id, f"{trial.design.value}{shape}: `{trial.outcome.value}`", _moved(trial), cell(_expected(trial)),
            cell(trial.fails), cell(trial.left_out), cell(trial.contrary), ", ".join(f"`{rule}`" for rule in trial.rules))


def _expected(trial: Trial) -> str:
    if trial.design is Design.SPREAD:
        return f"above {trial.above:g}"
    return {"+": "above 0", "-": "below 0", "0": "nothing"}[trial.sign.value]


def _moved(trial: Trial) -> str:
    """What differs between arms, as `name` first value → last value."""
    first, last = dict(trial.arms[0].settings), dict(trial.arms[-1].settings)
    return ", ".join(f"`{name}` {_shown(name, value)} → {_shown(name, last[name])}" for name, value in first.items())


def _shown(name: str, value: float) -> str:
    return str(PARAMETERS[name].show(value))
