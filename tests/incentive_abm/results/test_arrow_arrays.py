"""Numbers and words go to Arrow and back unchanged, wherever some are missing, as pyarrow itself would have it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.results.arrow_arrays import arrow_numbers, arrow_words, numpy_of

NUMBERS = st.lists(st.tuples(st.integers(-30_000, 30_000), st.booleans()), max_size=40)


@pytest.mark.parametrize("kind", ["int16", "int32", "int64", "float32", "float64"])
@given(given=NUMBERS, first=st.integers(0, 3))
def test_numbers_are_those_of_pyarrow_and_come_back(kind: str, given: list[tuple[int, bool]], first: int) -> None:
    values = np.array([number for number, _ in given], kind)
    missing = np.array([gone for _, gone in given], bool)
    made = arrow_numbers(values, missing)
    made.validate(full=True)
    assert made.equals(pa.array(values, mask=missing))
    assert numpy_of(made[first:], -1).tolist() == np.where(missing, -1, values)[first:].tolist()
    assert numpy_of(pa.chunked_array([made[first:], made]), -1).dtype == kind


@given(st.lists(st.text(), max_size=12))
def test_words_are_those_of_pyarrow(words: list[str]) -> None:
    assert arrow_words(words).equals(pa.array(words, pa.string()))
