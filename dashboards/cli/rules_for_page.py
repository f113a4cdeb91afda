"""The rules of a page as its command line names them: chosen, tried, and the model compiled by them for the page."""

from __future__ import annotations

from collections.abc import Sequence

from incentive_abm.compiling.rule_set import RuleSet


def rules_for_page(written: Sequence[str]) -> RuleSet:
    """The set that --rule chose, its module built or found kept, with progress; raises UserError for what cannot be used."""
    from dashboards.module_builder.by_rules import module_by
    from incentive_abm.cli.progress_bar import compiling
    from incentive_abm.rivals import rule_set

    rules = rule_set(*written)
    with compiling("Compiling the model for the page: about a minute, once with these rules") as told:
        module_by(rules, told)
    return rules
