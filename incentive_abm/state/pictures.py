"""Which numbers of partners and ties are kept by quarter, in which order: those declared with `picture` or `page`."""

from __future__ import annotations

from incentive_abm.state.declared import Field, fields_of
from incentive_abm.state.partner import PartnerState
from incentive_abm.state.tie import SideState, TieState

_OF_SIDES = tuple(f.name for f in fields_of(SideState) if f.picture)
PARTNER_PICTURE: tuple[str, ...] = tuple(f.name for f in fields_of(PartnerState) if f.picture)
"""Fields of each partner kept by quarter."""
TIE_PICTURE: tuple[str, ...] = (*(f.name for f in fields_of(TieState) if f.picture), *(f"{name}_a" for name in _OF_SIDES),
                                *(f"{name}_b" for name in _OF_SIDES))
"""Fields of each tie kept by quarter, with _a or _b for a side's field."""


def pictured(name: str) -> Field:
    """The declaration of a field of a picture; raises KeyError."""
    side = name[:-2] if name.endswith(("_a", "_b")) else ""
    declared = {f.name: f for f in fields_of(SideState if side else TieState)}
    return {**declared, **({} if side else {f.name: f for f in fields_of(PartnerState)})}[side or name]
