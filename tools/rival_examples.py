"""Worked examples of rivals: one small case a theme, worked by every rule that it may be played by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from incentive_abm.compiling.as_python import reading
from incentive_abm.compiling.rule_set import RuleSet
from incentive_abm.parameters import PARAMETERS
from incentive_abm.rivals.catalogue import RIVALS
from incentive_abm.rules import bargaining, commitment, trust, values, way
from tools.markdown import table

KEPT = (1.0, 1.0, 0.0)
SCOPE, FIRST, WORD = 0.5, 2.0, 0.4
"""Promises kept and broken one after another, the scope they are about, evidence either way to begin with, and evidence told."""
BENEFITS_A, BENEFITS_B = (0.9, 0.5, 0.4, 1.0, 0.05), (0.0, 0.5, 0.3, 0.5, 0.1)
"""What money, staff and information bring a side at the margin, what sharing costs it, and its fallback."""
PATIENCE = 0.6
DISTANCES, CONFIDENCE, RATE, CONTACT, JOINT, POLEMIC = (0.2, 0.6), 0.4, 0.05, 0.5, 0.3, 0.5
SURPLUSES, BREADTH, BEARS, CHANCE, DRAW = (-0.02, -0.12, 0.05, -0.12, -0.12), 0.3, 4.0, 0.5, 0.3
WORK_A, PART_A, WORK_B, PART_B, DELIVERED = 0.7, 0.25, 0.3, 0.5, 0.4
WHOLE_WAY, WAY_HALF, WORTH = 0.6, 0.5, 1.0

Cells = Sequence[str]


def by_rival(theme: str) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Each name of a theme, and how its rules read: from a shipped rule to what stands in its place."""
    for name, rival in RIVALS[theme].items():
        yield name, reading(RuleSet(rival.instead)).rule


def beliefs(rule: Callable[[Any], Any]) -> list[float]:
    """Belief in the other after each of the promises, then after a word in its favour and one more quarter of nothing shared."""
    alpha, beta = FIRST, FIRST
    found = []
    memory, aversion = PARAMETERS["trust_memory"].default, PARAMETERS["loss_aversion"].default
    after = rule(trust.evidence_after)
    for kept, scope, word in (*((kept, SCOPE, 0.0) for kept in KEPT), (1.0, 0.0, WORD)):
        alpha, beta = after(alpha, beta, kept, 1.0, scope, memory, aversion, FIRST, FIRST, word, 0.0)
        found.append(trust.mean_trust(alpha, beta))
    return found


def deal(rule: Callable[[Any], Any], opener: int) -> tuple[int, float, float]:
    """The package that the first offer names, and what it brings a and b beyond no deal, where a (0) or b (1) opens."""
    packages = [bargaining.package(float(k), *BENEFITS_A, *BENEFITS_B, 0.5, 0.0) for k in range(bargaining.PACKAGES)]
    fallbacks = BENEFITS_A[-1], BENEFITS_B[-1]
    gains = [package[4:6] for package in packages]
    best = [max(gain[side] for gain, package in zip(gains, packages, strict=True) if package[6] >= 0.0) for side in (0, 1)]
    own, other = opener, 1 - opener
    held_out = rule(bargaining.aspiration)(bargaining.LOG_PROGRESS[0], PATIENCE)
    target = bargaining.target_worth(fallbacks[own], best[own] + fallbacks[own], held_out)
    open_to = [k for k, package in enumerate(packages)
               if package[6] >= 0.0 and gains[k][own] + fallbacks[own] >= target]
    chosen = max(open_to, key=lambda k: rule(bargaining.appeal)(
        gains[k][own] + fallbacks[own], gains[k][other] + fallbacks[other], fallbacks[own], fallbacks[other],
        best[own] + fallbacks[own], best[other] + fallbacks[other]))
    return chosen, gains[chosen][0], gains[chosen][1]


def moved(rule: Callable[[Any], Any]) -> list[float]:
    """Share of the difference in values closed in a quarter, at each distance."""
    return [rule(values.persuasion)(distance, CONFIDENCE, POLEMIC, RATE, CONTACT, JOINT) for distance in DISTANCES]


def losses(rule: Callable[[Any], Any]) -> tuple[list[float], int]:
    """What is counted of losing after each quarter, and the quarter in which the partner leaves; 0 where it does not."""
    losing, left, counted = 0.0, 0, []
    for quarter, surplus in enumerate(SURPLUSES, 1):
        losing = rule(commitment.losing_after)(losing, surplus, BREADTH)
        counted.append(losing)
        if not left and rule(commitment.walks_away)(losing, BEARS, CHANCE, 0.0, DRAW) == 1.0:
            left = quarter
    return counted, left


def ways(rule: Callable[[Any], Any]) -> tuple[float, float, float]:
    """What is joined beyond a tie, the factor on its worth, and the worth that is missing."""
    joined = rule(way.rest_of_the_way)(WORK_A, PART_A, WORK_B, PART_B, DELIVERED)
    factor = rule(way.way_factor)(joined, WHOLE_WAY, WAY_HALF)
    return joined, factor, rule(way.unjoined_worth)(WORTH, factor, WHOLE_WAY)


def _trust() -> str:
    rows = ((f"`{name}`", *(f"{belief:.3f}" for belief in beliefs(rule))) for name, rule in by_rival("trust"))
    said = f"Two promises about half of everything are kept, one is broken; then others tell of {WORD:g} kept. Belief begins " \
           "at one half (2 for, 2 against)."
    return f"{said}\n\n{table(('rule', 'kept', 'kept again', 'broken', 'told of'), rows)}"


def _bargaining() -> str:
    def row(name: str, rule: Callable[[Any], Any]) -> Cells:
        cells = []
        for opener in (0, 1):
            package, a, b = deal(rule, opener)
            cells += [str(package), f"{a:.3f}", f"{b:.3f}"]
        return (f"`{name}`", *cells)

    said = "Shared money is worth much to a and nothing to b. The first offer, of the nine packages from all b's way (0) to " \
           "all a's (8), and what it brings each beyond no deal. By the shipped rules it is an offer; by the others, the " \
           "deal."
    head = ("rule", "a opens: package", "a gains", "b gains", "b opens: package", "a gains ", "b gains ")
    return f"{said}\n\n{table(head, (row(*each) for each in by_rival('bargaining')))}"


def _values() -> str:
    rows = ((f"`{name}`", *(f"{share:+.4f}" for share in moved(rule))) for name, rule in by_rival("values"))
    near, far = DISTANCES
    said = f"Two partners that meet now and then, and work together somewhat. Share of the difference closed in a quarter, " \
           f"at distances within ({near:g}) and beyond ({far:g}) what they can bear ({CONFIDENCE:g})."
    return f"{said}\n\n{table(('rule', 'near', 'far'), rows)}"


def _exit() -> str:
    def row(name: str, rule: Callable[[Any], Any]) -> Cells:
        counted, left = losses(rule)
        return (f"`{name}`", *(f"{losing:.1f}" for losing in counted), f"quarter {left}" if left else "no")

    said = f"A deal brings {', '.join(f'{each:+.2f}' for each in SURPLUSES)} in turn, to a partner that bears {BEARS:g}. What " \
           "is counted of its losing after each quarter, and whether it leaves."
    head = ("rule", *(f"after {k}" for k in range(1, len(SURPLUSES) + 1)), "leaves")
    return f"{said}\n\n{table(head, (row(*each) for each in by_rival('exit')))}"


def _way() -> str:
    rows = ((f"`{name}`", *(f"{each:.3f}" for each in ways(rule))) for name, rule in by_rival("way"))
    said = f"A quarter of a's work and half of b's runs over the tie, which delivers {DELIVERED:g}; of all a's work {WORK_A:g} " \
           f"is joined, of b's {WORK_B:g}. So beyond a {(WORK_A - PART_A * DELIVERED) / (1 - PART_A):.1f} is joined and beyond " \
           f"b {(WORK_B - PART_B * DELIVERED) / (1 - PART_B):.1f}."
    return f"{said}\n\n{table(('rule', 'joined beyond', 'factor on worth', 'worth missing of 1'), rows)}"


EXAMPLES: dict[str, Callable[[], str]] = {
    "trust": _trust, "bargaining": _bargaining, "values": _values, "exit": _exit, "way": _way}

LIMITS: dict[str, dict[str, str]] = {
    "trust": {
        "bayesian": "belief after n promises is (α + kept) / (α + β + n), in whatever order they came, and so comes to the share "
                    "that is kept (Jøsang & Ismail 2002)",
        "apart": "what a past encounter weighs halves every five quarters, so evidence comes to rest at scope / (1 − 0.87), and "
                 "a word counts for less the more one has seen (Huynh, Jennings & Shadbolt 2006)",
        "image": "a score stays within −5..5 and moves by one a promise, so ten promises lead from one end to the other "
                 "(Nowak & Sigmund 1998)",
        "none": "no promise and no word moves belief, by definition",
    },
    "bargaining": {
        "nash": "equals share equally; the deal does not change with the units of worth, nor with packages nobody wanted; a pie "
                "is halved, which is where alternating offers come to as impatience goes (Nash 1950; Rubinstein 1982)",
        "kalai-smorodinsky": "the same deal as Nash's on symmetric problems; where the pie's second half is closed to one side, "
                             "it gets a third, where Nash's deal gives it a half (Kalai & Smorodinsky 1975)",
        "ultimatum": "who opens takes the whole pie, as with alternating offers where waiting is worth nothing "
                     "(Rubinstein 1982; Güth, Schmittberger & Schwarze 1982)",
    },
    "values": {
        "no-repulsion": "partners spread evenly over a scale end in about 1 / 2d large clusters, further apart than d: one at "
                        "d = 0.5, two at d = 0.2 (Deffuant et al. 2000)",
        "averaging": "all who are joined come to one mind, the mean of where they began (DeGroot 1974)",
        "none": "nobody moves, by definition",
    },
    "exit": {
        "threshold": "what is owed is the sum of losses, set back to nothing wherever gains outweigh them: with S the sum so "
                     "far, S − min(0, least S); steady losses L end a deal after patience · 0.05 / L quarters "
                     "(March & Simon 1958)",
        "none": "nobody leaves, whatever it has lost, by definition",
    },
    "way": {
        "product": "two ends of quality q are worth q²; never more than the weakest, which is never more than the walk "
                   "(Kremer 1993)",
        "weakest": "only the worse end counts: what is joined at the better one adds nothing (Hirshleifer 1983)",
        "none": "worth the same whatever lies beyond, by definition",
    },
}
"""What each rival must come to where the answer is known; `tests/incentive_abm/rivals/` has a test of each."""
