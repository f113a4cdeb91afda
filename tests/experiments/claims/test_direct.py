"""Through which rules effects go: a rule made to see another value, arms against the ledger's, sentences against the table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.claims.beyond import Asked as AskedPart
from experiments.claims.beyond import verdicts_in, with_others
from experiments.claims.claim_study import Backgrounds
from experiments.claims.conditions import WHOLE, Judged
from experiments.claims.direct import NOT_SURE, REST, Asked, Parts, direct_rows, share
from experiments.claims.direct_page import ROUNDING, in_findings, in_short, left_out, lines, taken_apart, told
from experiments.claims.ledger import claims_of, load_ledger
from experiments.claims.one_rule import Move, handed, moves, replaceable, seeing, text_of
from experiments.claims.room_extras import extras
from experiments.claims.tables import table_of
from experiments.claims.verdict import SURE
from experiments.claims.verdict_page import by_construction, rows_of
from experiments.claims.written import read_verdicts
from incentive_abm.compiling.rule_set import Rule, loaded
from incentive_abm.parameters import default
from incentive_abm.rivals.catalogue import shipped_rules
from incentive_abm.rules.practice import in_force

DOCS = Path(__file__).parents[3] / "docs"
CLAIMS = {claim.id: claim for claim in claims_of(load_ledger())}
LEDGER = rows_of(read_verdicts(DOCS / "claims-verdicts.csv"))
SHARES = st.floats(0.0, 1.0).map(lambda value: round(value, 6))
KEPT = "delivery.keep_chance"


def table() -> pd.DataFrame:
    return pd.read_csv(table_of("direct", DOCS), dtype={"claim": str, "source": str, "sweep": str})


def seen(rule: str, *own: Move) -> Rule:
    return loaded(text_of(rule, own), "seen.py")[rule.rpartition(".")[2]]


def asked(claim: str) -> Asked:
    found = Asked.of(CLAIMS[claim])
    assert isinstance(found, Asked)
    return found


@given(st.lists(SHARES, min_size=10, max_size=10))
def test_a_rule_sees_the_high_value_where_it_is_handed_the_low_one_and_nothing_else_is_changed(point: list[float]) -> None:
    """Of the chance that a promise is kept: the eighth argument is relational_space."""
    shipped, other = shipped_rules()[KEPT], seen(KEPT, Move("relational_space", 0.2, 0.8))
    assert other(*point[:7], 0.2, *point[8:]) == shipped(*point[:7], 0.8, *point[8:])
    if point[7] != 0.2:
        assert other(*point) == shipped(*point)


@given(st.lists(SHARES, min_size=10, max_size=10), SHARES, SHARES)
def test_of_a_setting_that_is_practised_in_part_a_rule_sees_as_large_a_part_of_the_other_value(
        point: list[float], mine: float, theirs: float) -> None:
    shipped, other = shipped_rules()[KEPT], seen(KEPT, Move("joint_resolution", 0.2, 0.8))
    today = default("joint_resolution")
    low, high = (0.5 * (in_force(today, policy, mine) + in_force(today, policy, theirs)) for policy in (0.2, 0.8))
    assert other(*point[:4], low, *point[5:]) == pytest.approx(shipped(*point[:4], high, *point[5:]), abs=1e-12)
    assert other(*point[:4], 0.2, *point[5:]) == shipped(*point[:4], 0.8, *point[5:])


def test_a_rule_that_is_handed_several_settings_of_a_claim_sees_all_of_them() -> None:
    own = handed(moves(asked("002-5").trial))["relations.contact"]
    assert {move.setting for move in own} == {"relational_space", "committees"}
    assert seen("relations.contact", *own)(0.2, 0.5, 0.8, 0.4) == shipped_rules()["relations.contact"](0.8, 0.5, 0.2, 0.4)


@pytest.mark.parametrize(("claim", "alone", "others"), [
    ("000-5", {"appraisal.joint_worth", "blockers.unknown_worth"}, ""),
    ("000-1", {"appraisal.joint_cost"}, ""),
    ("002-8", {"appraisal.innovation_of", "delivery.practice_tried"}, "adoption as a kernel reads it"),
    ("002-10", {"appraisal.target_loss", "commitment.speed_up"}, ""),
    ("003-2", {"relations.in_this_place"}, "evidence_after_leader"),
    ("002-7", {"appraisal.joint_cost", "relations.in_this_place"}, "bias_factor"),
])
def test_the_rest_is_what_cannot_be_shown_the_high_value_by_itself(claim: str, alone: set[str], others: str) -> None:
    assert (set(asked(claim).alone), asked(claim).others) == (alone, others)


def test_where_the_low_value_is_todays_nothing_tells_how_far_it_is_practised() -> None:
    """Sharing of power begins as today; so it cannot be seen as high by one rule, but it can be seen as low."""
    assert default("power_sharing") == 0.2
    up = handed([Move("power_sharing", 0.2, 0.8)])
    assert replaceable(up) == {}
    down = handed([Move("power_sharing", 0.8, 0.2)])
    assert replaceable(down) == down
    assert asked("002-5").others == "power_shared"


@pytest.mark.parametrize(("claim", "why"), [
    ("000-9", "a curve"), ("003-15", "a spread over runs"), ("004-3", "cannot be tested"),
    ("001-3", "no rule is handed what it moves"), ("003-6", "no rule can be made to see what it moves"),
])
def test_what_is_left_out_is_left_out_for_a_reason(claim: str, why: str) -> None:
    assert Asked.of(CLAIMS[claim]) == why


def test_a_share_and_its_interval() -> None:
    """Half of every place's effect is half for certain; where places differ, the interval holds the truth."""
    whole = np.linspace(0.01, 0.2, 16)
    half = share(0.5 * whole, whole)
    assert (half.mean, half.low, half.high) == pytest.approx((0.5, 0.5, 0.5))
    rare = share(np.zeros(16), np.array([0.1, *[0.0] * 15]))
    assert (rare.mean, rare.low, rare.high) == (0.0, 0.0, 0.0)
    generator = np.random.default_rng(3)
    held = 0
    for _ in range(200):
        effects = generator.normal(0.05, 0.02, 16)
        found = share(0.3 * effects + generator.normal(0.0, 0.005, 16), effects)
        held += found.low <= 0.3 <= found.high
    assert held / 200 > 0.85


def test_both_halves_of_the_arms_are_the_ledgers_own_runs(tmp_path: Path) -> None:
    few = Backgrounds(32)
    for claim in ("000-5", "003-10"):
        parts = Parts([asked(claim)], few, tmp_path, lambda heard: None)
        own = Judged([CLAIMS[claim]], few, tmp_path, lambda heard: None).contrasts(CLAIMS[claim], WHOLE)
        whole = parts.whole(asked(claim))
        assert whole["contrast"].tolist() == pytest.approx(own["contrast"].tolist(), abs=1e-12)
        assert whole["place"].tolist() == own["place"].tolist()


@pytest.mark.slow
def test_a_rule_that_sees_the_low_value_changes_nothing_and_all_rules_together_change_everything(tmp_path: Path) -> None:
    """Of a claim of two rules, bit for bit."""
    one, few = asked("002-9"), Backgrounds(32)
    judged = Judged([one.half(high=False)], few, tmp_path, lambda heard: None)
    same = seeing({rule: tuple(Move(move.setting, move.low, move.low) for move in own) for rule, own in one.alone.items()},
                  tmp_path)
    whole, again = (judged.contrasts(one.half(high=False), condition) for condition in (WHOLE, same))
    assert again["contrast"].tolist() == whole["contrast"].tolist()
    high = Judged([one.half(high=True)], few, tmp_path, lambda heard: None).contrasts(one.half(high=True), WHOLE)
    every = judged.contrasts(one.half(high=False), seeing(one.alone, tmp_path))
    assert (-every["contrast"]).tolist() == high["contrast"].tolist()


@pytest.mark.slow
def test_everything_goes_through_the_one_rule_of_a_claim_and_nothing_is_played_twice(tmp_path: Path) -> None:
    def rows() -> pd.DataFrame:
        return pd.DataFrame(direct_rows([CLAIMS["003-16"], CLAIMS["000-9"]], Backgrounds(64), tmp_path, lambda heard: None))

    found = rows()
    kept = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.parquet")}
    assert found["through"].tolist()[:2] == ["speed_up", REST]
    assert found["share"].tolist()[:2] == [1.0, 0.0]
    assert found["largest"].tolist()[1] == 0.0
    assert left_out(found) == {"a curve": ["000-9"]}
    assert taken_apart(found)["003-16"].one_rule
    pd.testing.assert_frame_equal(rows(), found)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.parquet")} == kept


def test_what_the_table_holds_of_other_claims_stays(tmp_path: Path) -> None:
    before, path = table(), table_of("direct", tmp_path)
    before.to_csv(path, index=False)
    own = before[before["claim"] == "000-5"].assign(effect=9.0)
    found = with_others(own, path, tuple(CLAIMS.values()), AskedPart(only=("000-5",)))
    assert found["claim"].tolist() == before["claim"].tolist()
    assert found.loc[found["claim"] == "000-5", "effect"].eq(9.0).all()
    pd.testing.assert_frame_equal(found[found["claim"] != "000-5"], before[before["claim"] != "000-5"])


def test_every_claim_of_the_ledger_is_taken_apart_or_it_is_said_why_not() -> None:
    rows = table()
    out = {claim: why for why, claims in left_out(rows).items() for claim in claims}
    assert set(taken_apart(rows)) | set(out) == set(CLAIMS)
    assert not set(taken_apart(rows)) & set(out)
    for claim, row in rows.drop_duplicates("claim").set_index("claim").iterrows():
        if not np.isnan(row["effect"]):
            assert row["effect"] == pytest.approx(LEDGER[str(claim)]["effect"], abs=1e-12)
            assert (row["p"] <= SURE) == (out.get(str(claim)) != NOT_SURE)
        found = Asked.of(CLAIMS[str(claim)])
        if isinstance(found, str):
            assert out[str(claim)] == found


def test_the_rest_is_nothing_wherever_nothing_else_is_known_to_take_part() -> None:
    """So claims near to true by construction are so by their runs too, and not only by what stands in the code."""
    rows = table()
    rest = rows[rows["through"] == REST]
    assert rest.loc[rest["what"].isna(), "largest"].max() <= ROUNDING
    parts = taken_apart(rows)
    assert all(parts[claim.id].one_rule for claim in CLAIMS.values() if by_construction(claim) and claim.id in parts)


def test_shares_of_the_table_are_its_parts_over_its_wholes() -> None:
    rows = table().dropna(subset=["share"])
    assert rows["share"].to_numpy() == pytest.approx((rows["left"] / rows["effect"]).to_numpy())
    assert (rows["low"] <= rows["share"] + 1e-9).all()
    assert (rows["share"] <= rows["high"] + 1e-9).all()
    assert not rows.duplicated(["claim", "through"]).any()


def made_up(*parts: tuple[str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame([{"claim": "000-5", "effect": -0.05, "through": through, "share": mean, "low": low, "high": high,
                          "what": "power_shared" if through == REST else np.nan, "largest": abs(mean), "backgrounds": 640,
                          "why_not": np.nan} for through, mean, low, high in parts])


def test_a_rule_that_makes_the_effect_by_itself_is_told_as_such_and_others_are_not() -> None:
    near = made_up(("a", 0.97, 0.92, 1.03), ("b", 0.1, -0.02, 0.2))
    apart = made_up(("a", 0.97, 0.88, 1.1), ("b", -0.004, -0.2, 0.1))
    assert in_findings(near).startswith("Of the 1 whose settings go to two rules or more, 1 is as good as one rule's")
    assert in_findings(near).endswith("more than nine tenths: 000-5 (`a`).")
    assert "0 are as good" in in_findings(apart)
    assert in_short(taken_apart(apart)["000-5"]) == "a 97%, b 0%"
    assert in_short(taken_apart(made_up(("a", 1.0, 1.0, 1.0), (REST, 0.0, 0.0, 0.0)))["000-5"]) == "a alone"
    some = taken_apart(made_up(("a", 0.3, 0.2, 0.4), (REST, 0.6, 0.5, 0.8)))["000-5"]
    assert in_short(some) == "the rest (power_shared) 60%, a 30%"
    assert some.together == pytest.approx(0.9)
    many = made_up(*((name, share, 0.0, 1.0) for name, share in zip("abcde", (0.1, 0.4, 0.2, 0.05, 0.3), strict=True)))
    assert in_short(taken_apart(many)["000-5"]) == "b 40%, e 30%, c 20%; and 2 more"


def test_sentences_and_table_stand_on_the_pages(tmp_path: Path) -> None:
    rows, page = table(), (DOCS / "claims-beyond.md").read_text(encoding="utf-8")
    assert all(sentence in page for sentence in told(rows))
    assert {line[0] for line in lines(rows, verdicts_in(DOCS))} == set(taken_apart(rows))
    assert in_findings(rows) in (DOCS / "findings.md").read_text(encoding="utf-8")
    rows.to_csv(table_of("direct", tmp_path), index=False)
    beside = extras(tmp_path, "")
    assert {claim: dict(beside[claim].facts)["Goes through"] for claim in beside} == {
        claim: in_short(parts) for claim, parts in taken_apart(rows).items()}

