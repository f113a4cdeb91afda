"""Which verdicts survive, in words and tables, drawn from the table of survival alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from experiments.claims.conditions import FEWER
from experiments.claims.survival import Fate
from experiments.claims.survival_conditions import KINDS, PLACE, POSTERIOR, RULES, names_of
from experiments.claims.verdict import Verdict

if TYPE_CHECKING:
    import pandas as pd

Fates = Mapping[Fate, Sequence[str]]
"""The conditions of one kind by what became of a verdict under them."""
SAID = {RULES: "all {} rival rules tried", PLACE: "all {} places tried",
        POSTERIOR: "the settings that published patterns leave open"}
NOT_KNOWN = (Fate.TURNED, Fate.TOO_SMALL, Fate.OPEN)


def standing(rows: pd.DataFrame) -> dict[str, dict[str, Fates]]:
    """By claim and kind of condition: what became of its verdict where."""
    found: dict[str, dict[str, dict[Fate, list[str]]]] = {}
    for row in rows.to_dict("records"):
        fates = found.setdefault(str(row["claim"]), {}).setdefault(str(row["kind"]), {each: [] for each in Fate})
        fates[Fate(row["fate"])].append(str(row["condition"]))
    return {claim: dict(kinds.items()) for claim, kinds in found.items()}


def held(fates: Fates) -> bool:
    """Whether it survives all that it was tried under."""
    return not any(fates[each] for each in NOT_KNOWN)


def lost(fates: Fates) -> bool:
    """Whether it is known not to survive all."""
    return bool(fates[Fate.TURNED] or fates[Fate.TOO_SMALL])


def counts(rows: pd.DataFrame) -> dict[str, dict[str, int]]:
    """By kind of condition: how many, how many verdicts were tried, survive all, do not, are not known to."""
    stands = standing(rows)
    found = {}
    for kind in KINDS:
        tried = [kinds[kind] for kinds in stands.values() if kind in kinds]
        if tried:
            kept, gone = sum(map(held, tried)), sum(map(lost, tried))
            found[kind] = {"conditions": rows.loc[rows["kind"] == kind, "condition"].nunique(), "tried": len(tried),
                           "survive": kept, "lost": gone, "open": len(tried) - kept - gone}
    return found


def everywhere(rows: pd.DataFrame) -> list[str]:
    """The claims whose verdicts survive every condition that they were tried under."""
    return [claim for claim, stands in standing(rows).items() if all(map(held, stands.values()))]


def counted(rows: pd.DataFrame) -> list[str]:
    """How many verdicts survive all conditions of each kind, in words."""
    return [f"{each['survive']} of {each['tried']} survive {SAID[kind].format(each['conditions'])} "
            f"(lost: {each['lost']}, open: {each['open']})" for kind, each in counts(rows).items()]


def through(rows: pd.DataFrame) -> str:
    """How many survive everything, and how many of these say that there is an effect."""
    effects = set(rows.loc[~rows["verdict"].eq(Verdict.NO_EFFECT.value), "claim"])
    found = everywhere(rows)
    which = [claim for claim in found if claim in effects]
    return (f"{len(found)} of {rows['claim'].nunique()} survive everything that they were tried under; of the {len(effects)} "
            f"supported or contradicted, {len(which)} do{': ' if which else ''}{' '.join(which)}")


def turned(rows: pd.DataFrame) -> str:
    """Which verdicts are turned where."""
    where: dict[str, list[str]] = {}
    for row in rows[rows["fate"] == Fate.TURNED.value].to_dict("records"):
        where.setdefault(f"{row['claim']} ({row['verdict']})", []).append(str(row["condition"]))
    return "; ".join(f"{claim} by {', '.join(names)}" for claim, names in where.items())


def against(fates: Fates) -> str:
    """How one verdict stands against the conditions of a kind, in a few words."""
    count = sum(map(len, fates.values()))
    if held(fates):
        return f"all {count}" if count > 1 else Fate.SURVIVES.value
    rest = "; ".join(f"{each.value}: {', '.join(fates[each])}" for each in NOT_KNOWN if fates[each])
    return f"{len(fates[Fate.SURVIVES])} of {count} ({rest})" if count > 1 else rest.partition(":")[0]


def in_short(stands: Mapping[str, Fates]) -> str:
    """How one verdict stands against everything, for a page of its own."""
    called = {RULES: "rival rules", PLACE: "places", POSTERIOR: "after the data"}
    return ". ".join(f"{called[kind].capitalize()}: {against(stands[kind])}" for kind in KINDS if kind in stands)


def not_run(rows: pd.DataFrame) -> list[str]:
    """The conditions of the package that the table has nothing of."""
    return [name for name in names_of() if name not in set(rows["condition"])]


def told(rows: pd.DataFrame) -> str:
    """The answer in sentences."""
    told = [f"{rows['claim'].nunique()} firm verdicts (supported, contradicted, no effect) were tried over {FEWER} backgrounds "
            "each."]
    told += [f"{each[0].upper()}{each[1:]}." for each in (*counted(rows), through(rows))]
    where = turned(rows)
    told.append(f"Turned for sure: {where}." if where else "None is turned for sure.")
    missing = not_run(rows)
    if missing:
        told.append(f"Not run: {', '.join(missing)}.")
    return " ".join(told)


def by_condition(rows: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """A line a condition: how many verdicts were tried, survive, are open, and which are too small or turned."""
    for name, group in rows.groupby("condition", sort=False):
        where = {each: group.loc[group["fate"] == each.value, "claim"].tolist() for each in Fate}
        yield (f"`{name}`" if "=" in str(name) else name, len(group), len(where[Fate.SURVIVES]), len(where[Fate.OPEN]),
               " ".join(where[Fate.TOO_SMALL]) or "none", " ".join(where[Fate.TURNED]) or "none")


def by_claim(rows: pd.DataFrame, nearest: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """A line a verdict: how it stands against each kind of condition. nearest: by claim, how far its nearest reversal lies."""
    verdicts = dict(zip(rows["claim"], rows["verdict"], strict=True))
    for claim, stands in sorted(standing(rows).items()):
        yield (claim, verdicts[claim], *(against(stands[kind]) if kind in stands else "not tried" for kind in KINDS),
               nearest.get(claim, "not searched"))
