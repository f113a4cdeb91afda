"""More than two at a table: which compacts are made, at whose table, and what they share."""

from incentive_abm.parameters.declaration import Group, Parameter
from incentive_abm.parameters.row import LEVER, PLACE, SHARE, UNCERTAIN, choice, number

R, M, REL = Group.RULES, Group.MONEY, Group.RELATIONS

ROWS: tuple[Parameter, ...] = (
    choice("compact", "none", ("none", "alliance", "lead_provider", "mandated"), LEVER, PLACE, R, "Compacts of more than two",
           "none: pairs only; alliance: all at the table sign, or nobody; lead_provider: who will signs with one that leads; "
           "mandated: all are bound by duty.", "Addicott 2014; none: pairs and a board, as today"),
    choice("compact_lead", "gp", ("gp", "council", "trust", "place"), LEVER, PLACE, R, "Who holds the compact",
           "gp: one neighbourhood each; council: several neighbourhoods; trust: each hospital; place: whoever leads the place.",
           "10 Year Health Plan for England 2025; assumed: a council's area stands for several neighbourhoods"),
    number("compact_trust", 0.5, 0.0, 1.0, SHARE, UNCERTAIN, PLACE, REL, "Trust it takes to sign",
           "Trust in each other below which a partner does not sign a compact.", "Gulati 1995; level assumed"),
    number("risk_share", 0.2, 0.0, 1.0, "per quarter", LEVER, PLACE, M, "Risk shared in a compact",
           "Share of the difference in balances that a compact evens out in a quarter, as far as spend is shared.",
           "BMA 2017 on Torbay; assumed: most of it within a year"),
    number("unclear_costs", 0.4, 0.0, 1.0, "ratio", UNCERTAIN, PLACE, M, "Costs nobody had reckoned with",
           "Most by which a compact costs more than was reckoned, where obligations are not clear at all.",
           "Flyvbjerg, Skamris Holm & Buhl 2003: overruns of 20% to 45%"),
    number("fall_out", 0.5, 0.0, 1.0, SHARE, UNCERTAIN, PLACE, REL, "Fall-out of a compact's end",
           "What the end of a compact does to all its other ties, beside a walk-out.", "assumed: half"),
)
