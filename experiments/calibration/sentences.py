"""What came of a calibration, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from experiments.calibration.calibrating import Known
from experiments.calibration.diagnostics import LEVELS


def sentences(known: Known) -> list[str]:
    """The few that stand at the top of the report and are printed."""
    return [*_fit(known), *_learned(known), *_trusted(known), *_worth(known), *_held(known)]


def listed(names: Sequence[str]) -> str:
    """Names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _fit(known: Known) -> Iterator[str]:
    study, targets = known.study, known.targets
    outside = [str(name) for name in targets[~targets["inside"]]["target"]]
    does = "does" if len(outside) == 1 else "do"
    fits = f"{listed(outside)} {does} not lie" if outside else "all of what was observed lies"
    yield (f"{study.points:,} settings of {len(study.priors)} numbers were tried, {study.taken:,} taken; played again, "
           f"{fits} within nine tenths of what they give.")


def _learned(known: Known) -> Iterator[str]:
    of = {word: [str(name) for name in known.learned[known.learned["data_say"] == word]["parameter"]]
          for word in ("something", "nothing", "unclear")}
    yield (f"The data say something of {listed(of['something'])}." if of["something"] else
           "The data say nothing certain of any of the numbers sought.")
    if of["nothing"]:
        yield f"They say nothing of {listed(of['nothing'])}: these are as uncertain as before."
    if of["unclear"]:
        yield f"Whether they say anything of {listed(of['unclear'])} cannot be told from so few settings."


def _trusted(known: Known) -> Iterator[str]:
    tests = known.ranks.tests()
    off = [str(name) for name in tests[tests["p_holm"] < 0.05]["parameter"]]
    level = f"{LEVELS[-1]:.0%}"
    intervals = "interval" if len(off) == 1 else "intervals"
    ranks = f"are off for {listed(off)}: do not trust the {intervals}" if off else "are as they should be for every number"
    held = tests[f"in_{level}"]
    yield (f"With {len(known.ranks.ranks):,} made-up data whose settings were known, ranks {ranks}; over all numbers, "
           f"intervals of {level} held the truth in {held.min():.0%} to {held.max():.0%}.")


def _worth(known: Known) -> Iterator[str]:
    if known.worth.empty:
        return
    best = known.worth.iloc[0]
    if best["low"] > 0.0:
        yield (f"Worth observing next: {best['observe']}, which would take away {best['variance_gone']:.0%} "
               f"({best['low']:.0%} to {best['high']:.0%}) of the variance of the verdict that is asked about.")
    else:
        yield "None of the observations tried would narrow the verdict clearly."


def _held(known: Known) -> Iterator[str]:
    if known.held.empty:
        return
    tried = known.held[known.held["verdict"] != "cannot be compared"]
    passed = int((tried["verdict"] == "pass").sum())
    yield (f"Held out and compared afterwards: {passed} of {len(tried)} figures pass; "
           f"{int((known.held['verdict'] == 'cannot be compared').sum())} patterns cannot be compared with this model.")
