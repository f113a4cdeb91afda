"""The model as a function: tools that know nothing of it call it by parameter names and get numbers."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from experiments import as_function
from experiments.model_function import ModelFunction
from experiments.study.study import common_seed
from incentive_abm.engine.run import Record, run
from incentive_abm.errors import UserError
from incentive_abm.kinds import Regime
from incentive_abm.place import generate_place
from incentive_abm.scenario import load_scenario

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "sweeps.md"
PLACE = generate_place(5, 1, 1, 3, 2)
OUTCOMES = ("integration", "regime:stalled", "time_to_integration")


def model(seeds: int = 4) -> ModelFunction:
    return as_function(PLACE, outcomes=OUTCOMES, seeds=seeds, quarters=12)


def test_it_gives_the_mean_over_the_seeds_of_what_the_engine_gives() -> None:
    found = model()(bailout=0.2, protocol="nash")
    seeds = [common_seed(1, k) for k in range(4)]
    recorded = run(PLACE, load_scenario("today").with_overrides({"bailout": 0.2, "protocol": "nash"}), seeds, 12, Record.ENDINGS)
    assert found["integration"] == recorded.last[:, 1].mean()
    assert found["regime:stalled"] == (recorded.endings.regime == Regime.STALLED).mean()
    times = recorded.endings.time_to_integration
    assert found["time_to_integration"] == np.where(np.isnan(times), 12.0, times).mean()
    assert all(type(value) is float for value in found.values())


def test_many_points_at_once_are_the_same_as_one_by_one() -> None:
    points = np.array([[0.1, 3.0], [0.9, 7.0], [0.5, 0.0]])
    table = model().table(["bailout", "directives"], points)
    alone = [list(model()(bailout=row[0], directives=row[1]).values()) for row in points]
    assert table.tolist() == alone


@pytest.mark.parametrize(
    ("use", "message"),
    [
        (lambda: model()(bailot=0.5), r"did you mean bailout\?"),
        (lambda: model()(bailout=2.0), "expected a number from 0 to 1"),
        (lambda: model()(directives=2.5), "expected a whole number"),
        (lambda: model()(trust_income=100.0), "fills holes when a place is read"),
        (lambda: as_function(PLACE, outcomes=["integrated"]), "no outcome is called 'integrated'"),
        (lambda: as_function(PLACE, outcomes=[]), "at least one outcome"),
        (lambda: as_function(PLACE, seeds=0), "seeds is 0; expected a whole number from 1"),
        (lambda: as_function(PLACE, quarters=0), "quarters is 0"),
        (lambda: as_function(PLACE, "yesterday"), "no scenario is called 'yesterday'"),
    ],
)
def test_a_mistake_is_told_in_plain_words(use: Callable[[], object], message: str) -> None:
    with pytest.raises(UserError, match=message):
        use()


def example(name: str) -> str:
    """The example of that name in the document."""
    found = re.search(rf"<!-- {name} -->\n```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"{DOCUMENT.name} has no example {name}"
    return found[1]


def test_the_example_for_salib_works() -> None:
    pytest.importorskip("SALib", reason="needs the extra analysis")
    names: dict[str, object] = {}
    exec(example("SALib"), names)
    outcomes = names["outcomes"]
    assert isinstance(outcomes, np.ndarray)
    assert outcomes.shape == (16 * 4, 2)
    assert np.isfinite(names["indices"]["ST"]).all()  # type: ignore[index]


def test_the_example_for_the_ema_workbench_works() -> None:
    pytest.importorskip("ema_workbench", reason="the EMA Workbench is not installed")
    names: dict[str, object] = {}
    exec(example("EMA Workbench"), names)
    assert len(names["experiments"]) == 16  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("use", "message"),
    [
        (lambda: as_function(PLACE, seeds=[-5]), r"seeds\[0\] is -5; expected a whole number from 0 to"),
        (lambda: as_function(PLACE, seeds=[1, 1.5]), r"seeds\[1\] is 1.5; expected a whole number"),
        (lambda: as_function(PLACE, seeds=[1, 1]), "seeds holds 1 twice"),
        (lambda: as_function(PLACE, seeds=[]), "seeds is empty"),
        (lambda: as_function(PLACE, seeds="12"), "seeds is '12'; expected a list"),
        (lambda: as_function(PLACE, quarters=2.5), "quarters is 2.5; expected a whole number"),
        (lambda: as_function(PLACE, outcomes="integration"), r"expected a list, for example \['integration'\]"),
        (lambda: run(PLACE, load_scenario("today"), 5, 4), "seeds is 5; expected a list"),  # type: ignore[arg-type]
        (lambda: run(PLACE, load_scenario("today"), [], 4), "seeds is empty"),
        (lambda: run(PLACE, load_scenario("today"), [True], 4), r"seeds\[0\] is True"),
        (lambda: run(PLACE, load_scenario("today"), [float("nan")], 4), r"seeds\[0\] is nan"),  # type: ignore[list-item]
        (lambda: model().table(["bailout", "bailout"], [[0.1, 0.2]]), "names holds bailout twice"),
        (lambda: model().table("bailout", [[0.1]]), "names is 'bailout'; expected a list"),
        (lambda: model().table(["bailout"], [0.1, 0.2]), "points have the shape 2; expected rows of 1 values"),
        (lambda: model().table(["bailout"], [[0.1, 0.2]]), "points have the shape 1 × 2"),
        (lambda: model().table(["bailout"], []), "points have the shape 0"),
        (lambda: model().table(["directives"], [[1.3]]), r"directives is 1.3; expected a whole number: round .* numpy.rint"),
        (lambda: model().table(["protocol"], [[0.7]]), r"protocol is 0.7; expected one of .* words\[int\(number\)\]"),
    ],
)
def test_numbers_that_are_none_of_the_kind_asked_for_are_refused_before_any_run(
    use: Callable[[], object], message: str
) -> None:
    with pytest.raises(UserError, match=message):
        use()


def test_points_may_be_rows_of_numbers_and_words_and_seeds_of_numpys_types() -> None:
    whole = as_function(PLACE, outcomes=OUTCOMES, seeds=[np.int64(3), 4.0], quarters=12)
    assert whole.seeds == (3, 4)
    points = [[0.2, np.int64(3), "nash"], [np.float32(0.5), 4.0, "alternating"]]
    table = whole.table(["bailout", "directives", "protocol"], points)
    assert table[0].tolist() == list(whole(bailout=0.2, directives=3, protocol="nash").values())
