"""Everything that is wrong is told at once: in the order of the file, a cause that repeats once, the rest counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_abm.errors import MOST_TOLD, PlaceError, ScenarioError, UserError
from incentive_abm.faults import MOST_IN_FULL, Faults

FOUND = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["", "blank", "too large"]), st.text(max_size=600)), max_size=60)


def test_nothing_wrong_raises_nothing() -> None:
    Faults(PlaceError).tell()


def test_one_fault_is_told_as_if_it_were_the_only_one() -> None:
    faults = Faults(PlaceError)
    faults.add("line 3: blank id", (3,), "blank", "line 3")
    with pytest.raises(PlaceError, match=r"^line 3: blank id$"):
        faults.tell()


def test_twenty_are_told_in_full_and_the_rest_counted() -> None:
    faults = Faults(PlaceError)
    for line in range(30, 0, -1):
        faults.add(f"line {line}: wrong", (line,))
    told = str(faults.error()).splitlines()
    assert told[0].startswith("30 faults")
    assert told[1:-1] == [f"  line {line}: wrong" for line in range(1, 21)]
    assert told[-1].startswith("  and 10 more faults")


def test_a_cause_that_repeats_is_told_once_with_its_first_places_and_their_number() -> None:
    faults = Faults(PlaceError)
    for line in range(2, 214):
        faults.add(f"line {line}: a comma in income", (line,), "comma", f"line {line}")
    told = str(faults.error())
    assert told == ("line 2: a comma in income – the same at line 3, line 4, line 5, line 6, line 7 and 206 more (212 in all)")


def test_what_another_reader_found_is_taken_over_one_by_one() -> None:
    inner, outer = Faults(ScenarioError), Faults(PlaceError)
    inner.add("b", (2,))
    inner.add("a", (1,))

    def read() -> int:
        raise inner.error()

    assert outer.attempt(7, read) == 7
    outer.take(UserError("c"), (3,))
    assert [fault.told for fault in outer.found] == ["a", "b", "c"]


@given(FOUND)
def test_however_much_is_wrong_the_message_fits_and_counts_every_fault(found: list[tuple[int, str, str]]) -> None:
    faults = Faults(UserError)
    for line, cause, told in found:
        faults.add(f"line {line}: {told!r}", (line,), cause, f"line {line}")
    if not found:
        return
    said = str(faults.error())
    causes = {cause for _, cause, _ in found if cause}
    told_once = len(causes) + sum(not cause for _, cause, _ in found)
    assert len(said) <= MOST_TOLD
    assert len(said.splitlines()) == (1 if told_once == 1 else 1 + min(told_once, MOST_IN_FULL) + (told_once > MOST_IN_FULL))
    assert len(faults.error().found) == len(found)
