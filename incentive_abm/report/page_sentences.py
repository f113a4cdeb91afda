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
from incentive_abm.words import say


def answer(summary: Summary) -> list[str]:
    """Three sentences: how runs end, form against function, what holds places back."""
    return [_endings(summary), _form(summary), _obstacles(summary)]


def _endings(summary: Summary) -> str:
    most, runs = summary.regimes[0]
    told = {"ends": say(f"report.ends.{most.code}"), "meaning": most.meaning,
            "runs": say("report.all_runs", runs=summary.runs) if runs == summary.runs
            else say("report.some_runs", some=runs, all=summary.runs)}
    others = [say("report.runs_that", some=n, ended=say(f"report.ended.{regime.code}")) for regime, n in summary.regimes[1:]]
    if not any(regime is Regime.INTEGRATED for regime, _ in summary.regimes):
        others.append(say("report.none_integrated"))
    text = say("report.endings_and_others", **told, others=joined(others)) if others else say("report.endings", **told)
    span = summary.time_to_integration
    if span is None:
        return text
    lost = summary.reached - summary.kept
    return text + say("report.time_to_integration", reached=summary.reached, all=summary.runs, years=_years(span),
                      lost=say("report.not_kept", some=lost) if lost else "")


def _years(span: Span) -> str:
    median = in_years(span.median)
    if span.least == span.most:
        return say("report.years", years=median)
    return say("report.years_from_to", least=in_years(span.least), most=in_years(span.most), median=median)


def _form(summary: Summary) -> str:
    return say("report.form", years=years(summary.plan.quarters), form=_median(summary.form),
               integration=_median(summary.integration), pooled=_median(summary.pooled_share))


def _median(span: Span) -> str:
    return f"{100 * span.median:.1f}%"


def _obstacles(summary: Summary) -> str:
    if not summary.blockers:
        return say("report.nothing_holds_back")
    parts = [say("report.obstacle", obstacle=blocker.label, share=percent(share)) for blocker, share in summary.blockers[:3]
             if share >= 0.05 or blocker is summary.blockers[0][0]]
    return say("report.holds_back", obstacles=joined(parts), moving=percent(summary.moving))


def differences(scenario: Scenario) -> list[dict[str, str]]:
    """What the scenario sets otherwise than the table: label, value, default, meaning, for whom."""
    rows = [_difference(name, value, say("report.everyone")) for name, value in scenario.parameters
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
        return say("report.invented", place=place["title"])
    share, weak = percent(place["share_of_income_known"]), place["share_of_shared_spend_on_assumed_ties"]
    if weak > 0:
        return say("report.known_over_weak_ties", place=place["title"], share=share, weak=percent(weak))
    return say("report.known", place=place["title"], share=share)


def provenance(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where the numbers come from, as pairs of words."""
    place, scenario, seeds = manifest["place"], manifest["scenario"], manifest["seeds"]
    told = {
        "made": say("report.provenance.made", created=manifest["created"], version=manifest["version"],
                    source=manifest["source_hash"]),
        "place": say("report.provenance.place", title=place["title"], hash=place["hash"][:16]),
        "scenario": say("report.provenance.scenario", title=scenario["title"], name=scenario["name"],
                        hash=scenario["hash"][:16]),
        "runs": say("report.provenance.runs", seeds=count(seeds["count"], "seed"), first=seeds["first"],
                    quarters=manifest["quarters"], executor=manifest["executor"]),
        "with": say("report.provenance.with", python=manifest["python"], machine=manifest["machine"],
                    packages=", ".join(f"{name} {version}" for name, version in manifest["packages"].items())),
        "again": say("report.provenance.again", command=manifest["again"]),
    }
    return [(f"{name[:1].upper()}{name[1:]}", text) for name, text in told.items()]
