"""The table of what the one-file page costs: a column for each place, gaps shown as such, the module over the native engine."""

from __future__ import annotations

from dashboards.file_bench import LARGER, places, table
from dashboards.questions import WORLDS

LUCK, RUN = f"luck over {WORLDS} worlds, s", "module's run with columns and hash, median ms"


def test_each_place_has_a_column_and_what_was_not_measured_is_a_gap() -> None:
    found = [{"partners": 50, RUN: 30.0, LUCK: 2.0, "what would help: all, s": 9.5, "native run, ms": 20.0,
              "native luck, s": 0.5},
             {"partners": 2_445, RUN: 90.0, LUCK: 8.0, "native run, ms": 45.0, "native luck, s": 2.0}]
    rows = {line[:48].strip(): line[48:].split() for line in table(found).splitlines()}
    assert rows["partners"] == ["50", "2,445"]
    assert rows["what would help: all, s"] == ["9.50", "–"]
    assert rows["run: module over native"] == ["1.50", "2.00"]
    assert rows["luck: module over native"] == ["4.00", "4.00"]


def test_without_named_places_there_is_one_of_each_size() -> None:
    assert [len(place) for place in places([])] == [50, *(sum(counts) for counts in LARGER)] == [50, 97, 292, 445]
