"""R: who is the "we", and what each knows of the other."""

from __future__ import annotations

from incentive_abm.compiling import rule
from incentive_abm.rules.arithmetic import share


@rule
def contact(relational_space: float, contact_quality: float, committees: float, relations_first: float) -> float:
    """R. Contact on equal terms, 0..1: space · quality · (1 − 0.7·committees) · (0.7 + 0.6·relations_first).

    Source: Allport 1954; 002-4 (committees as a place of performance); 001-16 (relations first puts the time there).
    """
    return share(relational_space * contact_quality * (1.0 - 0.7 * committees) * (0.7 + 0.6 * relations_first))


@rule
def identity_after(identity: float, start: float, met: float, kept_a: float, kept_b: float, breadth: float,
                   target_pressure: float, relational_space: float, contact_rate: float, identity_drift: float) -> float:
    """R. The sense of "we" after a quarter.

    identity' = identity + (contact_rate·contact·2 + 0.08·breadth·both kept)·(1 − identity)
        − 0.05·breadth·(1 − both kept)·identity − 0.02·target_pressure·(1 − relational_space)·identity
        + drift·(start − identity)
    Source: contact hypothesis; 002-6; 002-14 for the cost of targets. Rates assumed.
    """
    both = kept_a * kept_b
    up = (2.0 * contact_rate * met + 0.08 * breadth * both) * (1.0 - identity)
    down = 0.05 * breadth * (1.0 - both) * identity + 0.02 * target_pressure * (1.0 - relational_space) * identity
    return share(identity + up - down + identity_drift * (start - identity))


@rule
def information_after(information: float, trust: float, clarity: float, scope_information: float, met: float,
                      information_rate: float) -> float:
    """R. What each knows of the other after a quarter.

    information' = information + (rate·trust·(0.4 + 0.6·clarity) + 0.1·shared information + 0.5·rate·contact)
        ·(1 − information) − 0.06·(1 − trust)·information;  clarity is obligations_clarity.
    Source: 003-13 (listening), 003-1 (sharing teaches); rates assumed.
    """
    up = information_rate * trust * (0.4 + 0.6 * clarity) + 0.1 * scope_information + 0.5 * information_rate * met
    return share(information + up * (1.0 - information) - 0.06 * (1.0 - trust) * information)


@rule
def ownership_after(ownership: float, joint_work: float, mandate: float, say: float) -> float:
    """R, C2. How far a partner regards joint work as its own, after a quarter.

    ownership' = ownership + 0.12·joint work·(1 − ownership) + 0.03·(voice − ½·ownership) − 0.06·mandate·ownership
    `say` is its mean voice over its ties. Source: 003-6 (owned by all); 000-7 (declared as policy).
    """
    gain = 0.12 * joint_work * (1.0 - ownership) + 0.03 * (say - 0.5 * ownership)
    return share(ownership + gain - 0.06 * mandate * ownership)


@rule
def said_of_working_together(identity: float, trust_a: float, trust_b: float, slogan: float) -> float:
    """R. How well both sides of a tie would say they work together, 0..1: by how it feels, and better where slogans are in use.

    felt = ½·identity + ½·mean trust; said = felt + ½·slogan·(1 − felt). Source: 004-1 (everyone agrees); assumed: people are
    asked about the relation, not about what it brings, and a slogan closes half of the gap.
    """
    felt = 0.5 * identity + 0.25 * (trust_a + trust_b)
    return felt + 0.5 * slogan * (1.0 - felt)


@rule
def in_this_place(value: float, u: float, place_spread: float) -> float:
    """R. A starting level in one place, higher or lower than elsewhere by up to place_spread: value + spread·(2u − 1), 0..1.

    u is the place's own, the same in every run of it: drawn for generated places, ½ for others, whose own data say where they
    stand. Source: a rival explanation, that places differ from the start; assumed.
    """
    return share(value + place_spread * (2.0 * u - 1.0))


@rule
def with_pilot(value: float, pilot: float) -> float:
    """R. Identity or information when a run starts: a third of the way to 1 where a supported pilot ran. Source: 004-3."""
    return value + pilot * (1.0 - value) / 3.0
