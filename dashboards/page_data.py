"""What the page needs before the first run: the place, the levers, the presets, and the words for everything."""

from __future__ import annotations

import re
from typing import Any

from dashboards.known import known_told
from dashboards.other_rules import rules_shown
from dashboards.preset_stories import OPENING, stories
from dashboards.questions import ALIKE, EARLY, FAR, NEAR, OFFERED_UNTIL, QUARTERS, WORLDS
from incentive_abm import EXPLORATION, __version__
from incentive_abm.compiling import source_hash
from incentive_abm.compiling.as_python import reading
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.given_numbers import MOST_SEED
from incentive_abm.kinds import Background, Blocker, Kind, Regime, Resource, Talk, Value
from incentive_abm.lever_moves import STEP
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, Group, Parameter, Role, Scope
from incentive_abm.place import Place, positions, radii
from incentive_abm.place.drawing import COLOURS
from incentive_abm.results.turned_round import FRESH_WORLDS
from incentive_abm.rules.appraisal import breadth
from incentive_abm.scenario import shipped_scenarios
from incentive_abm.scenario.as_data import written
from incentive_abm.scenario.posterior import Posterior
from incentive_abm.state.arrays import LANES

ASPECTS = (0.75, 1.0, 1.35, 1.8, 2.4)
"""Shapes of picture (width over height) for which a layout is sent: the page takes the nearest, so that nothing is stretched."""
THRESHOLDS = {"shares": 0.05, "strained": 0.5, "alike": ALIKE, "early": EARLY}
"""Breadth from which the page says that two partners share something, stress from which it calls strain heavy, and within
which two shares of joined-up spending count as alike; up to which quarter a stall is told as nothing having moved."""
TEXTS = {
    "000": "“The listening exercise” (2011)", "001": "“Interests are mismatched”",
    "002": "“Joining forces”", "003": "“Here endeth the 10th lesson” (2013)",
    "004": "“Everyone agrees…”",
}
"""The source texts, in short, by the first part of a claim's number; docs/claims.md has their full names."""
GROUPS: tuple[tuple[str, str, tuple[Group, ...]], ...] = (
    ("money", "Money", (Group.MONEY,)),
    ("rules", "Rules and targets", (Group.RULES,)),
    ("relations", "Relations and purpose", (Group.RELATIONS, Group.VALUES, Group.DELIVERY)),
    ("leaders", "Leaders and learning", (Group.LEADERS,)),
    ("politics", "Politics and the public", (Group.POLITICS,)),
)


def page_data(place: Place, rules: RuleSet = SHIPPED, known: Posterior | None = None) -> dict[str, Any]:
    """Everything that does not depend on how the page came to its visitor."""
    weight = reading(rules).rule(breadth)
    return {
        "version": __version__, "source": source_hash(), "rules": rules_shown(rules), "caution": EXPLORATION,
        "quarters": QUARTERS, "largest_seed": str(MOST_SEED),
        "place": place_shown(place), "groups": groups(),
        "parameters": {p.name: _parameter(p) for p in PARAMETERS.values() if p.scope not in (Scope.DATA, Scope.RESULT)},
        "stories": {name: {"levers": list(story.levers), "world": story.world} for name, story in stories().items()},
        "opening": dict(zip("AB", OPENING, strict=True)),
        "presets": [written(scenario) for scenario in shipped_scenarios().values()],
        "kinds": [{"code": k.code, "label": k.label, "plural": k.plural, "colour": COLOURS[k]} for k in Kind],
        "values": [_coded(v) for v in Value],
        "resources": [{**_coded(r), "weight": weight(*(float(r == each) for each in Resource))} for r in Resource],
        "blockers": [_coded(b) for b in Blocker],
        "regimes": [{"code": r.code, "label": r.label, "meaning": r.meaning} for r in Regime],
        "talks": [_coded(t) for t in Talk],
        "backgrounds": [_coded(b) for b in Background],
        "measures": [{"code": m.code, "meaning": m.meaning} for m in Measure],
        "thresholds": THRESHOLDS,
        "asked": {"worlds": WORLDS, "help_worlds": LANES, "help_step": STEP, "help_until": OFFERED_UNTIL,
                  "fresh_worlds": len(FRESH_WORLDS), "smallest": PARAMETERS["gain"].default, "near": NEAR, "far": FAR},
        "known": known_told(known),
    }


def _coded(member: Value | Resource | Blocker | Talk | Background) -> dict[str, str]:
    return {"code": member.name.lower(), "label": member.label}


def place_shown(place: Place) -> dict[str, Any]:
    """Partners and ties as columns; each layout has positions in 0..1 of a picture `aspect` times as wide as high, and radii as
    shares of its height."""
    p, t = place.partners, place.ties
    return {
        "hash": place.hash, "title": place.title, "warnings": list(place.warnings),
        "ids": list(p.ids), "labels": list(place.labels), "kind": p.kind.tolist(),
        "income": p.income.round(3).tolist(), "assumed": p.assumed["income_m"].tolist(),
        "layouts": [{"aspect": aspect, "xy": positions(place, aspect).tolist(), "radius": radii(place, aspect).round(5).tolist()}
                    for aspect in ASPECTS],
        "a": t.a.tolist(), "b": t.b.tolist(), "weight": place.weight.round(7).tolist(), "spend": t.spend.round(3).tolist(),
        "weak": t.weak.tolist(),
    }


def groups() -> list[dict[str, Any]]:
    """The levers under the room's headings, each lever once."""
    found = []
    for code, label, members in GROUPS:
        names = [p.name for p in PARAMETERS.values() if p.role is Role.LEVER and p.group in members]
        found.append({"code": code, "label": label, "levers": names})
    return found


def _parameter(p: Parameter) -> dict[str, Any]:
    return {"label": p.label, "meaning": p.meaning, "source": source(p.source), "unit": p.unit, "low": p.low, "high": p.high,
            "default": p.show(p.default), "choices": [c.replace("_", " ") for c in p.choices], "codes": list(p.choices),
            "whole": p.whole, "scope": p.scope.value, "lever": p.role is Role.LEVER}


def source(text: str) -> str:
    """A source with its claims by the title of their text, so that a room can place them: 003-4 becomes “…” (2013), claim 4."""
    return re.sub(r"\b(00[0-4])-(\d+)\b", lambda found: f"{TEXTS[found[1]]}, claim {found[2]}", text)
