"""No sentence of the page contradicts the event log or the measures, over every preset, several worlds and several moments."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from incentive_abm.engine.run import Recorded
from incentive_abm.kinds import Blocker, Regime
from incentive_abm.log.declared import Log, Outcome, What
from incentive_abm.log.reasons import RECENT
from incentive_abm.measures import Measure
from incentive_abm.place import shipped_place
from incentive_abm.results.arrow_tables import events_table
from incentive_abm.results.log_gathering import gather
from incentive_abm.scenario import load_scenario, shipped_scenarios
from incentive_abm.state.pictures import TIE_PICTURE

from .native.quantities import quarter_said, share
from .native.reasons import why
from .native.runs import record
from .told import told_by_the_page

PLACE = shipped_place()
MOMENTS = (1, 9, 25, 41, 60)
LABELS = dict(zip(PLACE.partners.ids, PLACE.labels, strict=True))


@lru_cache(maxsize=2)
def told(preset: str, seed: int) -> tuple[Recorded, Log, Any]:
    """A run with its log, and the log as it is exported."""
    recorded = record(PLACE, load_scenario(preset), seed)
    log = gather(PLACE, recorded)
    return recorded, log, events_table(PLACE, log)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("preset", shipped_scenarios())
def test_every_reason_holds_at_the_moment_shown(preset: str, seed: int) -> None:
    recorded, log, table = told(preset, seed)
    assert recorded.measures is not None
    assert recorded.ties is not None
    for quarter in MOMENTS:
        found = why(PLACE, recorded, quarter)
        measured, held = recorded.measures[0, quarter - 1], recorded.ties[0, quarter - 1, :, TIE_PICTURE.index("blocker")]
        assert found["moving"] == measured[Measure.BLOCKER_NOTHING]
        assert f"ties with {share(found['moving'])} of shared spending" in found["summary"]
        assert f"In {quarter_said(quarter).lower()}, " in found["summary"]
        assert found["summary"].endswith(":") == bool(found["reasons"])
        shares = [reason["share"] for reason in found["reasons"]]
        assert shares == sorted(shares, reverse=True)
        for reason in found["reasons"]:
            blocker = next(b for b in Blocker if b.code == reason["blocker"])
            assert reason["share"] == measured[Measure.BLOCKER_NOTHING + blocker]
            assert reason["ties"] == int((held == blocker).sum())
            assert reason["text"].startswith(f"{share(reason['share'])} ")
            assert reason["sentences"]
            for sentence in reason["sentences"]:
                for row in sentence["rows"]:
                    as_exported(row["row"], row["facts"], sentence, table)
                    holds(int(row["row"]), sentence["text"], log, quarter, blocker, held)


def as_exported(row: int, facts: dict[str, Any], sentence: dict[str, Any], table: Any) -> None:
    """The facts stand in that row of the log that is taken away, and the sentence names who and when."""
    kept = {name: value for name, value in table.slice(row, 1).to_pylist()[0].items() if value is not None}
    for name, value in facts.items():
        assert kept[name] == (pytest.approx(value, abs=1e-5) if isinstance(value, float) else value), name
    assert sentence["when"] == quarter_said(facts["quarter"])
    for who in ("partner", "other"):
        assert LABELS[facts[who]] in sentence["text"]


def holds(row: int, text: str, log: Log, quarter: int, blocker: Blocker, held: Any) -> None:
    """What the log says of the tie at that moment bears the sentence out."""
    what, tie, when = What(int(log.what[row])), int(log.tie[row]), int(log.quarter[row])
    assert held[tie] == blocker
    of_tie = log.only((log.tie == tie) & (log.quarter <= quarter))
    talks = of_tie.only((of_tie.what == What.TALK) & (of_tie.quarter == quarter))
    assert len(talks) == 1
    if what is What.TALK:
        assert when == quarter
        agreed = log.outcome[row] == Outcome.AGREED
        if log.reason[row] == blocker:
            assert not agreed
        else:
            assert "go no further this quarter" in text
            assert f"share {share(float(log.sharing[row]))} and" in text
            assert text.endswith(f"more: {blocker.label}.")
    elif what is What.OFFER:
        assert when == quarter
        assert log.outcome[row] == Outcome.REFUSED
        assert int(talks.outcome[0]) != Outcome.AGREED
        assert log.reason[row] == blocker or blocker is Blocker.TIME
        for percentage in re.findall(r"(\d+)% of money", text):
            assert float(percentage) == pytest.approx(100 * float(log.money[row]), abs=0.51)
    elif what is What.WALK_OUT:
        assert quarter - RECENT < when <= quarter
        assert not ((of_tie.what == What.DEAL_BEGUN) & (of_tie.quarter >= when)).any()
        assert log.reason[row] == blocker or blocker is Blocker.TIME
    else:
        assert what is What.BROKEN_PROMISE
        assert blocker is Blocker.TRUST
        assert quarter - RECENT < when <= quarter


@lru_cache(maxsize=1)
def headers() -> dict[tuple[str, int], dict[str, Any]]:
    """What the page says of every preset in three worlds."""
    asked = [(scenario, seed) for scenario in shipped_scenarios().values() for seed in (1, 2, 3)]
    return {(scenario.name, seed): said for (scenario, seed), said in
            zip(asked, told_by_the_page(PLACE, asked), strict=True)}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("preset", shipped_scenarios())
def test_a_verdict_is_true_of_the_measures(preset: str, seed: int) -> None:
    recorded = record(PLACE, load_scenario(preset), seed)
    assert recorded.measures is not None
    series, endings = recorded.measures[0], recorded.endings
    said, regime = headers()[preset, seed]["verdict"], Regime(int(endings.regime[0]))
    assert said.endswith(".")
    assert share(float(series[-1, Measure.INTEGRATION])) in said
    if regime is Regime.INTEGRATED:
        assert f"from year {int(endings.time_to_integration[0] - 1) // 4 + 1}," in said
    if regime is Regime.COLLAPSED:
        assert f"in year {int(endings.time_to_collapse[0] - 1) // 4 + 1}." in said
    if regime is Regime.NEVER_STARTED:
        assert f"never more than {share(float(series[:, Measure.FORM].max()))} " in said
    elif regime is not Regime.INTEGRATED and regime is not Regime.COLLAPSED:
        assert share(float(series[-1, Measure.FORM])) in said
    if "hardly more of it joined up than at the beginning" in said:
        limit = 0.01 + float(series[:12, Measure.INTEGRATION].max())
        assert np.median(series[12:20, Measure.INTEGRATION]) <= limit


def test_no_title_tells_the_end() -> None:
    """A title names the conditions or asks; words of an outcome stand only in a question."""
    for scenario in shipped_scenarios().values():
        for outcome in ("succeed", "fail", "collapse", "integrated", "never", "still do", "falls apart", "works"):
            assert outcome not in scenario.title.lower() or scenario.title.endswith("?"), scenario.title
        assert scenario.question.endswith("?")


@pytest.mark.parametrize("preset", ["one-neighbourhood", "unitingcare-like"])
def test_the_timeline_tells_each_contract_of_several_as_the_log_has_it(preset: str) -> None:
    _, log, _ = told(preset, 1)
    shown = headers()[preset, 1]["moments"]
    for mark, what in (("compact_begun", What.COMPACT_BEGUN), ("compact_over", What.COMPACT_ENDED)):
        rows = log.only(log.what == what)
        marked = [moment for moment in shown if moment["what"] == mark]
        assert marked or not rows.quarter.size
        assert sum(moment["count"] for moment in marked) == rows.quarter.size
        for moment in marked:
            here = rows.only(rows.quarter == moment["quarter"] + 1)
            assert any(PLACE.labels[int(i)] in moment["said"] for i in here.partner)
    assert any(moment["what"] == "compact_begun" for moment in shown)
