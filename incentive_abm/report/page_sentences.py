"""The words of the page: the answer in three sentences, what differs from the defaults, limits, provenance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incentive_abm.kinds import Regime
from incentive_abm.parameters import PARAMETERS
from incentive_abm.results.stories.wording import count, joined, percent
from incentive_abm.results.summary import Span, Summary
from incentive_abm.scenario import Scenario
from incentive_abm.times import in_years, years

ENDS = {
    Regime.INTEGRATED: "integrated",
    Regime.COLLAPSED: "collapsed",
    Regime.BUSY: "ended busy",
    Regime.NEVER_STARTED: "never started",
    Regime.PROGRESSING: "were still getting better",
    Regime.STALLED: "stalled",
}


def answer(summary: Summary) -> list[str]:
    """Three sentences: how runs end, form against function, what holds places back."""
    return [_endings(summary), _form(summary), _obstacles(summary)]


def _endings(summary: Summary) -> str:
    most, runs = summary.regimes[0]
    whole = f"all {summary.runs}" if runs == summary.runs else f"{runs} of {summary.runs}"
    text = f"In {whole} runs the place {_singular(most)}: {most.meaning}"
    others = [f"{n} {ENDS[regime]}" for regime, n in summary.regimes[1:]]
    if not any(regime is Regime.INTEGRATED for regime, _ in summary.regimes):
        others.append("none integrated")
    text += f"; {joined(others)}." if others else "."
    span = summary.time_to_integration
    if span is not None:
        text += f" Where lasting integration came, it took {_years(span)}."
    return text


def _singular(regime: Regime) -> str:
    return {Regime.INTEGRATED: "integrates", Regime.COLLAPSED: "collapses", Regime.BUSY: "ends busy",
            Regime.NEVER_STARTED: "never starts", Regime.PROGRESSING: "is still getting better",
            Regime.STALLED: "stalls"}[regime]


def _years(span: Span) -> str:
    if span.least == span.most:
        return f"{in_years(span.median)} years"
    return f"{in_years(span.least)} to {in_years(span.most)} years (median {in_years(span.median)})"


def _form(summary: Summary) -> str:
    span = years(summary.plan.quarters)
    return (f"After {span:g} years {_median(summary.form)} of what partners spend on the same people is under agreement, and "
            f"{_median(summary.integration)} is truly joined up: promised, delivered, and by people who trust and know each "
            f"other. Pooled budgets hold {_median(summary.pooled_share)} of all income.")


def _median(span: Span) -> str:
    return f"{100 * span.median:.1f}%"


def _obstacles(summary: Summary) -> str:
    if not summary.blockers:
        return "At the end nothing holds any tie back."
    parts = [f"{blocker.label} ({percent(share)} of shared spend)" for blocker, share in summary.blockers[:3]
             if share >= 0.05 or blocker is summary.blockers[0][0]]
    return f"What holds places back at the end is {joined(parts)}; {percent(summary.moving)} is integrated or still moving."


def differences(scenario: Scenario) -> list[dict[str, str]]:
    """What the scenario sets otherwise than the table: label, value, default, meaning, for whom."""
    rows = [_difference(name, value, "everyone") for name, value in scenario.parameters
            if value != PARAMETERS[name].default]
    for kind, values in scenario.kinds:
        rows += [_difference(name, value, kind.plural) for name, value in values]
    for partner, values in scenario.partners:
        rows += [_difference(name, value, partner) for name, value in values]
    return rows


def _difference(name: str, value: float, who: str) -> dict[str, str]:
    row = PARAMETERS[name]
    return {"label": row.label, "value": _shown(row.show(value)), "default": _shown(row.show(row.default)),
            "meaning": row.meaning, "who": who, "name": name}


def _shown(value: float | int | str) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def real(place: Mapping[str, Any]) -> str:
    """How much of the place is known, in one sentence, from the manifest."""
    if place["invented"]:
        return f"{place['title']} is an invented place: its figures are plausible, and none is a record."
    weak = place["share_of_shared_spend_on_assumed_ties"]
    text = f"Of the income of {place['title']}, {percent(place['share_of_income_known'])} is known and the rest is assumed"
    return text + (f"; {percent(weak)} of shared spend runs over ties whose number of people is assumed." if weak > 0 else ".")


def provenance(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where the numbers come from, as pairs of words."""
    seeds = manifest["seeds"]
    packages = ", ".join(f"{name} {version}" for name, version in manifest["packages"].items())
    return [
        ("Made", f"{manifest['created']} by incentive_abm {manifest['version']} (source {manifest['source_hash']})"),
        ("Place", f"{manifest['place']['title']}, {manifest['place']['hash'][:16]}"),
        ("Scenario", f"{manifest['scenario']['title']} ({manifest['scenario']['name']}), {manifest['scenario']['hash'][:16]}"),
        ("Runs", f"{count(seeds['count'], 'seed')} from {seeds['first']}, {manifest['quarters']} quarters each, "
                 f"on the {manifest['executor']} executor"),
        ("With", f"Python {manifest['python']} on {manifest['machine']}; {packages}"),
        ("Again", f"In this folder: {manifest['again']}"),
    ]
