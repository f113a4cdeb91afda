"""How the page's own sentences in Python tell shares and times."""

from __future__ import annotations

from dashboards.english import text
from incentive_abm.words.numbers import told_number


def share(value: float) -> str:
    """A share of shared spending in words; something is never told as nothing."""
    return told_number("percent", value)


def quarter_said(quarter: int) -> str:
    """A quarter counted from 1: Year 4, quarter 2."""
    return text("common.a_quarter", year=(quarter - 1) // 4 + 1, quarter=(quarter - 1) % 4 + 1)
