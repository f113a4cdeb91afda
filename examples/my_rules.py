"""A rule of one's own: what is remembered of promises, whatever the setting says.

Run it against the shipped rule: `incentive-abm sweep examples/own_rule.toml --out runs/own-rule`.
"""


def fixed_memory(alpha, kept, credited, scope, trust_memory, prior):
    """T1, changed: a kept promise counts in full, but for one about very little; a tenth of everything is forgotten."""
    if scope < 0.05:
        return 0.9 * alpha + 0.1 * prior
    return 0.9 * alpha + 0.1 * prior + scope * kept * credited
