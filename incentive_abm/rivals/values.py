"""Other accounts of how what partners care about changes."""

from __future__ import annotations

from incentive_abm.compiling import rule


@rule
def averaging(distance: float, confidence: float, polemic: float, value_convergence: float, contact: float,
              joint: float) -> float:
    """R-V1. Everyone moves toward everyone it works with, however far apart: rate · (contact + joint delivery).

    Source: DeGroot 1974; with the pull back to the sector, Friedkin & Johnsen 1990.
    """
    return value_convergence * (contact + joint)


@rule
def bounded_only(distance: float, confidence: float, polemic: float, value_convergence: float, contact: float,
                 joint: float) -> float:
    """R-V2. Within `confidence` as shipped, beyond it nothing: no one is driven further off. Source: Deffuant et al. 2000."""
    return value_convergence * (contact + joint) if distance < confidence else 0.0


@rule
def unpersuaded(distance: float, confidence: float, polemic: float, value_convergence: float, contact: float,
                joint: float) -> float:
    """R-V3. Left out: no one's values move another's. Source: a null model, by definition."""
    return 0.0 * contact
