"""Generated places: any mix, connected, the same for a seed, near the published averages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentive_abm.kinds import Kind
from incentive_abm.parameters import default
from incentive_abm.place import generate_place, load_place
from incentive_abm.place.nearest_points import nearest_points


@given(st.integers(0, 2**64 - 1), *[st.integers(0, 15)] * 4)
@settings(max_examples=60)
def test_any_mix_makes_one_connected_place_without_holes(
    seed: int, trusts: int, councils: int, gps: int, voluntary: int
) -> None:
    if trusts + councils + gps + voluntary < 2:
        return
    place = generate_place(seed, trusts, councils, gps, voluntary)
    assert np.bincount(place.partners.kind, minlength=4).tolist() == [trusts, councils, gps, voluntary]
    assert place.warnings == ()
    assert {fill.column for fill in place.filled} == {"spend_m"}


def test_a_seed_makes_the_same_place_and_another_seed_another() -> None:
    assert generate_place(7).hash == generate_place(7).hash
    assert generate_place(7).hash != generate_place(8).hash


def test_the_bits_of_a_seed_are_those_of_every_machine() -> None:
    """A changed generator or default for filling changes this hash: then say "changes results" in the changelog."""
    assert generate_place(1).hash.startswith("216117ab76ddf859")


def test_one_more_partner_leaves_the_others_where_they_were() -> None:
    few, more = generate_place(3, 4, 3, 20, 10), generate_place(3, 4, 3, 20, 11)
    for i, name in enumerate(few.partners.ids):
        j = more.partner(name)
        assert more.keys[j] == few.keys[i]
        assert more.partners.income[j] == few.partners.income[i]
        assert more.partners.balance[j] == few.partners.balance[i]


def test_places_of_different_seeds_share_no_partner_and_so_no_luck() -> None:
    one, other = generate_place(3), generate_place(4)
    assert not set(one.partners.ids) & set(other.partners.ids)
    assert not set(one.keys.tolist()) & set(other.keys.tolist())
    assert not set(one.tie_keys.tolist()) & set(other.tie_keys.tolist())
    assert one.partners.names == other.partners.names, "a seed is no part of what people read"


@pytest.mark.parametrize("ties", [150, 250, 400])
def test_the_number_of_ties_can_be_asked_for(ties: int) -> None:
    place = generate_place(2, ties=ties)
    assert len(place.ties) == ties
    assert place.warnings == ()


def test_england_at_full_size_is_made_connected_and_keeps_the_published_averages() -> None:
    place = generate_place(11, 209, 153, 1250, 2000)
    p = place.partners
    trusts, councils, gps, voluntary = (p.kind == kind for kind in Kind)
    assert place.warnings == ()
    assert p.income[trusts].mean() == pytest.approx(default("trust_income"), rel=0.15)
    assert p.income[councils].mean() == pytest.approx(default("council_income"), rel=0.15)
    assert p.people[gps].mean() == pytest.approx(default("gp_people"), rel=0.15)
    assert p.income[voluntary].mean() == pytest.approx(default("voluntary_income"), rel=0.15)
    assert 25 / 209 <= (p.balance[trusts] < 0).mean() <= 80 / 209, "trusts in deficit: 25 to 65 of 209 or so"
    assert place.degree.max() < 300


def test_forty_thousand_partners_and_two_hundred_thousand_ties_can_be_made_saved_and_read(tmp_path: Path) -> None:
    place = generate_place(1, 209, 152, 9639, 30_000, ties=200_000)
    assert (len(place), len(place.ties)) == (40_000, 200_000)
    assert place.warnings == ()
    place.save(tmp_path)
    assert load_place(tmp_path).hash == place.hash


@given(st.integers(0, 2**32 - 1), st.integers(1, 200), st.integers(1, 300), st.integers(1, 9), st.booleans())
@settings(max_examples=60)
def test_nearest_points_are_the_nearest(seed: int, points: int, others: int, most: int, rounded: bool) -> None:
    rng = np.random.default_rng(seed)
    xy, among = rng.random((points, 2)) * [3.0, 1.0], rng.random((others, 2)) * [1.0, 2.0]
    if rounded:
        xy, among = np.round(xy, 1), np.round(among, 1)
    i, j, rank = nearest_points(xy, among, most)
    away = xy[:, None, :] - among[None, :, :]
    expected = np.argsort((away * away).sum(axis=2), axis=1, kind="stable")[:, :most]
    found = min(most, others)
    assert i.tolist() == np.repeat(np.arange(points), found).tolist()
    assert j.reshape(points, found).tolist() == expected.tolist()
    assert rank.tolist() == list(range(found)) * points
