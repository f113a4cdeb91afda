"""Matrices, surveys of Google Forms and Microsoft Forms, and long lists of answers."""

from __future__ import annotations

from .case import COUNCIL, HOSPITALS, NEIGHBOURS, NO_PEOPLE, PEOPLE, SURGERY, Case
from .tables import NAMES, OURS

PARTNERS = {"partners.csv": OURS.encode()}
TRUSTED = {(HOSPITALS, COUNCIL): 0.75, (COUNCIL, HOSPITALS): 0.25, (SURGERY, HOSPITALS): 1.0, (COUNCIL, SURGERY): 0.5,
           (NEIGHBOURS, COUNCIL): 0.0,
           (HOSPITALS, SURGERY): 0.5, (SURGERY, COUNCIL): 0.25, (COUNCIL, NEIGHBOURS): 0.75}
WORDS = {0.0: "Not at all", 0.25: "A little", 0.5: "Somewhat", 0.75: "Quite a lot", 1.0: "Completely"}


def matrix(cell: object = "", by: str = ",", corner: str = "", diagonal: str = "",
           whole: dict[tuple[str, str], object] | None = None) -> bytes:
    """Who with whom, as spreadsheets and R write it."""
    shown = whole if whole is not None else {**dict.fromkeys(PEOPLE, cell), **{ends[::-1]: cell for ends in PEOPLE}}
    rows = [by.join([corner, *NAMES])]
    rows += [by.join([a, *(diagonal if a == b else str(shown.get((a, b), "")) for b in NAMES)]) for a in NAMES]
    return "\n".join(rows).encode()


def scaled(low: int, high: int) -> dict[tuple[str, str], object]:
    return {ends: f"{low + value * (high - low):g}" for ends, value in TRUSTED.items()}


def grid(scale: bool = False, by: str = ",") -> bytes:
    """A Google Forms grid: one row for each answer, one column for each partner asked about."""
    question = "How much do you trust each of these organisations?"
    rows = [by.join(["Timestamp", "Your organisation", *(f"{question} [{name}]" for name in NAMES)])]
    for a in NAMES:
        rows.append(by.join(["2024/03/01 9:12:33 am GMT", a,
                             *(("" if (a,
                                       b) not in TRUSTED else f"{1 + TRUSTED[a, b] * 4:g}" if scale else WORDS[TRUSTED[a,
                                                                                                                       b]]) for b in NAMES)]))
    return "\n".join(rows).encode()


LONG = "Respondent,About,Question,Answer\n" + "".join(f"{a},{b},Trust,{WORDS[value]}\n" for (a, b),
                                                      value in TRUSTED.items()) + "".join(
    f"{a},{b},People,{count:g}\n" for (a, b), count in PEOPLE.items())
TICKED = "Timestamp,Your organisation,Which of these organisations do you work with?\n" + "".join(
    f'2024/03/01,{a},"{", ".join(b for x, b in PEOPLE if x == a)}"\n' for a in (HOSPITALS, COUNCIL, SURGERY, NEIGHBOURS))
RATED = "Organisation,Partner organisation,Trust (1-5),Comments\n" + "".join(f"{a},{b},{1 + value * 4:g},\n" for (a, b),
                                                                             value in TRUSTED.items())
HALF = {(HOSPITALS, COUNCIL): 0.75, (SURGERY, HOSPITALS): 1.0, (COUNCIL, SURGERY): 0.5, (NEIGHBOURS, COUNCIL): 0.0}

ANSWERS = [
    Case("a matrix of ones and noughts", {**PARTNERS, "works.csv": matrix("1")}, people=NO_PEOPLE,
         said=("a matrix of 4 rows; each cell is a tie",)),
    Case("a matrix of ones with noughts between and on the diagonal",
         {**PARTNERS,
          "works.csv": matrix(whole={(a, b): int((a, b) in PEOPLE or (b, a) in PEOPLE) for a in NAMES for b in NAMES},
                              diagonal="1")},
         people=NO_PEOPLE, said=("the diagonal",)),
    Case("a matrix with semicolons and crosses", {**PARTNERS, "works.csv": matrix("x", ";")}, people=NO_PEOPLE),
    Case("half a matrix, as it is symmetric", {**PARTNERS, "works.csv": matrix(whole=dict.fromkeys(PEOPLE, "yes"))},
         people=NO_PEOPLE),
    Case("a matrix of people, by its name", {**PARTNERS, "people.csv": matrix(whole=dict(PEOPLE))}),
    Case("a matrix of people in both directions",
         {**PARTNERS,
          "people.csv": matrix(whole={**PEOPLE, **{ends[::-1]: count / 2 for ends, count in PEOPLE.items() if count}})},
         said=("the larger counts",)),
    Case("a matrix of trust between 0 and 1", {**PARTNERS, "trust matrix.csv": matrix(whole=dict(TRUSTED))}, people=NO_PEOPLE,
         trust=TRUSTED, said=("trust of the row's partner in the column's",)),
    Case("a matrix of trust with decimal commas",
         {**PARTNERS,
          "t.csv": matrix(whole={ends: f"{value:.2f}".replace(".", ",") for ends, value in TRUSTED.items()}, by=";",
                          corner="Trust")}, people=NO_PEOPLE, trust=TRUSTED),
    Case("a matrix of trust in percent",
         {**PARTNERS, "trust.csv": matrix(whole={ends: f"{value:.0%}" for ends, value in TRUSTED.items()})}, people=NO_PEOPLE,
         trust=TRUSTED),
    Case("a matrix of trust from 1 to 5, as a person says", {**PARTNERS, "m.csv": matrix(whole=scaled(1, 5))},
         maps=("matrix:m.csv=trust", "unit:trust=1..5"), people=NO_PEOPLE, trust=TRUSTED),
    Case("a matrix of trust in words",
         {**PARTNERS, "trust.csv": matrix(whole={ends: WORDS[value] for ends, value in TRUSTED.items()})}, people=NO_PEOPLE,
         trust=TRUSTED, said=("'A little' was read as 0.25",)),
    Case("a matrix of trust in one direction only", {**PARTNERS, "trust.csv": matrix(whole=dict(HALF))}, people=NO_PEOPLE,
         trust=HALF),
    Case("a google forms grid in words", {**PARTNERS, "form.csv": grid()}, people=NO_PEOPLE, trust=TRUSTED,
         said=("answers of a survey about 4 partners",)),
    Case("a google forms grid from 1 to 5", {**PARTNERS, "form.csv": grid(scale=True)}, maps=("unit:How much do you trust each "
                                                                                              "of these organisations?=1..5",),
         people=NO_PEOPLE, trust=TRUSTED),
    Case("a long list of answers", {**PARTNERS, "answers.csv": LONG.encode()}, trust=TRUSTED,
         said=("answers to 2 questions, one to a row",)),
    Case("boxes that were ticked", {**PARTNERS, "form.csv": TICKED.encode()}, people=NO_PEOPLE, said=()),
    Case("boxes that were ticked, parted by semicolons as microsoft forms does",
         {**PARTNERS, "form.csv": TICKED.replace(", ", ";").encode()}, people=NO_PEOPLE),
    Case("ratings with their scale in the heading", {**PARTNERS, "r.csv": RATED.encode()}, people=NO_PEOPLE, trust=TRUSTED,
         said=("a scale from 1 to 5",)),
    Case("two respondents of one partner",
         {**PARTNERS, "r.csv": (RATED + f"{HOSPITALS},{COUNCIL},2,\n{HOSPITALS},{COUNCIL},3,\n").encode()},
         people=NO_PEOPLE, trust={**TRUSTED, (HOSPITALS, COUNCIL): 0.5}, said=("the mean counts",)),
]
BAD_ANSWERS = [
    Case("a matrix of numbers that may be anything", {**PARTNERS, "m.csv": matrix(whole=scaled(1, 5))},
         refused=("what do its cells say", '--map matrix:"m.csv"=trust')),
    Case("trust on a scale that nobody named", {**PARTNERS, "trust.csv": matrix(whole=scaled(1, 5))},
         refused=("goes from 1 to 5; the model needs 0 to 1", '--map unit:"trust"=1..5')),
    Case("an answer in words that no table holds", {**PARTNERS, "form.csv": grid().replace(b"Somewhat", b"It depends")},
         refused=("'It depends' is not a number", '--map value:"It depends"=blank')),
]
