"""What became of a run: worked series for each regime and each time, and that regimes leave nothing out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawing import approx, between
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from incentive_abm.kinds import Regime
from incentive_abm.parameters import PARAMETERS
from incentive_abm.regimes import Endings, Thresholds, endings, thresholds

LIMITS = thresholds({})
Numbers = np.typing.NDArray[np.float64]


def ended(integration: list[float] | Numbers, form: float | list[float] = 0.5, kinds: float | list[float] = 3.0,
          meetings: float | list[float] = 10.0, limits: Thresholds = LIMITS) -> Endings:
    """One run from its series of integration, with form, kinds and meetings constant unless given by quarter."""
    quarters = len(integration)

    def column(values: float | list[float]) -> Numbers:
        return np.broadcast_to(np.array(values, float).reshape(-1, 1), (quarters, 1)).copy()

    return endings(column(form), column(list(integration)), column(kinds), column(meetings), limits)


def regime(*args: object, **named: object) -> Regime:
    return Regime(int(ended(*args, **named).regime[0]))  # type: ignore[arg-type]


def level(value: float, quarters: int = 20) -> list[float]:
    return [value] * quarters


def test_thresholds_come_from_the_table() -> None:
    assert Thresholds(*(PARAMETERS[name].default for name in Thresholds.__dataclass_fields__)) == LIMITS
    assert thresholds({"gain": 0.05}).gain == 0.05


def test_two_years_at_the_end_among_three_kinds_is_integrated() -> None:
    assert regime(level(0.0, 12) + level(0.30, 8)) is Regime.INTEGRATED
    assert regime(level(0.0, 13) + level(0.30, 7)) is not Regime.INTEGRATED
    assert regime([*level(0.0, 12), 0.3, 0.29, *level(0.3, 6)]) is not Regime.INTEGRATED
    assert regime(level(0.30), kinds=2.0) is not Regime.INTEGRATED


def test_half_a_peak_lost_is_collapsed() -> None:
    assert regime(level(0.20, 10) + level(0.10, 10)) is Regime.COLLAPSED
    assert regime(level(0.20, 10) + level(0.11, 10)) is not Regime.COLLAPSED
    assert regime(level(0.14, 10) + level(0.01, 10)) is not Regime.COLLAPSED
    assert regime([*level(0.40, 10), *level(0.15, 2), *level(0.35, 8)]) is Regime.INTEGRATED


def test_structures_without_substance_are_busy() -> None:
    assert regime(level(0.10), form=0.30) is Regime.BUSY
    assert regime(level(0.10), form=0.29) is not Regime.BUSY
    assert regime(level(0.15), form=0.30) is not Regime.BUSY
    assert regime(level(0.10), form=[0.9] * 19 + [0.29]) is not Regime.BUSY


def test_hardly_anything_ever_shared_never_started() -> None:
    assert regime(level(0.01), form=0.049) is Regime.NEVER_STARTED
    assert regime(level(0.01), form=[0.0] * 10 + [0.05] + [0.0] * 9) is not Regime.NEVER_STARTED


def test_still_rising_at_the_end_is_progressing_and_everything_else_has_stalled() -> None:
    rising = [0.16 + 0.002 * q for q in range(20)]
    assert regime(rising, form=0.2) is Regime.PROGRESSING
    assert regime(rising[:12] + level(rising[11], 8), form=0.2) is Regime.STALLED
    assert regime(level(0.2), form=0.2) is Regime.STALLED


def test_regimes_are_tested_in_one_order() -> None:
    """Each series here would also pass a later test."""
    high_then_half = level(0.90, 10) + level(0.40, 10)
    assert regime(high_then_half) is Regime.INTEGRATED                              # also collapsed
    assert regime(level(0.20, 10) + level(0.05, 10), form=0.5) is Regime.COLLAPSED  # also busy
    assert regime([0.012 * q / 8 for q in range(20)], form=0.5) is Regime.BUSY      # also progressing
    assert regime([0.012 * q / 8 for q in range(20)], form=0.01) is Regime.NEVER_STARTED


def test_a_run_integrates_in_the_first_quarter_of_the_spell_that_lasts_long_enough() -> None:
    series = [0.0, 0.31, 0.0, *level(0.31, 9)]
    assert ended(series).time_to_integration[0] == 4
    assert np.isnan(ended(level(0.31, 7)).time_to_integration[0])
    assert np.isnan(ended(level(0.31), kinds=2.0).time_to_integration[0])
    late = [2.0] * 9 + [3.0] * 11
    assert ended(level(0.31), kinds=late).time_to_integration[0] == 3    # the group joins three kinds at this spell's end


def test_time_to_integration_is_kept_where_it_was_lost_again() -> None:
    lost = ended(level(0.31, 10) + level(0.05, 10))
    assert lost.regime[0] == Regime.COLLAPSED
    assert lost.time_to_integration[0] == 1
    assert lost.time_to_collapse[0] == 11


def test_a_collapse_is_dated_by_the_peak_so_far() -> None:
    assert ended([0.1, 0.2, 0.3, 0.2, 0.15, 0.3, 0.3]).time_to_collapse[0] == 5
    assert np.isnan(ended([0.1, 0.14, 0.01]).time_to_collapse[0])


def test_a_stall_begins_where_nothing_is_gained_for_two_years_while_talks_go_on() -> None:
    series = [0.02 * q for q in range(8)] + level(0.145, 12)
    stalled = ended(series)
    # from quarter 8 (0.14) eight quarters gain 0.005
    assert stalled.time_to_stall[0] == 8
    assert np.isnan(ended(series, meetings=0.0).time_to_stall[0])
    assert np.isnan(ended(level(0.31, 20)).time_to_stall[0])
    assert np.isnan(ended([0.01 * q for q in range(20)]).time_to_stall[0])


def test_what_passes_is_no_stall() -> None:
    slow = level(0.05, 12)
    assert np.isnan(ended([*slow, *[0.05 + 0.02 * q for q in range(12)]]).time_to_stall[0])    # a slow start
    assert ended([*slow, *[0.05 + 0.02 * q for q in range(8)], *level(0.19, 12)]).time_to_stall[0] == 20
    assert np.isnan(ended(level(0.20, 10) + level(0.05, 12)).time_to_stall[0])                      # it fell
    assert np.isnan(ended(level(0.295, 12) + level(0.302, 12), kinds=2.0).time_to_stall[0])         # it came to integrate


def test_nothing_stalls_before_something_had_begun() -> None:
    assert np.isnan(ended(level(0.01), form=0.04).time_to_stall[0])
    assert ended(level(0.01), form=[0.0] * 6 + [0.05] + [0.0] * 13).time_to_stall[0] == 7


@given(st.lists(between(0.0, 1.0), min_size=9, max_size=40), st.lists(between(0.0, 1.0), min_size=40, max_size=40))
def test_a_stall_is_what_readers_hear(integration: list[float], form: list[float]) -> None:
    """No gain, after something had begun, that lasts: each quarter looked at by itself."""
    found = ended(integration, form=form[:len(integration)], kinds=2.0)
    window, stalls = LIMITS.gain_quarters, []
    for first in range(len(integration) - window):
        begun = any(f >= LIMITS.started_form for f in form[:first + 1])
        lasts = all(integration[q + window] - integration[q] < LIMITS.gain for q in range(first, len(integration) - window))
        away = all(i < LIMITS.integrated_from for i in integration[first:])
        peaks = [max(integration[:q + 1]) for q in range(len(integration))]
        up = all(not (peaks[q] >= LIMITS.collapsed_from and integration[q] <= LIMITS.collapsed_share * peaks[q])
                 for q in range(first + window, len(integration)))
        if begun and lasts and away and up:
            stalls.append(first + 1.0)
    assert found.time_to_stall[0] == approx(stalls[0] if stalls else np.nan, nan_ok=True)


def test_talks_that_end_after_the_stall_began_do_not_count() -> None:
    assert np.isnan(ended(level(0.1, 20), meetings=[5.0] + [0.0] * 19).time_to_stall[0])
    assert ended(level(0.1, 20), meetings=[0.0] * 10 + [5.0] + [0.0] * 9).time_to_stall[0] == 3


@pytest.mark.parametrize("quarters", [1, 2, 7, 8, 9])
def test_short_runs_are_classified_too(quarters: int) -> None:
    found = ended(level(0.2, quarters), form=0.2)
    assert found.regime[0] == Regime.STALLED
    assert ended(level(0.5, quarters)).regime[0] == (Regime.INTEGRATED if quarters >= 8 else Regime.STALLED)


SERIES = st.integers(1, 40).flatmap(lambda quarters: st.tuples(*(
    arrays(np.float64, (quarters, 3), elements=elements) for elements in (
        between(0.0, 1.0), between(0.0, 1.0), st.integers(0, 4).map(float), st.integers(0, 30).map(float)))))
LIMIT = st.builds(
    lambda **changed: replace(LIMITS, **changed), integrated_from=between(0.05, 0.9), integrated_quarters=st.integers(1, 40),
    integrated_kinds=st.integers(1, 4), collapsed_from=between(0.01, 0.9), collapsed_share=between(0.05, 0.95),
    busy_form=between(0.05, 0.9), busy_function=between(0.01, 0.9), started_form=between(0.005, 0.5),
    gain=between(0.0005, 0.1), gain_quarters=st.integers(2, 40))


@given(SERIES, LIMIT)
def test_every_run_has_one_regime_the_first_whose_words_are_true(series: tuple[Numbers, ...], limits: Thresholds) -> None:
    """The words of each regime, one run and one quarter at a time."""
    form, integration, kinds, _meetings = series
    found = endings(*series, limits)
    for run in range(3):
        f, i, k = form[:, run].tolist(), integration[:, run].tolist(), kinds[:, run].tolist()
        quarters, last = len(i), limits.integrated_quarters
        spell = quarters >= last and all(x >= limits.integrated_from for x in i[-last:])
        back = i[-1 - limits.gain_quarters] if quarters > limits.gain_quarters else i[0]
        words = {
            Regime.INTEGRATED: spell and k[-1] >= limits.integrated_kinds,
            Regime.COLLAPSED: max(i) >= limits.collapsed_from and i[-1] <= limits.collapsed_share * max(i),
            Regime.BUSY: f[-1] >= limits.busy_form and i[-1] < limits.busy_function,
            Regime.NEVER_STARTED: max(f) < limits.started_form,
            Regime.PROGRESSING: i[-1] - back >= limits.gain,
            Regime.STALLED: True,
        }
        assert found.regime[run] == next(each for each in Regime if words[each])


@given(SERIES, LIMIT)
def test_times_lie_within_the_run_and_say_what_they_mean(series: tuple[Numbers, ...], limits: Thresholds) -> None:
    _form, integration, _kinds, _meetings = series
    found = endings(*series, limits)
    for times in (found.time_to_integration, found.time_to_stall, found.time_to_collapse):
        known = times[np.isfinite(times)]
        assert ((known >= 1) & (known <= len(integration)) & (known == np.floor(known))).all()
    for run in range(3):
        i = integration[:, run]
        when = found.time_to_integration[run]
        if np.isfinite(when):
            first = int(when) - 1
            assert (i[first:first + limits.integrated_quarters] >= limits.integrated_from).all()
        when = found.time_to_collapse[run]
        if np.isfinite(when):
            assert i[int(when) - 1] <= limits.collapsed_share * i[:int(when)].max()
        assert np.isfinite(found.time_to_integration[run]) or found.regime[run] != Regime.INTEGRATED
        assert np.isfinite(found.time_to_collapse[run]) or found.regime[run] != Regime.COLLAPSED


@given(SERIES, LIMIT)
def test_runs_are_classified_each_by_itself(series: tuple[Numbers, ...], limits: Thresholds) -> None:
    together = endings(*series, limits)
    for run in range(3):
        alone = endings(*(column[:, run:run + 1] for column in series), limits)
        for name in ("regime", "time_to_integration", "time_to_stall", "time_to_collapse"):
            assert getattr(alone, name)[0] == approx(getattr(together, name)[run], nan_ok=True)
