"""Rules of one's own: what is remembered of promises, whatever the setting says, and how a partner votes.

Run them against the shipped rules: `incentive-abm sweep examples/own_rule.toml --out runs/own-rule`, and own_decision.toml.
"""

from incentive_abm.rules.commitment import at_the_table

ENOUGH = 0.02


def fixed_memory(alpha, kept, credited, scope, trust_memory, prior):
    """T1, changed: a kept promise counts in full, but for one about very little; a tenth of everything is forgotten."""
    if scope < 0.05:
        return 0.9 * alpha + 0.1 * prior
    return 0.9 * alpha + 0.1 * prior + scope * kept * credited


def wary_hospitals(voluntary, draw, inclusion, kind, balance):
    """Q1, changed: a hospital trust (kind 0) joins no talks while it overspends; all others as before."""
    if kind == 0.0 and balance < 0.0:
        return 0.0
    return at_the_table(voluntary, draw, inclusion, kind, balance)


def votes_for_enough(gains):
    """C4, changed: a partner votes for the deals on the table only where they gain it enough, in units of worth."""
    return 1.0 if gains >= ENOUGH else 0.0
