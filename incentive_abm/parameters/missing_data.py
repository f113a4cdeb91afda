"""What stands in for numbers that a place's data lack."""

from incentive_abm.parameters.declaration import Group, Parameter
from incentive_abm.parameters.row import CONSTANT, DATA, SHARE, number

FILL = Group.DATA

ROWS: tuple[Parameter, ...] = (
    number("trust_income", 593.0, 1.0, 5000.0, "£m a year", CONSTANT, DATA, FILL, "Income of a trust",
           "Used where neither income nor staff is known.", "209 trusts with £124bn: mean £593m"),
    number("trust_income_per_staff", 0.075, 0.01, 0.5, "£m a year", CONSTANT, DATA, FILL, "Income per full-time post",
           "Used for a trust whose staff are known but not its income.",
           "assumed: between £0.095m and £0.106m at large trusts, less where most work is in the community"),
    number("council_income", 209.0, 1.0, 3000.0, "£m a year", CONSTANT, DATA, FILL, "Adult social care spend of a council",
           "Used where neither income nor residents are known.", "£32.0bn in 2023-24 over 153 councils"),
    number("council_income_per_person", 570.0, 50.0, 3000.0, "£ a year", CONSTANT, DATA, FILL,
           "Adult social care spend a resident", "Used for a council whose residents are known.",
           "£32.0bn over about 56 million residents"),
    number("gp_income_per_person", 165.0, 20.0, 1000.0, "£ a year", CONSTANT, DATA, FILL, "Primary care income a patient",
           "Used for a GP network whose patients are known.", "assumed: about £9bn over 60 million patients"),
    number("gp_people", 48000.0, 1000.0, 500000.0, "patients", CONSTANT, DATA, FILL, "Patients of a GP network",
           "Used where neither income nor patients are known.", "about 1,250 networks over 60 million patients"),
    number("voluntary_income", 1.2, 0.001, 500.0, "£m a year", CONSTANT, DATA, FILL, "Income of a voluntary provider",
           "Used where income is not known.", "assumed"),
    number("shared_fraction", 0.5, 0.05, 1.0, SHARE, CONSTANT, DATA, FILL, "Spend on shared people",
           "Share of a partner's income that is spent on people it shares with its neighbours.", "assumed: half"),
    number("reach_trust", 0.35, 0.0, 1.0, SHARE, CONSTANT, DATA, FILL, "Reach of a trust",
           "Share of contact with under-served people.", "assumed"),
    number("reach_council", 0.5, 0.0, 1.0, SHARE, CONSTANT, DATA, FILL, "Reach of a council",
           "Share of contact with under-served people.", "assumed"),
    number("reach_gp", 0.45, 0.0, 1.0, SHARE, CONSTANT, DATA, FILL, "Reach of a GP network",
           "Share of contact with under-served people.", "assumed"),
    number("reach_voluntary", 0.75, 0.0, 1.0, SHARE, CONSTANT, DATA, FILL, "Reach of a voluntary provider",
           "Share of contact with under-served people.", "assumed"),
    number("tie_people", 200.0, 1.0, 1e6, "people", CONSTANT, DATA, FILL, "People a tie serves",
           "Used where a tie gives no number of people.", "assumed"),
)
