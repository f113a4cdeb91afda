"""The ledger's files: one for each text, read strictly; every mistake is told with its file, its claim and what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from experiments.claims.claim import Arm, Claim, Design, Settings, Shape, Sign, Source, Trial
from experiments.claims.outcomes import Outcome
from incentive_abm.errors import StudyError, UserError, nearest, quoted
from incentive_abm.parameters import Scope, parameter
from incentive_abm.toml_reading import TomlFiles, TomlTable, parse_toml

FOLDER = Path(__file__).parent / "ledger"
PUBLISHED = Path(__file__).parent / "published"
"""What published models and works on trust found, in the same form; no part of the ledger of the five texts."""
COMMON = ("id", "claim", "stands_for", "expected", "design")
TESTED = (*COMMON, "measure", "sign", "rules", "fails", "left_out", "contrary")
PAIRED = ("low", "high", "without", "with")
KEYS: Mapping[Design, tuple[str, ...]] = {
    Design.MAIN: (*TESTED, "low", "high"),
    Design.INTERACTION: (*TESTED, *PAIRED),
    Design.SURVIVAL: (*TESTED, *PAIRED),
    Design.SURFACE: (*TESTED, "shape", "levels"),
    Design.SPREAD: (*TESTED, "above"),
    Design.NONE: (*COMMON, "why_not"),
}
_OF_RUNS = {Outcome.SKEWNESS, Outcome.AGREED_IN_WORD_ONLY, Outcome.FEW_JOINED}
_TIMES = {Outcome.YEARS_UNTIL_BEGUN, Outcome.YEARS_HELD}


def load_ledger(folder: Path = FOLDER) -> tuple[Source, ...]:
    """Every source with its claims; raises StudyError for any mistake."""
    files = TomlFiles(folder, "ledger", StudyError)
    sources = tuple(source_from_text(files.text(folder / f"{name}.toml"), name, f"{name}.toml") for name in files.names())
    if not sources:
        raise StudyError(f"{folder}: there is no file of claims")
    seen: set[str] = set()
    for claim in claims_of(sources):
        if claim.id in seen:
            raise StudyError(f"the claim {claim.id} stands in the ledger twice")
        seen.add(claim.id)
    return sources


def claims_of(sources: Iterable[Source]) -> tuple[Claim, ...]:
    """All claims in order."""
    return tuple(claim for source in sources for claim in source.claims)


def chosen(claims: Iterable[Claim], ids: Iterable[str], option: str = "--only") -> tuple[Claim, ...]:
    """The claims with these ids, all where none is named; raises UserError for an id that is not in the ledger."""
    by_id = {claim.id: claim for claim in claims}
    wanted = tuple(dict.fromkeys(ids))
    for each in wanted:
        if each not in by_id:
            raise UserError(f"{option}: no claim is called {quoted(each)}{nearest(each, by_id)}; docs/claims.md lists them")
    return tuple(claim for claim in by_id.values() if not wanted or claim.id in wanted)


def own_trial(levers: Iterable[str], measure: str, sign: str) -> Trial:
    """A user's own claim: levers as NAME=LOW:HIGH, moved together; raises UserError for what the ledger would not take either."""
    low, high = [], []
    for given in levers:
        name, stated, span = given.partition("=")
        first, apart, last = span.partition(":")
        row = parameter(name.strip(), "--lever")
        if not stated or not apart:
            raise UserError(f"--lever {given}: expected NAME=LOW:HIGH, for example bailout=0.2:0.8")
        if row.choices or row.scope in (Scope.DATA, Scope.RESULT):
            raise UserError(f"--lever {given}: {row.name} cannot be moved by a claim; expected a number that acts on a run")
        low.append((row.name, row.read(first.strip(), "--lever")))
        high.append((row.name, row.read(last.strip(), "--lever")))
        if low[-1][1] == high[-1][1]:
            raise UserError(f"--lever {given}: both values are {low[-1][1]:g}; expected two")
        if [each for each, _ in low].count(row.name) > 1:
            raise UserError(f"--lever {given}: {row.name} is given twice")
    known = {outcome.value: outcome for outcome in Outcome if outcome not in _OF_RUNS}
    if measure not in known:
        raise UserError(f"--measure: {quoted(measure)} is not measured{nearest(measure, known)}; expected one of "
                        f"{', '.join(known)}")
    return Trial(Design.MAIN, known[measure], Sign(sign), (Arm(tuple(low), -1.0), Arm(tuple(high), 1.0)), (), "")


def source_from_text(text: str, name: str, shown: str) -> Source:
    """One source from the text of its file."""
    data = parse_toml(text, shown, StudyError)
    data.only(("title", "by", "claims"))
    claims = tuple(_claim(table, name) for table in data.tables("claims", "claim"))
    if not claims:
        raise data.mistake("there is no [[claims]]; expected one or more")
    title, by = data.needed_text("title", "Here endeth the 10th lesson"), data.needed_text("by", "who wrote it, and when")
    return Source(name, title, by, claims)


def _claim(data: TomlTable, source: str) -> Claim:
    id_ = data.needed_text("id", f"{source}-1")
    if not re.fullmatch(rf"{re.escape(source)}-\d+", id_):
        raise data.mistake(f"id is {quoted(id_)}; expected {source}- and a number")
    data = TomlTable(data.values, f"{source}.toml: [claim {id_}]", data.error)
    design = data.choice("design", Design)
    data.only(KEYS[design])
    said = (data.needed_text("claim", "Trust is not enough"), data.needed_text("stands_for", "`trust_start`"),
            data.needed_text("expected", "higher: P rises"))
    if design is Design.NONE:
        return Claim(id_, *said, None, data.needed_text("why_not", "No measure shows it."))
    return Claim(id_, *said, _trial(data, design))


def _trial(data: TomlTable, design: Design) -> Trial:
    outcome = data.choice("measure", Outcome)
    if (outcome in _OF_RUNS) != (design is Design.SPREAD):
        raise data.mistake(f"measure {outcome.value} does not go with design {design.name.lower()}: "
                           "a spread, and nothing else, is asked of many runs together")
    if design is Design.SURVIVAL and outcome not in _TIMES:
        raise data.mistake(f"measure {outcome.value} is no time; expected {' or '.join(sorted(o.value for o in _TIMES))}")
    shape = data.choice("shape", Shape) if design is Design.SURFACE else None
    return Trial(design, outcome, _sign(data), _arms(data, design, shape), data.texts("rules"),
                 data.needed_text("fails", "The lever could be too small to notice."), data.text("left_out"),
                 data.text("contrary"), shape, data.number("above", 0.0))


def _sign(data: TomlTable) -> Sign:
    given = data.needed_text("sign", "+")
    for sign in Sign:
        if sign.value == given:
            return sign
    raise data.mistake(f"sign is {quoted(given)}; expected one of {', '.join(sign.value for sign in Sign)}")


def _arms(data: TomlTable, design: Design, shape: Shape | None) -> tuple[Arm, ...]:
    if design is Design.SPREAD:
        return (Arm((), 1.0),)
    if shape is not None:
        return _curve(data, shape)
    low, high = _pair(data, "low", "high")
    if not data.has("without") and not data.has("with") and design is not Design.INTERACTION:
        return Arm(low, -1.0), Arm(high, 1.0)
    without, with_ = _pair(data, "without", "with")
    both = dict(low).keys() & dict(with_).keys()
    if both:
        raise data.mistake(f"{min(both)} stands under low and under without; expected different settings")
    return (Arm(low + without, 1.0), Arm(high + without, -1.0), Arm(low + with_, -1.0), Arm(high + with_, 1.0))


def _pair(data: TomlTable, first: str, second: str) -> tuple[Settings, Settings]:
    one, other = _settings(data, first), _settings(data, second)
    if [name for name, _ in one] != [name for name, _ in other]:
        raise data.mistake(f"{first} and {second} set different things; expected the same names in the same order")
    same = next((name for (name, a), (_, b) in zip(one, other, strict=True) if a == b), "")
    if same:
        raise data.mistake(f"{same} has the same value under {first} and {second}; expected two")
    return one, other


def _settings(data: TomlTable, key: str) -> Settings:
    table = data.table(key)
    if not table.keys:
        raise data.mistake(f"{key} is missing; expected for example {key} = {{ bailout = 0.2 }}")
    return tuple((name, _value(table, name, table.values[name])) for name in table.keys)


def _value(table: TomlTable, name: str, given: object) -> float:
    row = parameter(name, table.where)
    if row.scope in (Scope.DATA, Scope.RESULT) or row.choices:
        raise table.mistake(f"{name} cannot be moved by a claim; expected a number that acts on a run")
    return row.read(given, table.where)


def _curve(data: TomlTable, shape: Shape) -> tuple[Arm, ...]:
    table = data.table("levels")
    if len(table.keys) != 1:
        raise data.mistake("levels names no setting or several; expected one, for example levels = { refusal = [0, 0.5, 1] }")
    name = table.keys[0]
    given = table.values[name]
    if not isinstance(given, list) or len(given) != len(shape.value):
        raise table.mistake(f"{name} is {quoted(given)}; the shape {shape.name.lower()} needs {len(shape.value)} levels")
    levels = [_value(table, name, each) for each in given]
    steps = {round(b - a, 9) for a, b in pairwise(levels)}
    if len(steps) != 1 or min(steps) <= 0.0:
        raise table.mistake(f"{name} has the levels {given}; expected evenly spaced ones, from the lowest up")
    return tuple(Arm(((name, level),), weight) for level, weight in zip(levels, shape.value, strict=True))
