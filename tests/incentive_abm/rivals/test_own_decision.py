"""A partner's own decision as a rule in the engine is the same, to the last bit, as one overridden in a subclass on Mesa."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from two_executors import borsetshire

from incentive_abm import IntegrationModel, Kind, Measure, load_scenario, rule_set, run
from incentive_abm.agents import Trust

EXAMPLES = Path(__file__).parents[3] / "examples"


class WaryTrust(Trust):
    """A hospital trust that joins no talks while it overspends."""

    def at_the_table(self) -> bool:
        return self.balance >= 0.0 and super().at_the_table()


def test_wary_hospitals_are_the_same_by_a_rule_in_the_engine_and_by_a_subclass_on_mesa(tmp_path: Path) -> None:
    rules = rule_set("commitment.at_the_table=my_rules.py:wary_hospitals", folder=EXAMPLES)
    place, scenario = borsetshire(tmp_path), load_scenario("today")
    by_rule = run(place, scenario, [3], 10, rules=rules)
    model = IntegrationModel(place, scenario, seed=3, quarters=10, partner_classes={Kind.TRUST: WaryTrust})
    model.run_model()
    assert np.array_equal(by_rule.last[0], model.measures)
    assert by_rule.last[0, Measure.NOT_AT_THE_TABLE] > 0.0
    assert not np.array_equal(by_rule.last, run(place, scenario, [3], 10).last)
