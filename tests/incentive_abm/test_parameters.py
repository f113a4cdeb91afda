"""The parameter table: each default in its range, with a meaning and a source, and each bad value refused in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.compiling.layout import Record
from incentive_abm.errors import UserError
from incentive_abm.parameters import (
    PARAMETERS,
    Parameter,
    Scope,
    default,
    names,
    parameter,
)
from incentive_abm.state.arrays import PARTNER_SETTING, PLACE_SETTING, START_SETTING


@pytest.mark.parametrize("row", PARAMETERS.values(), ids=lambda row: row.name)
def test_a_row_says_what_it_is(row: Parameter) -> None:
    assert row.low <= row.default <= row.high
    assert row.low < row.high
    assert row.name.isidentifier()
    assert row.name.islower()
    assert row.label
    assert row.meaning.endswith(".")
    assert row.unit
    assert row.source
    assert row.read(row.show(row.default)) == row.default


def test_labels_are_told_apart() -> None:
    labels = [row.label for row in PARAMETERS.values() if row.scope is not Scope.DATA]
    assert sorted({label for label in labels if labels.count(label) > 1}) == []


@pytest.mark.parametrize(("scope", "settings"), [
    (Scope.PLACE, PLACE_SETTING), (Scope.PARTNER, PARTNER_SETTING), (Scope.START, START_SETTING),
])
def test_settings_are_numbered_in_the_tables_order(scope: Scope, settings: Record) -> None:
    assert settings.names == names(scope)
    assert [settings[name] for name in names(scope)] == list(range(len(names(scope))))


@given(st.sampled_from(sorted(PARAMETERS)), st.floats(0.0, 1.0))
def test_what_is_shown_reads_back(name: str, part: float) -> None:
    row = PARAMETERS[name]
    value = row.low + part * (row.high - row.low)
    stored = float(round(value)) if row.whole or row.choices else min(max(value, row.low), row.high)
    assert row.read(row.show(stored)) == stored
    assert row.read(str(row.show(stored))) == stored


@given(st.sampled_from(sorted(n for n, row in PARAMETERS.items() if not row.choices)),
       st.floats(allow_nan=True, allow_infinity=True))
def test_no_number_outside_the_range_gets_in(name: str, value: float) -> None:
    row = PARAMETERS[name]
    if not row.low <= value <= row.high:
        with pytest.raises(UserError, match=name):
            row.read(value)


@pytest.mark.parametrize(("name", "value", "told"), [
    ("bailout", 1.5, "bailout is 1.5; expected a number from 0 to 1"),
    ("bailout", "much", "bailout is 'much'; expected a number from 0 to 1"),
    ("bailout", True, "bailout is True; expected a number"),
    ("bailout", None, "bailout is None; expected a number"),
    ("bailout", float("nan"), "bailout is nan; expected a number from 0 to 1"),
    ("bailout", [0.5], r"bailout is \[0.5\]; expected a number"),
    ("directives", 2.5, "directives is 2.5; expected a whole number"),
    ("directives", -1, "directives is -1; expected a number from 0 to 14"),
    ("protocol", "nahs", r"protocol is 'nahs'; expected one of alternating, nash \(did you mean nash\?\)"),
    ("protocol", 1, "protocol is 1; expected one of alternating, nash"),
])
def test_a_bad_value_is_refused_in_words(name: str, value: object, told: str) -> None:
    with pytest.raises(UserError, match=f"^here: {told}"):
        parameter(name).read(value, "here")


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError, match=r"no parameter is called 'trust_strat' \(did you mean trust_start\?\)"):
        parameter("trust_strat")
    assert default("mandate") == PARAMETERS["mandate"].default
