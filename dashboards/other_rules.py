"""Which rules a page plays, where these are not the shipped ones alone: told as `run --rule` tells them, and in plain words."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path

from dashboards.english import text
from incentive_abm.compiling.rule_set import RuleSet
from incentive_abm.rivals.catalogue import RIVALS
from incentive_abm.rivals.choosing import split

SEPARATED = "; "


def rules_shown(rules: RuleSet) -> Mapping[str, str]:
    """The hash and the choices as a manifest has them, and what a reader is told; all empty for the shipped rules."""
    if not rules:
        return dict.fromkeys(("hash", "told", "said", "short"), "")
    told = " ".join(rules.told.splitlines())
    each = " ".join(_said(*split(choice), rules) for choice in told.split(SEPARATED))
    return {"hash": rules.hash, "told": told, "said": text("other_rules.said", rules=each),
            "short": text("other_rules.short", told=told)}


def _said(what: str, choice: str, rules: RuleSet) -> str:
    """One choice as a sentence: a rival's from the catalogue, a user's function's from its own first paragraph."""
    if what in RIVALS:
        return text("other_rules.rival", theme=what, about=RIVALS[what][choice].about, name=choice)
    path, _, name = choice.rpartition(":")
    paragraph = (inspect.getdoc(rules.instead[what]) or "").partition("\n\n")[0]
    about = " ".join(paragraph.split())
    how = "other_rules.own" if about else "other_rules.own_untold"
    return text(how, rule=what, function=name, file=Path(path).name, about=about)


def rules_named(rules: RuleSet) -> str:
    """The part of a page's line of origin that names its rules."""
    shown = rules_shown(rules)
    return text("other_rules.named", **shown) if rules else ""
