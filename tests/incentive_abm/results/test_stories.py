"""Every sentence agrees with the events that it rests on."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from incentive_abm.kinds import Blocker
from incentive_abm.results import Log, Run, What
from incentive_abm.results.stories import Sentence, run_story, sentence_of, tie_story
from incentive_abm.results.stories.telling import Row
from incentive_abm.results.stories.wording import count, joined, percent, possessive, pounds
from incentive_abm.times import in_years

REASONS = {blocker.code: blocker.label for blocker in Blocker}


@pytest.fixture(scope="module")
def log(run: Run) -> Log:
    return run.log(0)


def labels(run: Run, rows: pd.DataFrame) -> set[str]:
    known = dict(zip(run.place.partners.ids, run.place.labels, strict=True))
    return {known[one] for column in ("partner", "other") for one in rows[column].dropna().astype(str)}


def check(sentence: Sentence, run: Run) -> None:
    """Quarters, names, reasons and counts in a sentence are those of its rows."""
    rows = run.events.iloc[list(sentence.rows)]
    assert len(rows)
    assert sentence.quarter <= rows.quarter.min()
    assert rows.quarter.max() <= sentence.until
    reasons = {REASONS[reason] for reason in rows.reason.dropna().astype(str)}
    for label in REASONS.values():
        if label != "nothing" and re.search(rf": {re.escape(label)}[.);]", sentence.text):
            assert label in reasons, sentence


class TestOneEvent:
    @pytest.mark.parametrize("what", [w for w in What if w not in (What.REORGANISATION, What.COMPACT_BEGUN, What.COMPACT_ENDED)])
    def test_names_quarter_and_reason_are_those_of_its_row(self, run: Run, log: Log, what: What) -> None:
        where = np.flatnonzero(log.what == what)
        assert where.size, what
        for k in where[:: max(1, where.size // 40)]:
            sentence = sentence_of(log, int(k), run.place)
            rows = run.events.iloc[list(sentence.rows)]
            row = rows.iloc[0]
            assert row.event == what.code
            assert sentence.when == f"Quarter {row.quarter}"
            assert all(label in sentence.text for label in labels(run, rows)), sentence
            if isinstance(row.reason, str) and what is not What.TALK:
                assert REASONS[row.reason] in sentence.text
            assert sentence.text.endswith(".")
            check(sentence, run)

    def test_a_refusal_tells_what_it_would_be_worth_and_what_was_held_out_for(self, run: Run, log: Log) -> None:
        for k in np.flatnonzero((log.what == What.OFFER) & (log.reason >= 0))[::25]:
            text = sentence_of(log, int(k), run.place).text
            spend = float(run.place.ties.spend[log.tie[k]])
            row = run.events.iloc[int(log.row[k])]
            offered, wanted = pounds(0.2 * spend * float(row.worth_to_other)), pounds(0.2 * spend * float(row.held_out_for))
            assert f"worth {offered} a year to" in text
            assert f"holds out for {'a little more' if offered == wanted else wanted};" in text
            assert f"in round {int(row['round'])}:" in text
            for share, word in ((row.money, "money"), (row.staff, "staff"), (row.information, "information")):
                assert (f"{percent(float(share))} of {word}" in text) == (share >= 0.005)

    def test_a_walk_out_tells_for_how_long_and_how_much(self, run: Run, log: Log) -> None:
        for k in np.flatnonzero(log.what == What.WALK_OUT):
            row = run.events.iloc[int(log.row[k])]
            text = sentence_of(log, int(k), run.place).text
            assert f"for {int(row.quarters)} quarters in a row" in text
            assert pounds(0.2 * float(run.place.ties.spend[log.tie[k]]) * float(row.surplus)) in text


class TestOneTie:
    @pytest.mark.parametrize("tie", range(0, 298, 23))
    def test_every_quarter_is_told_once_and_rows_are_of_that_tie(self, run: Run, log: Log, tie: int) -> None:
        story = tie_story(log, run.place, tie)
        ids = run.place.partners.ids
        ends = {ids[run.place.ties.a[tie]], ids[run.place.ties.b[tie]]}
        talks = [row for s in story[1:-1] for row in s.rows if run.events.event.iloc[row] == "talk"]
        assert sorted(run.events.quarter.iloc[talks]) == list(range(1, 25))
        for sentence in story:
            rows = run.events.iloc[list(sentence.rows)]
            assert (rows.run == 0).all()
            assert set(rows.partner.dropna().astype(str)) <= ends
            check(sentence, run)

    def test_refusals_and_promises_are_counted_right(self, run: Run, log: Log) -> None:
        seen = 0
        for tie in range(0, 298, 7):
            for sentence in tie_story(log, run.place, tie)[1:-1]:
                rows = run.events.iloc[list(sentence.rows)]
                refused = int(((rows.event == "offer") & (rows.outcome == "refused")).sum())
                told = sum(int(number.replace(",", "")) for number in re.findall(r"turns down ([\d,]+) offer", sentence.text))
                assert told == refused
                due = int(((rows.event == "talk") & (rows.sharing > 0.02)).sum())
                kept = [(int(k), int(n)) for k, n in re.findall(r"keeps its promise in (\d+) of (\d+) quarter", sentence.text)]
                if kept:
                    seen += 1
                    assert {n for _, n in kept} == {due}
                    assert sum(due - k for k, _ in kept) == int((rows.event == "broken_promise").sum())
        assert seen > 10

    def test_walk_outs_leaders_and_what_comes_from_above_are_all_told(self, run: Run, log: Log) -> None:
        events = run.events[run.events.run == 0]
        left = events[events.event == "walk_out"].iloc[0]
        tie = run.place.tie(str(left.partner), str(left.other))
        told = {row for s in tie_story(log, run.place, tie) for row in s.rows}
        own = events.event.isin(["new_leader", "bail_out", "shock"]) & events.partner.isin([left.partner, left.other])
        wanted = events[events.event.isin(["scenario", "reversal", "reorganisation"]) | own]
        assert set(wanted.index) | {left.name} <= told

    def test_trust_at_the_end_is_that_of_the_last_talk(self, run: Run, log: Log) -> None:
        last = tie_story(log, run.place, 5)[-1]
        row = run.events.iloc[last.rows[0]]
        assert {percent(float(row.trust)), percent(float(row.trust_of_other))} == set(re.findall(r"(\d+%)(?:,|\.)", last.text))


class TestOneRun:
    @pytest.mark.parametrize("number", [0, 1, 2])
    def test_is_short_in_order_and_true(self, run: Run, number: int) -> None:
        story = run_story(run.log(number), run.place, most=18)
        assert 8 < len(story) <= 18
        assert [s.quarter for s in story] == sorted(s.quarter for s in story)
        for sentence in story:
            check(sentence, run)
            assert (run.events.run.iloc[list(sentence.rows)] == number).all()

    def test_what_comes_from_above_is_told(self, run: Run, log: Log) -> None:
        texts = [str(s) for s in run_story(log, run.place)]
        assert "Quarter 12: A new government turns round." in texts

    def test_is_varied(self, run: Run, log: Log) -> None:
        rows = [row for s in run_story(log, run.place) for row in s.rows]
        assert {"walk_out", "deal_begun", "new_leader", "talk"} <= set(run.events.event.iloc[rows])

    def test_an_empty_log_has_no_story(self, run: Run, log: Log) -> None:
        nothing = log.only(log.run < 0)
        assert run_story(nothing, run.place) == []
        assert tie_story(nothing, run.place, 0) == []


@pytest.mark.parametrize(("said", "expected"), [
    (pounds(123.4), "£123m"), (pounds(1.234), "£1.2m"), (pounds(-0.34), "£340,000"), (pounds(0.0123), "£12,000"),
    (pounds(0.0001), "under £1,000"), (pounds(0.996), "£1.0m"), (pounds(0.994), "£990,000"),
    (percent(0.0), "0%"), (percent(0.004), "under 1%"), (percent(0.126), "13%"),
    (count(1, "quarter"), "1 quarter"), (count(1200, "quarter"), "1,200 quarters"), (joined([]), ""), (joined(["a"]), "a"),
    (joined(["a", "b", "c"]), "a, b and c"), (possessive("Newham"), "Newham's"), (possessive("Hospitals"), "Hospitals'"),
    (in_years(38.0), "9.5"), (in_years(40.0), "10"),
])
def test_numbers_read_as_people_say_them(said: str, expected: str) -> None:
    assert said == expected


@pytest.mark.parametrize(("money", "staff", "information", "expected"), [
    (0.0, 0.0, 0.004, "next to nothing"), (0.1, 0.0, 0.25, "10% of money and 25% of information"),
    (0.5, 0.0051, 1.0, "50% of money, 1% of staff and 100% of information"),
])
def test_what_is_shared_leaves_out_what_is_next_to_nothing(
        log: Log, run: Run, money: float, staff: float, information: float, expected: str) -> None:
    k = int(np.flatnonzero(log.what == What.DEAL_BEGUN)[0])
    scopes = {"money": money, "staff": staff, "information": information}
    one = replace(log.only(np.array([k])), **{name: np.array([share], np.float32) for name, share in scopes.items()})
    assert Row(one, 0, run.place).told("scopes") == expected
