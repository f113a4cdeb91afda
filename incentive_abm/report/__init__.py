"""The report of a run: one page that loads nothing from elsewhere."""

from __future__ import annotations

from incentive_abm.report.run_page import write_report
from incentive_abm.report.series import read_series, representative

__all__ = ["read_series", "representative", "write_report"]
