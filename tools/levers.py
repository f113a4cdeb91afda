"""Where each setting enters the model, and which claims follow from one rule alone, as tables of the documents."""

from __future__ import annotations

from experiments.claims.entering import rules_of
from experiments.claims.ledger import claims_of, load_ledger
from experiments.claims.verdict_page import by_construction
from tools.markdown import table

IN_KERNEL = "read by a kernel"
"""A setting that no rule takes: a kernel sets it as it stands, or chooses by it."""


def by_setting() -> str:
    """Every setting that acts on a run, with the rules that it is handed to."""
    return table(("setting", "rules", "which"), (
        (f"`{name}`", str(len(rules)), ", ".join(f"`{rule}`" for rule in rules) or IN_KERNEL)
        for name, rules in sorted(rules_of().items(), key=lambda item: (len(item[1]), item[0]))))


def claims() -> str:
    """How many claims are near to true by construction, and through which rule."""
    every = claims_of(load_ledger())
    near = [(claim.id, claim.trial, by_construction(claim)) for claim in every if by_construction(claim)]
    rows = table(("claim", "setting", "rule"),
                 ((claim, f"`{trial.moved[0]}`", f"`{rule}`") for claim, trial, rule in near if trial is not None))
    return f"{len(near)} of {len(every)} claims are tested by one setting that is handed to one rule:\n\n{rows}"
