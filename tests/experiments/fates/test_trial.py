"""A trial: what L means, places and luck of their own, mechanisms switched on and off."""

from __future__ import annotations

import pytest

from experiments.fates.trial import SIZES, Trial, read_mechanism, variants
from incentive_abm.errors import UserError
from incentive_abm.kinds import Kind
from incentive_abm.parameters import default
from incentive_abm.scenario import load_scenario

TRIAL = Trial(places=4, seeds=2, quarters=60)


def test_policy_goes_from_today_to_the_ten_lessons() -> None:
    assert TRIAL.scenario(0.0).hash == load_scenario("today").hash
    assert TRIAL.scenario(1.0).hash == load_scenario("ten-lessons").hash


def test_half_way_every_lever_stands_half_way() -> None:
    half = dict(TRIAL.scenario(0.5).parameters)
    for name, followed in load_scenario("ten-lessons").parameters:
        assert half[name] == pytest.approx(0.5 * (default(name) + followed))


def test_what_is_set_holds_at_every_level_and_through_every_change_of_policy() -> None:
    trial = Trial(places=2, seeds=2, quarters=60, overrides=(("listening", 0.1), ("bailout", 0.0)))
    for level in trial.whole_range:
        assert dict(trial.scenario(level).parameters)["listening"] == 0.1
        assert dict(trial.scenario(level).parameters)["bailout"] == 0.0
        assert "listening" not in trial.policy(level)


def test_places_differ_in_size_and_kinds_and_share_neither_partners_nor_seeds() -> None:
    places = [TRIAL.place(k) for k in range(12)]
    assert len({len(place) for place in places}) > 3
    for kind, (fewest, most) in SIZES.items():
        counts = [int((place.partners.kind == kind).sum()) for place in places]
        assert fewest <= min(counts) < max(counts) <= most, Kind(kind).plural
    assert len({name for place in places for name in place.partners.ids}) == sum(map(len, places))
    assert len({seed for k in range(12) for seed in TRIAL.luck(k)}) == 24


def test_a_mechanism_may_be_switched_by_several_parameters() -> None:
    teaching = read_mechanism("peer_teaching=0:0.1,toolkits=0:0.2")
    assert teaching.name == "peer_teaching, toolkits"
    assert teaching.values(on=False) == {"peer_teaching": 0.0, "toolkits": 0.0}
    assert teaching.values(on=True) == {"peer_teaching": 0.1, "toolkits": 0.2}


@pytest.mark.parametrize(("text", "told"), [
    ("learning_rate", "expected NAME=OFF:ON"),
    ("learning_rate=0", "expected NAME=OFF:ON"),
    ("learning_rat=0:1", "did you mean learning_rate"),
    ("learning_rate=0:1", "0.1"),
])
def test_a_mistaken_mechanism_is_told(text: str, told: str) -> None:
    with pytest.raises(UserError, match="--mechanism") as caught:
        read_mechanism(text)
    assert told in str(caught.value)


def test_variants_are_each_alone_all_but_each_all_and_none() -> None:
    three = [read_mechanism(f"{name}=0:0.1") for name in ("learning_rate", "peer_teaching", "toolkits")]
    found = {name: [p for p, value in values.items() if value] for name, values in variants(three).items()}
    assert found == {
        "none": [], "only learning_rate": ["learning_rate"], "only peer_teaching": ["peer_teaching"],
        "only toolkits": ["toolkits"],
        "all but learning_rate": ["peer_teaching", "toolkits"], "all but peer_teaching": ["learning_rate", "toolkits"],
        "all but toolkits": ["learning_rate", "peer_teaching"], "all": ["learning_rate", "peer_teaching", "toolkits"]}
