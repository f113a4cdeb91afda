"""A random number has an address: the same everywhere, and independent of every other address."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import types

import incentive_abm
from incentive_abm.chance import BITS, Stream, mix, numbered, sided, tie_key, uniform
from incentive_abm.compiling.build import build
from incentive_abm.place import generate_place
from incentive_abm.state.kernels import plain

WORD = st.integers(0, BITS)


def uniforms(seed: int, stream: int, step: int, idents: Iterable[int]) -> np.ndarray:
    return np.array([uniform(seed, stream, step, ident) for ident in idents])


def hashed(seed: np.uint64, stream: np.uint64, step: np.uint64, ident: np.uint64) -> float:
    """The documented hash once more, in numpy's 64-bit numbers, which wrap by themselves."""
    with np.errstate(over="ignore"):
        def finalised(x: np.uint64) -> np.uint64:
            x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            return np.uint64(x ^ (x >> np.uint64(31)))

        h = finalised(seed + stream * np.uint64(0x9E3779B97F4A7C15))
        h = finalised(h + step * np.uint64(0xD1B54A32D192ED03))
        return float(finalised(h ^ ident) >> np.uint64(12)) / 2**52


@given(WORD, WORD, WORD, WORD)
def test_a_number_is_the_documented_hash_of_its_address(seed: int, stream: int, step: int, ident: int) -> None:
    found = uniform(seed, stream, step, ident)
    assert found == hashed(*(np.uint64(part) for part in (seed, stream, step, ident)))
    assert 0.0 <= found < 1.0


@plain(types.uint64, types.uint64, types.uint64, types.uint64)
def drawn_compiled(seed: Any, stream: Any, step: Any, ident: Any) -> Any:
    """Chance as the engine draws it."""
    return uniform(seed, stream, step, numbered(ident, stream))


@given(WORD, WORD, WORD, WORD)
def test_the_engine_draws_the_same_number(seed: int, stream: int, step: int, ident: int) -> None:
    engine = build()[drawn_compiled]
    assert engine(*(np.uint64(part) for part in (seed, stream, step, ident))) == uniform(
        seed, stream, step, numbered(ident, stream))


def test_published_values_of_splitmix64() -> None:
    """The first outputs of the reference generator started at 0: mix(k · golden ratio)."""
    outputs = [mix(k * 0x9E3779B97F4A7C15 & BITS) for k in (1, 2, 3)]
    assert outputs == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


@pytest.mark.parametrize(("address", "value"), [
    ((0, 1, 0, 0), 0.20310281705476085), ((1, 12, 7, 42), 0.8374912253590947),
    ((2**63 - 1, 16, 59, BITS), 0.28812459315139227),
])
def test_golden_values(address: tuple[int, int, int, int], value: float) -> None:
    assert uniform(*address) == value


def test_no_stream_number_is_used_twice() -> None:
    source = (Path(incentive_abm.__file__).parent / "chance.py").read_text(encoding="utf-8")
    streams = next(item for item in ast.parse(source).body if isinstance(item, ast.ClassDef) and item.name == "Stream")
    numbers = [item.value.value for item in streams.body if isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant)]
    assert len(numbers) == len(set(numbers)) == len(Stream)
    assert min(numbers) > 0


def test_no_stream_serves_two_uses() -> None:
    """A stream is drawn from in one package, or in the engine and on Mesa alike."""
    package = Path(incentive_abm.__file__).parent
    drawn_in: dict[str, Counter[str]] = {stream.name: Counter() for stream in Stream}
    for folder in (package, package.parent / "experiments"):
        for path in folder.rglob("*.py"):
            if path.name == "chance.py":
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Stream" and node.attr in drawn_in:
                    drawn_in[node.attr][path.relative_to(folder.parent).parts[1]] += 1
    both = {"engine", "agents"}
    assert {name: dict(uses) for name, uses in drawn_in.items() if len(uses) > 1 and not set(uses) <= both} == {}
    assert sum(1 for uses in drawn_in.values() if "engine" in uses) > 10


def addresses() -> dict[str, np.ndarray]:
    """40,000 numbers whose addresses differ in one part only."""
    n = 40_000
    return {
        "id": uniforms(1, 12, 0, range(n)),
        "step": np.array([uniform(1, 12, k, 99) for k in range(n)]),
        "stream": np.array([uniform(1, k, 0, 99) for k in range(n)]),
        "seed": np.array([uniform(k, 12, 0, 99) for k in range(n)]),
    }


@pytest.mark.parametrize("part", ["id", "step", "stream", "seed"])
def test_numbers_are_even_and_neighbours_unrelated(part: str) -> None:
    """Within five standard errors: mean, variance, a hundred bins, and correlation at lags 1 to 4."""
    u = addresses()[part]
    n = u.size
    assert abs(u.mean() - 0.5) < 5 * np.sqrt(1 / 12 / n)
    assert abs(u.var() - 1 / 12) < 5 * np.sqrt(1 / 180 / n)
    bins = np.bincount((u * 100).astype(int), minlength=100)
    chi = float(((bins - n / 100) ** 2 / (n / 100)).sum())
    assert abs(chi - 99) < 5 * np.sqrt(2 * 99)
    for lag in range(1, 5):
        assert abs(np.corrcoef(u[:-lag], u[lag:])[0, 1]) < 5 / np.sqrt(n)


def test_streams_are_unrelated_to_each_other() -> None:
    idents = range(20_000)
    table = np.array([uniforms(1, stream, 3, idents) for stream in Stream])
    related = np.corrcoef(table) - np.eye(len(Stream))
    assert np.abs(related).max() < 5 / np.sqrt(len(idents))


def test_quarters_and_seeds_are_unrelated_to_each_other() -> None:
    idents = range(20_000)
    rows = [uniforms(seed, 16, step, idents) for seed in (1, 2, 3, 4) for step in (0, 1, 2, 3)]
    assert np.abs(np.corrcoef(rows) - np.eye(16)).max() < 5 / np.sqrt(len(idents))


@given(WORD, WORD)
def test_a_tie_has_one_key_and_two_sides(one: int, other: int) -> None:
    key = tie_key(one, other)
    assert key == tie_key(other, one)
    if one != other:
        assert sided(key, one) != sided(key, other)


def test_keys_and_folded_ids_do_not_collide() -> None:
    place = generate_place(1, trusts=20, councils=40, gps=300, voluntary=100)
    keys: list[int] = [int(key) for key in place.keys]
    ties = [int(key) for key in place.tie_keys]
    ends = zip(place.ties.a.tolist(), place.ties.b.tolist(), place.tie_keys, strict=True)
    sides = [sided(int(key), keys[end]) for a, b, key in ends for end in (a, b)]
    folded = [numbered(key, draw) for key in keys for draw in range(6)]
    everything = keys + ties + sides + folded
    assert len(set(everything)) == len(everything)
