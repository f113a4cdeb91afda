"""Rules of one's own: what is remembered of promises, whatever the setting says, and how a partner votes.

Run them against the shipped rules: `incentive-abm sweep examples/own_rule.toml --out runs/own-rule`, and own_decision.toml.
"""

ENOUGH = 0.02


def fixed_memory(alpha, kept, credited, scope, trust_memory, prior):
    """T1, changed: a kept promise counts in full, but for one about very little; a tenth of everything is forgotten."""
    if scope < 0.05:
        return 0.9 * alpha + 0.1 * prior
    return 0.9 * alpha + 0.1 * prior + scope * kept * credited


def votes_for_enough(gains):
    """C4, changed: a partner votes for the deals on the table only where they gain it enough, in units of worth."""
    return 1.0 if gains >= ENOUGH else 0.0
