"""Where a place stands among all: drawn for generated places, wherever they have been since; in the middle for any other."""

from __future__ import annotations

from pathlib import Path

from incentive_abm.place import generate_place, load_place, shipped_place
from incentive_abm.place.csv_writing import save
from incentive_abm.state.start import standing


def test_a_place_of_ones_own_stands_in_the_middle() -> None:
    assert standing(shipped_place()) == 0.5


def test_generated_places_stand_apart_and_keep_their_standing_through_files(tmp_path: Path) -> None:
    places = [generate_place(seed, 1, 1, 3, 2) for seed in range(1, 9)]
    stand = [standing(place) for place in places]
    assert len(set(stand)) == 8
    assert 0.0 <= min(stand) < 0.5 < max(stand) <= 1.0
    save(places[2].partners, places[2].ties, tmp_path)
    assert standing(load_place(tmp_path)) == stand[2]
