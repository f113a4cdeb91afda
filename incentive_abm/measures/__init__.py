"""What is measured at the end of each quarter: declared once in `declared`, read off the state in `kernels`."""

from __future__ import annotations

from incentive_abm.measures.declared import N_MEASURE, Measure, Shown

__all__ = ["N_MEASURE", "Measure", "Shown"]
