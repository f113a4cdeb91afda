"""The search: NSGA-II (Deb et al. 2002; pymoo, Blank & Deb 2020) over plans of at most so many levers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.robust.worlds import Plan
from incentive_abm.optional_libraries import library

Goals = tuple[float, ...]
"""What is to be small: minus the share of worlds in which it is good enough, years until then, effort."""
Tried = Callable[[int, Sequence[Plan]], Sequence[Goals]]
"""What plans give that were not tried before; hears the number of the generation."""


def search(options: Sequence[int], most_levers: int, population: int, generations: int, seed: int,
           tried: Tried) -> dict[Plan, Goals]:
    """Every plan that was tried, and what it gave; the same for the same seed. options: how many each lever has, with today's."""
    problems = library("pymoo.core.problem", "robust")
    archive: dict[Plan, Goals] = {}

    class Plans(problems.Problem):  # type: ignore[misc, name-defined]
        """Whole numbers, one a lever."""

        def __init__(self) -> None:
            super().__init__(n_var=len(options), n_obj=3, xl=0, xu=np.array(options) - 1, vtype=int)

    problem = Plans()
    algorithm = library("pymoo.algorithms.moo.nsga2", "robust").NSGA2(
        pop_size=population, sampling=_start(options, most_levers, population, seed), eliminate_duplicates=True,
        crossover=library("pymoo.operators.crossover.ux", "robust").UniformCrossover(), mutation=_mutation(options),
        repair=_repair(most_levers))
    algorithm.setup(problem, termination=("n_gen", generations), seed=seed, verbose=False)
    generation = 0
    while algorithm.has_next():
        asked = algorithm.ask()
        plans = [tuple(int(k) for k in row) for row in asked.get("X")]
        new = [plan for plan in dict.fromkeys(plans) if plan not in archive]
        if new:
            archive |= dict(zip(new, tried(generation, new), strict=True))
        asked.set("F", np.array([archive[plan] for plan in plans]))
        algorithm.tell(infills=asked)
        generation += 1
    return archive


def front(archive: dict[Plan, Goals]) -> list[Plan]:
    """Plans that no other betters in one way without being worse in another, in the order of effort."""
    plans = list(archive)
    values = np.array([archive[plan] for plan in plans])
    sorting = library("pymoo.util.nds.non_dominated_sorting", "robust").NonDominatedSorting()
    best = sorting.do(values, only_non_dominated_front=True)
    return sorted((plans[int(k)] for k in best), key=lambda plan: (archive[plan][2], archive[plan][0], plan))


def limited(plans: NDArray[np.int64], most_levers: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """The same with levers put back by chance where more are moved than may be."""
    found = plans.copy()
    for row in found:
        there = np.flatnonzero(row)
        if len(there) > most_levers:
            row[generator.choice(there, len(there) - most_levers, replace=False)] = 0
    return found


def _start(options: Sequence[int], most_levers: int, population: int, seed: int) -> NDArray[np.int64]:
    """Today, each lever alone at its last option as far as there is room, and plans by chance."""
    generator = np.random.default_rng(seed)
    rows = [np.zeros(len(options), np.int64)]
    for k in range(min(len(options), population // 2)):
        rows.append(np.where(np.arange(len(options)) == k, options[k] - 1, 0))
    while len(rows) < population:
        rows.append(generator.integers(0, np.array(options)))
    return limited(np.array(rows), most_levers, generator)


def _mutation(options: Sequence[int]) -> Any:
    base = library("pymoo.core.mutation", "robust").Mutation

    class AnotherOption(base):  # type: ignore[misc, valid-type]
        """One lever in so many, on average, takes another of its options."""

        def _do(self, problem: Any, X: Any, **given: Any) -> Any:
            chance = given["random_state"]
            other = np.floor(chance.random(X.shape) * np.array(options)).astype(int)
            return np.where(chance.random(X.shape) < 1.0 / len(options), other, X)

    return AnotherOption()


def _repair(most_levers: int) -> Any:
    base = library("pymoo.core.repair", "robust").Repair

    class AtMost(base):  # type: ignore[misc, valid-type]
        """No plan moves more levers than may be."""

        def _do(self, problem: Any, X: Any, **given: Any) -> Any:
            return limited(np.asarray(X, np.int64), most_levers, given["random_state"])

    return AtMost()
