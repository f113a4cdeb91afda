"""The rivals that come with the package: for each theme, names and the rules they put in the place of the shipped ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType
from typing import Any

import incentive_abm.rules
from incentive_abm.compiling.rule_set import Rule, rule_name
from incentive_abm.rivals import bargaining, exit, trust, values, way


@dataclass(frozen=True)
class Rival:
    """One account of a theme: what the shipped rules are replaced by, and what it says in a sentence."""

    instead: Mapping[str, Rule]
    about: str


def _bargaining(appeal: Rule, about: str) -> Rival:
    return Rival({"bargaining.appeal": appeal, "bargaining.aspiration": bargaining.nothing_held_out_for}, about)


RIVALS: Mapping[str, Mapping[str, Rival]] = {
    "trust": {
        "evidence": Rival({}, "evidence with memory, losses weigh more (shipped)"),
        "bayesian": Rival({"trust.evidence_after": trust.bayesian_evidence_after}, "nothing forgotten, losses weigh as gains"),
        "apart": Rival({"trust.evidence_after": trust.apart_evidence_after},
                       "immediate trust by recent encounters, reputation where there are few"),
        "image": Rival({"trust.evidence_after": trust.image_evidence_after, "trust.word_heard": trust.image_word_heard},
                       "image scoring: one public score, up and down by one"),
        "none": Rival({"trust.evidence_after": trust.unmoved_evidence_after}, "left out: nothing is learnt from promises"),
    },
    "bargaining": {
        "offers": Rival({}, "alternating offers (shipped)"),
        "nash": _bargaining(bargaining.nash_appeal, "the largest product of gains, at once"),
        "kalai-smorodinsky": _bargaining(bargaining.kalai_smorodinsky_appeal, "equal shares of the best each could hope for"),
        "ultimatum": _bargaining(bargaining.ultimatum_appeal, "take it or leave it: who opens names the deal"),
    },
    "values": {
        "bounded": Rival({}, "bounded confidence, driven further apart beyond it (shipped)"),
        "no-repulsion": Rival({"values.persuasion": values.bounded_only}, "bounded confidence, nothing beyond it"),
        "averaging": Rival({"values.persuasion": values.averaging}, "averaging, however far apart"),
        "none": Rival({"values.persuasion": values.unpersuaded}, "left out: no one's values move another's"),
    },
    "exit": {
        "patience": Rival({}, "after losing for longer than its patience, by chance (shipped)"),
        "threshold": Rival({"commitment.losing_after": exit.losses_added_up, "commitment.walks_away": exit.leaves_at_threshold},
                           "once its losses add up to what it bears, for certain"),
        "none": Rival({"commitment.walks_away": exit.stays}, "left out: no one walks away"),
    },
    "way": {
        "walk": Rival({}, "the mean of what is joined beyond both ends (shipped)"),
        "product": Rival({"way.rest_of_the_way": way.product_of_the_way}, "the product: every hand-over must go well"),
        "weakest": Rival({"way.rest_of_the_way": way.weakest_of_the_way}, "the weakest link"),
        "none": Rival({"way.way_factor": way.no_way, "way.unjoined_worth": way.nothing_unjoined},
                      "left out: worth the same whatever lies beyond"),
    },
}
"""By theme and name; the first of a theme is the shipped one."""


@cache
def shipped_rules() -> Mapping[str, Any]:
    """Every shipped rule by its name, as in `trust.evidence_for`."""
    found: dict[str, Any] = {}
    for each in iter_modules(incentive_abm.rules.__path__):
        module = import_module(f"{incentive_abm.rules.__name__}.{each.name}")
        found |= {name: thing for thing in vars(module).values()
                  if isinstance(thing, FunctionType) and hasattr(thing, "is_rule") and thing.__module__ == module.__name__
                  and (name := rule_name(thing)) is not None}
    return found


NOT_REPLACEABLE: Mapping[str, str] = {
    "arithmetic": "it is arithmetic, not a statement about partners",
    "bargaining.acceptable_to_both": "only the compiled engine calls it; replace bargaining.appeal, bargaining.target_worth or "
                                     "bargaining.aspiration",
}
"""Rules, and files of rules, that cannot be replaced, and why."""


def why_not(name: str) -> str:
    """Why a shipped rule cannot be replaced; "" where it can."""
    return NOT_REPLACEABLE.get(name, "") or NOT_REPLACEABLE.get(name.partition(".")[0], "")


