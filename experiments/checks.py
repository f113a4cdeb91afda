"""The checks that MODEL.md reports: do all regimes occur, do shipped scenarios behave as told, do published patterns show?

Run with `python -m experiments.checks [FILE]`; writes a Markdown report. Results are stated as they fall.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.intervals import student
from experiments.coverage import section_in
from experiments.designs import latin_hypercube, settings
from experiments.study.factor_reading import whole_range
from incentive_abm import EXPLORATION, __version__
from incentive_abm.compiling import source_hash
from incentive_abm.engine.run import Job, Record, Recorded, joined, run, stream
from incentive_abm.files import write_text_whole
from incentive_abm.kinds import Regime
from incentive_abm.measures import Measure
from incentive_abm.parameters import PARAMETERS, Parameter, Role, Scope
from incentive_abm.place import Place, shipped_place
from incentive_abm.scenario import Scenario, load_scenario, shipped_scenarios
from incentive_abm.state.pictures import PARTNER_PICTURE, TIE_PICTURE
from incentive_abm.times import QUARTERS_A_YEAR, years

POINTS = 500
SEEDS = range(1, 201)


def sampled() -> list[Parameter]:
    """The levers and uncertainties that act on a run."""
    acting = (Scope.PLACE, Scope.PARTNER, Scope.START)
    return [p for p in PARAMETERS.values() if p.scope in acting and p.role is not Role.CONSTANT]


def over_the_ranges(parameters: list[Parameter], points: int, seed: int) -> list[dict[str, float]]:
    """Latin-hypercube points over the declared ranges, as parameter values."""
    factors = [whole_range(parameter) for parameter in parameters]
    design = latin_hypercube([each.factor for each in factors], points, seed)
    chosen = (values for _, values in settings(design))
    return [{name: value for each in factors for name, value in each.overrides(at[each.name]).items()} for at in chosen]


def counts(recorded: Recorded) -> str:
    """Regimes with their counts, in words."""
    found = [(int((recorded.endings.regime == r).sum()), r.label) for r in Regime]
    return ", ".join(f"{label} {n}" for n, label in sorted(found, reverse=True) if n)


def span_in_years(times: NDArray[np.float64]) -> str:
    """Median and range of times in quarters, told in years."""
    known = years(times[np.isfinite(times)])
    if not known.size:
        return "never"
    return f"{np.median(known):.1f} ({known.min():.1f} to {known.max():.1f}), {known.size} runs"


def regimes_over_the_ranges(place: Place) -> Iterator[str]:
    """All regimes occur over the declared ranges, and none swallows the rest."""
    base = load_scenario("today")
    points = over_the_ranges(sampled(), POINTS, seed=1)
    recorded = joined(list(stream(place, [Job(base.overlaid(p), k + 1) for k, p in enumerate(points)])))
    largest = max(int((recorded.endings.regime == r).sum()) for r in Regime)
    yield "## Regimes over the declared ranges\n"
    yield (f"{POINTS} Latin-hypercube points over all {len(sampled())} levers and uncertainties, one seed each, "
           f"{place.title}: {counts(recorded)}. The largest share is {100 * largest / POINTS:.0f}%.\n")


def scenarios_as_found(place: Place) -> Iterator[str]:
    """Every shipped scenario, 200 seeds."""
    yield f"## Shipped scenarios, {len(SEEDS)} seeds each, 60 quarters, {place.title}\n"
    yield "| scenario | regimes | years to integration | form F | integration I | walk-outs a run | pooled % of income |"
    yield "|---|---|---|---|---|---|---|"
    for name, scenario in shipped_scenarios().items():
        r = run(place, scenario, SEEDS)
        assert r.measures is not None
        walked = r.measures[:, :, Measure.WALK_OUTS].sum(axis=1).mean()
        yield (f"| {name} | {counts(r)} | {span_in_years(r.endings.time_to_integration)} | {r.last[:, Measure.FORM].mean():.2f} "
               f"| {r.last[:, Measure.INTEGRATION].mean():.2f} | {walked:.0f} "
               f"| {100 * r.last[:, Measure.POOLED_SHARE].mean():.1f} |")
    yield ""


def reversal_on_integrated_places(place: Place) -> Iterator[str]:
    """What a reversal undoes, against the same luck without it."""
    without = run(place, load_scenario("ten-lessons"), SEEDS, 80)
    with_it = run(place, load_scenario("reversal"), SEEDS, 80)
    assert without.measures is not None
    assert with_it.measures is not None
    i, j = without.measures[:, :, Measure.INTEGRATION], with_it.measures[:, :, Measure.INTEGRATION]
    lost = (i - j).mean(axis=0)
    struck = int(np.argmax(lost > 1e-9))
    back = np.where(lost[struck:] < 0.02)[0]
    when = f"the gap closes to under 0.02 after {years(float(back[0])):.1f} years" if back.size else "the gap never closes"
    yield "## A reversal on integrated places\n"
    yield (f"Ten lessons with and without a reversal in quarter {struck + 1}, same luck, 80 quarters: integration falls by "
           f"{lost[struck]:.2f} at once (largest gap {lost.max():.2f}), and {when}; "
           f"with it {counts(with_it)}; without it {counts(without)}.\n")


AGAINST: tuple[tuple[str, dict[str, float], dict[str, float], str], ...] = (
    ("side payments not allowed", {"side_payments": 0.0}, {}, "001-9: money moved between partners should help"),
    ("power not shared", {"power_sharing": 0.0}, {}, "002-5: sharing power should help"),
    ("bail-outs certain, against none", {"bailout": 1.0}, {"bailout": 0.0}, "001-11: an expected rescue should hold back"),
)
"""What the texts lead to expect to hurt, tried where most of the rest is favourable: what changes, against what, the claim."""


def against_expectation(place: Place) -> Iterator[str]:
    """Levers whose effect the texts lead to expect, whichever way it comes out, under the same luck."""
    base = load_scenario("relations-first")
    yield "## Levers against what the texts expect\n"
    yield (f"Integration at the end under *relations-first*, paired by seed, {len(SEEDS)} seeds, {place.title}; 95% intervals by "
           "Student's t over seeds.\n")
    yield "| change | integration | by the texts |"
    yield "|---|---|---|"
    for told, values, instead, claim in AGAINST:
        with_it, without = (run(place, base.overlaid(each), SEEDS, record=Record.ENDINGS).last[:, Measure.INTEGRATION]
                            for each in (values, instead))
        effect, low, high = student(with_it - without)
        yield f"| {told} | {effect:+.3f} ({low:+.3f} to {high:+.3f}) | {claim} |"
    yield ""


def patterns(place: Place) -> Iterator[str]:
    """Published patterns, each beside its published figure; what each may be used for stands in docs/model/calibration.md."""
    r = run(place, load_scenario("today"), SEEDS)
    assert r.measures is not None
    pooled = 100 * r.measures[:, :, Measure.POOLED_SHARE].mean(axis=0)
    form, outcome = r.measures[:, :, Measure.FORM].mean(axis=0), r.measures[:, :, Measure.OUTCOME].mean(axis=0)
    trust, balance = r.measures[:, :, Measure.TRUST].mean(axis=0), r.measures[:, :, Measure.BALANCE_TRUST].mean(axis=0)
    said, done = (r.measures[:, :, m].mean(axis=0) for m in (Measure.SAID, Measure.INTEGRATION))
    yield "## Published patterns, today's defaults\n"
    yield (f"1 (calibrated). Pooled share of income after 2, 6, 10 and 15 years: {pooled[7]:.1f}%, {pooled[23]:.1f}%, "
           f"{pooled[39]:.1f}%, {pooled[59]:.1f}%. Published: 3.4% (2007/08), about 4% (2015/16), 5.6% (2019-20).\n")
    yield (f"4 (calibrated). Years, not months: outcome after 2 years is {outcome[7]:.3f}, after 6 {outcome[23]:.3f}, "
           f"after 10 {outcome[39]:.3f}. Published: very little within 2 years, up to 5 or 6 for any effect.\n")
    yield (f"2 (reported). Relations before savings: from the first quarter to the end of year one mean trust goes "
           f"{trust[0]:.3f} → {trust[3]:.3f}, form {form[0]:.3f} → {form[3]:.3f}, trusts' balance {balance[0]:+.4f} → "
           f"{balance[3]:+.4f} of income; what partners say of working together goes {said[0]:.3f} → {said[3]:.3f}, what they "
           f"do (integration) {done[0]:.3f} → {done[3]:.3f}. "
           f"Published: about 90% of areas said joint working had improved in a year in which "
           f"£511m of planned savings were missed.\n")
    yield from exits_and_distress(place)
    spread = r.last[:, Measure.INTEGRATION]
    groups = r.last[:, Measure.LARGEST_GROUP]
    yield (f"8 (reported). Integration at the end over seeds: quartiles {np.quantile(spread, 0.25):.3f}, "
           f"{np.median(spread):.3f}, {np.quantile(spread, 0.75):.3f}, maximum {spread.max():.3f}; the largest integrated "
           f"group has a median of {np.median(groups):.0f} partners (maximum {groups.max():.0f}). "
           "Published: most successes join two or three organisations.\n")
    uniting = run(place, load_scenario("unitingcare-like"), SEEDS)
    assert uniting.measures is not None
    f = uniting.measures[:, :, Measure.FORM]
    peak = f.argmax(axis=1)
    ended = np.array([np.argmax(row[p:] < 0.5 * row[p]) if (row[p:] < 0.5 * row[p]).any() else -1
                      for row, p in zip(f, peak, strict=True)])
    yield (f"6 (reported). UnitingCare-like: form peaks in quarter {np.median(peak) + 1:.0f} (median) and has halved "
           f"{np.median(ended[ended >= 0]):.0f} quarters later in {int((ended >= 0).sum())} of {len(SEEDS)} runs. "
           f"{compacts_of(uniting)} Published: ended after 8 months.\n")


def compacts_of(recorded: Recorded) -> str:
    """How many compacts began, how many of them ended, and when the first did."""
    assert recorded.measures is not None
    begun, ended = (recorded.measures[:, :, m] for m in (Measure.COMPACTS_BEGUN, Measure.COMPACTS_ENDED))
    if not begun.any():
        return "No compact began."
    lasted = [int(np.argmax(over > 0) - np.argmax(made > 0)) for made, over in zip(begun, ended, strict=True)
              if over.any() and made.any()]
    when = f"; the first end comes {np.median(lasted):.0f} quarters after the first begins (median)" if lasted else ""
    return f"{begun.sum():.0f} compacts began, {ended.sum():.0f} ended{when}."


def exits_and_distress(place: Place) -> Iterator[str]:
    """Patterns 5 and 9: walk-outs by partners in deficit, and turnover under stress."""
    r = run(place, load_scenario("torbay-like"), SEEDS[:64], record=Record.PICTURES)
    today = run(place, load_scenario("today"), SEEDS[:64], record=Record.PICTURES)
    for label, recorded in (("torbay-like", r), ("today", today)):
        assert recorded.ties is not None
        assert recorded.partners is not None
        out = recorded.ties[..., TIE_PICTURE.index("walked_out")]
        stress = recorded.partners[..., PARTNER_PICTURE.index("stress")]
        leavers = np.concatenate([stress[..., place.ties.a][(out == 1) | (out == 3)],
                                  stress[..., place.ties.b][(out == 2) | (out == 3)]])
        share = (leavers > 0.5).mean() if leavers.size else float("nan")
        yield (f"5 (calibrated; {label}). Walk-outs: {leavers.size / 64:.1f} a run; {100 * share:.0f}% by a partner in deep "
               f"deficit, against {100 * (stress > 0.5).mean():.0f}% of partner-quarters in deep deficit. "
               f"Published: one walk-out, by the partner £12m overspent (Torbay 2017).\n")
    assert today.partners is not None
    stress = today.partners[..., PARTNER_PICTURE.index("stress")]
    new = today.partners[..., PARTNER_PICTURE.index("new_leader")]
    trusts = place.partners.kind == 0
    calm, deep = stress[..., trusts] < 0.1, stress[..., trusts] > 0.9
    yearly = [100 * (1 - (1 - float(new[..., trusts][rows].mean())) ** QUARTERS_A_YEAR) for rows in (calm, deep)]
    yield (f"9 (reported). New leader within a year at trusts without stress {yearly[0]:.0f}%, under full stress "
           f"{yearly[1]:.0f}%. Published: about 20% at outstanding trusts, 72% of executives at inadequate ones.\n")


def report(place: Place, scenario: Scenario | None = None) -> str:
    """The whole report as Markdown."""
    head = [f"# Checks of the model\n\n{EXPLORATION} Version {__version__}, source {source_hash()}, place {place.title} "
            f"({place.hash[:12]}). Made by `python -m experiments.checks`.\n"]
    parts = [regimes_over_the_ranges, scenarios_as_found, reversal_on_integrated_places, against_expectation, patterns]
    return "\n".join([*head, *(line for part in parts for line in part(place))])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m experiments.checks", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="also write the report to this file")
    given = parser.parse_args()
    text = report(shipped_place())
    if given.file:
        before = given.file.read_text(encoding="utf-8") if given.file.is_file() else ""
        write_text_whole(given.file, f"{text}\n{section_in(before)}")
    print(text)
