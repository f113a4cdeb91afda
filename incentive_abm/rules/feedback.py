"""E: what people get is seen: it moves aspiration, ownership and public support, and savings are put back or swallowed."""

from __future__ import annotations

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import share


@rule
def aspiration_after(aspiration: float, work: float, refusal: float) -> float:
    """E1. The joint work that a partner thinks it should have, after a quarter.

    aspiration' = aspiration + 0.1·(work + refusal·(1 − work) − aspiration): it follows what there is, and who refuses that
    today is good enough aims above it. Source: Cyert & March 1963, Greve 2003; 000-9; the tenth assumed.
    """
    return aspiration + 0.1 * (work + refusal * (1.0 - work) - aspiration)


@rule
def shortfall_of(aspiration: float, work: float) -> float:
    """E1. How far joint work falls short of aspiration, never below 0."""
    short = aspiration - work
    return short if short > 0.0 else 0.0


@rule
def drive(short_a: float, short_b: float, results_felt: float) -> float:
    """E2. Factor on the speed of taking up deals: 1 + results_felt·the mean of 4·s·(1 − s) over both sides' shortfalls s.

    Source: problemistic search, Cyert & March 1963; 000-9 (moderate refusal drives on); most at half is assumed.
    """
    return 1.0 + results_felt * 2.0 * (short_a * (1.0 - short_a) + short_b * (1.0 - short_b))


@rule
def hastened(speed: float, driven: float) -> float:
    """E2. Speed of taking up deals under such a drive: speed·drive, at most the whole way in a quarter. By definition."""
    return share(speed * driven)


@rule
def strain_of_aspiration(short: float, results_felt: float) -> float:
    """E2. Pressure that a partner puts on itself: 0.4·results_felt·shortfall². Source: 000-9, extremes break things; assumed."""
    return 0.4 * results_felt * short * short


@rule
def ownership_by_results(ownership: float, aspiration: float, work: float, results_felt: float) -> float:
    """E3. Ownership after results are seen: + 0.1·results_felt·(work − aspiration), within 0..1.

    Source: performance against aspiration raises or lowers commitment, Greve 2003; a tenth assumed.
    """
    return share(ownership + 0.1 * results_felt * (work - aspiration))


@rule
def opposition_by_results(opposition: float, reached: float, missed: float, results_felt: float) -> float:
    """E4. Public opposition after results are seen: less by what joint work reaches people, more by what was promised and missed.

    opposition' = opposition + 0.1·results_felt·(missed·(1 − opposition) − reached·opposition). Source: 003-8; assumed.
    """
    return share(opposition + 0.1 * results_felt * (missed * (1.0 - opposition) - reached * opposition))


@rule
def put_back(saved: float, reinvested: float, stress: float) -> float:
    """E5. £m of its savings that a side puts back into joint work: saved·reinvested·(1 − stress); deficits swallow the rest.

    Source: NAO 2017 (savings met deficits instead); form assumed.
    """
    return saved * reinvested * (1.0 - stress)


@rule
def practice_paid_for(practice: float, put_back: float, income: float) -> float:
    """E5. Proven ways of working after savings are put back: + 20·(put back / income)·(1 − practice), within 0..1.

    Assumed: a year's 1% of income put back brings a fifth of what is missing.
    """
    return share(practice + 20.0 * put_back / income * (1.0 - practice))


@rule
def routine_after(routine: float, work: float, pressure: float) -> float:
    """E6. What is left of the old routines after a quarter: unlearnt with joint work, back under pressure; within 0..1.

    routine' = routine − 0.1·work·routine + 0.03·pressure·(1 − routine). Source: 002-3; Hedberg 1981; rates assumed.
    """
    return share(routine - 0.1 * work * routine + 0.03 * pressure * (1.0 - routine))


@rule
def unlearnt(routine_a: float, routine_b: float, routine_inertia: float) -> float:
    """E6. What old routines on both sides leave of joint work: 1 − routine_inertia·their mean. Source: 002-3."""
    return 1.0 - routine_inertia * 0.5 * (routine_a + routine_b)
