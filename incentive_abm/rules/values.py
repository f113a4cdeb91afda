"""V: what partners care about, how far apart they are, and how that changes."""

from __future__ import annotations

from incentive_abm.compiling import rule
from incentive_abm.kinds import Kind
from incentive_abm.rules.arithmetic import clip

PROFILES: dict[Kind, tuple[float, ...]] = {
    Kind.TRUST: (0.27, 0.25, 0.25, 0.12, 0.04, 0.07),
    Kind.COUNCIL: (0.08, 0.12, 0.27, 0.21, 0.18, 0.14),
    Kind.GP: (0.27, 0.12, 0.19, 0.29, 0.06, 0.07),
    Kind.VOLUNTARY: (0.06, 0.03, 0.12, 0.33, 0.26, 0.20),
}
"""Weights on (evidence, targets, finance, person, community, equity). Source: the contrasts drawn in 001
("decisions made without clinical evidence", "driven by regulators to hit targets") put into numbers; assumed."""


@rule
def value_anchor(sector_mean: float, profile: float, value_gap: float) -> float:
    """V1. A sector's own weight on a value: the common mean, moved toward the kind's profile.

    anchor = mean + value_gap · (profile − mean), at least 0.005 (before the six are made to sum to 1).
    Source: 001-2. Assumed: a linear mixture.
    """
    raw = sector_mean + value_gap * (profile - sector_mean)
    return raw if raw > 0.005 else 0.005


@rule
def value_start(anchor: float, value_spread: float, u: float) -> float:
    """V1. A partner's own weight when a run starts: its sector's, jittered.

    value = anchor · (1 + value_spread · (2u − 1)·1.5), at least 0.005 (before the six are made to sum to 1); u in [0, 1).
    Source: assumed; a uniform jitter with the spread as its half-width times 1.5.
    """
    raw = anchor * (1.0 + value_spread * (2.0 * u - 1.0) * 1.5)
    return raw if raw > 0.005 else 0.005


@rule
def total_variation(a1: float, a2: float, a3: float, a4: float, a5: float, a6: float, b1: float, b2: float, b3: float, b4: float,
                    b5: float, b6: float, common_purpose: float) -> float:
    """V2, V4. True distance between two partners' values: half the sum of absolute differences, 0..1.

    A common purpose adds the same weight on the person to both, which shrinks the distance by 1 / (1 + common_purpose).
    Source: total variation distance; 000-8.
    """
    spread = abs(a1 - b1) + abs(a2 - b2) + abs(a3 - b3) + abs(a4 - b4) + abs(a5 - b5) + abs(a6 - b6)
    return 0.5 * spread / (1.0 + common_purpose)


@rule
def perceived_distance(distance: float, stereotype: float, slogan: float, information: float) -> float:
    """V2. What the distance looks like at the table: slogans hide it until information is shared.

    perceived = distance · (1 − 0.6 · slogan · (1 − information)) + stereotype, held within 0..1.
    Source: 001-1, 001-8 (signing is easy, disputes come later), 001-3.
    """
    return clip(distance * (1.0 - 0.6 * slogan * (1.0 - information)) + stereotype, 0.0, 1.0)


@rule
def honest_distance(distance: float, stereotype: float) -> float:
    """V2. What the distance feels like in daily work, where slogans hide nothing: distance + stereotype, within 0..1.

    Source: 001-8; hidden differences surface in delivery.
    """
    return clip(distance + stereotype, 0.0, 1.0)


@rule
def persuasion(distance: float, confidence: float, polemic: float, value_convergence: float, contact: float,
               joint: float) -> float:
    """V3. Share of the difference in values closed (+) or opened (−) across one tie in a quarter.

    Within `confidence`: rate · (contact + joint delivery). Beyond: −polemic · rate · (1 − contact).
    Source: bounded confidence, Deffuant et al. 2000; repulsion as in Jager & Amblard 2005; 000-10.
    """
    near = value_convergence * (contact + joint)
    far = -polemic * value_convergence * (1.0 - contact)
    return near if distance < confidence else far


@rule
def value_after(value: float, pull: float, anchor: float, anchor_pull: float, target_pressure: float) -> float:
    """V3. A partner's weight after a quarter: drawn to its neighbours and back to its sector, more so under targets.

    value' = value + pull + anchor_pull · (0.4 + target_pressure) · (anchor − value), at least 0.005.
    Source: Friedkin & Johnsen 1990 (anchored opinions); 001-4.
    """
    moved = value + pull + anchor_pull * (0.4 + target_pressure) * (anchor - value)
    return moved if moved > 0.005 else 0.005


@rule
def stereotype_after(stereotype: float, start: float, contact: float, information: float) -> float:
    """R. Caricature fades with contact on equal terms and with knowledge, and drifts back without them.

    stereotype' = stereotype · (1 − 0.25·contact − 0.05·information) + 0.01 · (start − stereotype)⁺.
    Source: contact hypothesis, Allport 1954; Pettigrew & Tropp 2006; 001-3. Rates assumed.
    """
    back = start - stereotype
    back = back if back > 0.0 else 0.0
    return stereotype * (1.0 - 0.25 * contact - 0.05 * information) + 0.01 * back
