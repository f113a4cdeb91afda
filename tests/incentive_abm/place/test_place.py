"""Row order changes nothing, an isolated partner changes nothing, and luck's keys come from ids alone."""

from __future__ import annotations

import pickle
from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentive_abm import chance
from incentive_abm.errors import PlaceError
from incentive_abm.place import Place, generate_place, place_from_texts
from incentive_abm.place.chance_keys import draws, partner_keys, tie_keys
from incentive_abm.place.components import components

from .conftest import PARTNERS, TIES

P_HEAD, *P_ROWS = PARTNERS.strip().splitlines()
T_HEAD, *T_ROWS = TIES.strip().splitlines()


def place_of(partners: list[str], ties: list[str]) -> Place:
    return place_from_texts("borsetshire", "\n".join([P_HEAD, *partners]).encode(), "\n".join([T_HEAD, *ties]).encode())


def bits(place: Place) -> list[bytes]:
    p, t = place.partners, place.ties
    columns = [*p.numbers.values(), p.kind, *t.numbers.values(), t.spend_a, t.a, t.b, place.weight, place.keys,
               place.tie_keys]
    return [column.tobytes() for column in columns]


@given(st.permutations(P_ROWS), st.permutations(T_ROWS), st.lists(st.booleans(), min_size=4, max_size=4))
def test_row_order_and_direction_of_ties_change_nothing(partners: list[str], ties: list[str], turn: list[bool]) -> None:
    turned = [",".join([b, a, rest]) if flip else row
              for row, flip in zip(ties, turn, strict=True) for a, b, rest in [row.split(",", 2)]]
    shuffled, plain = place_of(partners, turned), place_of(P_ROWS, T_ROWS)
    assert bits(shuffled) == bits(plain)
    assert shuffled.hash == plain.hash


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8), st.sampled_from(["trust", "council", "gp"]),
       st.floats(0.01, 5000.0), st.integers(0, 4))
def test_an_isolated_partner_changes_nothing_for_anyone_else(name: str, kind: str, income: float, where: int) -> None:
    stranger = f"new-{name},New,{kind},{income!r},0.5,9,9,1,1"
    more = place_of([*P_ROWS[:where], stranger, *P_ROWS[where:]], T_ROWS)
    plain = place_of(P_ROWS, T_ROWS)
    new = more.partner(f"new-{name}")
    others = np.delete(np.arange(5), new)
    for column, same in zip(more.partners.numbers.values(), plain.partners.numbers.values(), strict=True):
        assert column[others].tobytes() == same.tobytes()
    for column, same in zip(more.ties.numbers.values(), plain.ties.numbers.values(), strict=True):
        assert column.tobytes() == same.tobytes()
    assert more.ties.spend_a.tobytes() == plain.ties.spend_a.tobytes()
    assert more.keys[others].tobytes() == plain.keys.tobytes()
    assert more.tie_keys.tobytes() == plain.tie_keys.tobytes()
    assert more.weight.tobytes() == plain.weight.tobytes()
    assert (more.income_total, more.spend_total) == (plain.income_total, plain.spend_total)
    assert more.hash != plain.hash


@pytest.mark.parametrize(("old", "new"), [
    ("7.5", "7.6"), ("Ambridge PCN", "Ambridge Surgery"), ("gp", "voluntary"), ("53.02", "53.03"),
    ("surgery", "practice"), ("7.5", ""),
])
def test_whatever_the_model_reads_changes_the_hash(old: str, new: str) -> None:
    rows = [row.replace(old, new) if row.startswith("surgery") else row for row in P_ROWS]
    ties = [row.replace("surgery", new if old == "surgery" else "surgery") for row in T_ROWS]
    assert place_of(rows, ties).hash != place_of(P_ROWS, T_ROWS).hash


def test_a_filled_value_is_not_the_same_as_a_known_one() -> None:
    known = [row.replace("0,45000", "0.0,45000") for row in P_ROWS]
    blank = [row.replace("7.5,0,", "7.5,,") for row in P_ROWS]
    one, other = place_of(known, T_ROWS), place_of(blank, T_ROWS)
    assert one.partners.balance.tobytes() == other.partners.balance.tobytes()
    assert one.hash != other.hash


def test_keys_are_the_first_eight_bytes_of_blake2b_little_endian() -> None:
    expected = int.from_bytes(blake2b("Café".encode()).digest()[:8], "little")
    assert partner_keys(["Café"]).tolist() == [expected]


words = st.integers(0, 2**64 - 1)


@given(words, words)
def test_tie_keys_are_those_that_the_rules_of_chance_use(one: int, other: int) -> None:
    a, b = np.array([one], dtype=np.uint64), np.array([other], dtype=np.uint64)
    assert tie_keys(a, b) == tie_keys(b, a) == chance.tie_key(int(a[0]), int(b[0]))


@given(words, st.integers(0, 300), words, st.integers(0, 50))
@settings(max_examples=50)
def test_draws_are_those_of_addressed_chance(seed: int, stream: int, ident: int, number: int) -> None:
    drawn = draws(seed, stream, np.array([ident], dtype=np.uint64), number)[0]
    folded = chance.numbered(ident, number)
    assert drawn == chance.uniform(seed, stream, 0, folded)
    assert 0.0 <= drawn < 1.0


def test_two_ids_with_one_key_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incentive_abm.place.place.partner_keys", lambda ids: np.ones(len(ids), dtype=np.uint64))
    with pytest.raises(PlaceError, match="the ids 'charity' and 'council' share one key for chance; change either id"):
        place_of(P_ROWS, T_ROWS)


def test_two_ties_with_one_key_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incentive_abm.place.place.tie_keys", lambda a, b: np.ones(a.size, dtype=np.uint64))
    with pytest.raises(PlaceError, match="share one key for chance; change one of the ids"):
        place_of(P_ROWS, T_ROWS)


@given(st.integers(1, 30).flatmap(lambda n: st.tuples(
    st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40))))
def test_components_are_the_sets_that_ties_join(case: tuple[int, list[tuple[int, int]]]) -> None:
    size, pairs = case
    sets = [{i} for i in range(size)]
    for a, b in pairs:
        joined = sets[a] | sets[b]
        for i in joined:
            sets[i] = joined
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    assert components(size, ends[:, 0], ends[:, 1]).tolist() == [min(each) for each in sets]


def test_a_place_travels_between_processes() -> None:
    place = generate_place(4)
    again = pickle.loads(pickle.dumps(place))
    assert again.hash == place.hash
    assert bits(again) == bits(place)
