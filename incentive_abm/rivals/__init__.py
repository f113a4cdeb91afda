"""Rival rules: other accounts of the same step, chosen by name, and a user's own from a file; see `rule_set`."""

from __future__ import annotations

from incentive_abm.rivals.choosing import rule_set

__all__ = ["rule_set"]
