"""claims.html shows every verdict of its table, and bars that stand where the numbers are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from experiments.claims.ledger import load_ledger
from experiments.claims.room_page import MOST, WIDTH, bar_of, in_words, render
from experiments.claims.written import read_verdicts

SOURCES = load_ledger()
TABLE = read_verdicts(Path(__file__).parents[3] / "docs" / "claims-verdicts.csv")


def row(effect: float, low: float, high: float, sign: str = "+") -> dict[str, object]:
    return {"effect": effect, "low": low, "high": high, "sign": sign, "smallest": 0.01}


def test_what_the_text_expects_lies_to_the_right() -> None:
    up, down = bar_of(row(0.02, 0.01, 0.03)), bar_of(row(-0.02, -0.03, -0.01, "-"))
    assert up == down
    assert up is not None
    assert up.dot is not None
    assert WIDTH / 2 < up.low < up.dot < up.high < WIDTH
    assert up.dot == pytest.approx(WIDTH * (2 + MOST) / (2 * MOST), abs=0.1)


def test_what_lies_beyond_the_picture_is_an_arrow() -> None:
    bar = bar_of(row(1.0, 0.05, 2.0))
    assert bar is not None
    assert (bar.dot, bar.left, bar.right, bar.high) == (None, False, True, WIDTH)
    assert bar_of(row(float("nan"), float("nan"), float("nan"))) is None


def test_every_claim_its_verdict_and_its_reason_are_on_the_page() -> None:
    page = render(TABLE, SOURCES)
    shown = dict(re.findall(r'<article id="c([\d-]+)">.*?<span class="chip [\w-]+">([\w ]+)</span>', page, re.DOTALL))
    assert shown == dict(zip(TABLE["claim"], TABLE["verdict"], strict=True))
    plain = page.replace("&#39;", "'").replace("&#34;", '"')
    assert all(in_words(why, where) in plain for why, where in zip(TABLE["why"], TABLE["where"], strict=True))
    assert page.count("<svg") == 1 + TABLE["effect"].notna().sum()


def test_conditions_are_told_in_words() -> None:
    told = in_words("On average 1; where exit_patience up to 3.5 and of_place_partners above 12, 2.",
                    "exit_patience up to 3.5 and of_place_partners above 12")
    assert told == "On average 1; where “Patience before walking away” up to 3.5 and the number of partners above 12, 2."


def test_nothing_is_loaded_from_elsewhere() -> None:
    page = render(TABLE, SOURCES)
    assert not re.search(r"(?:src|href)=|url\(|<script", page)
    assert "An exploration, not a forecast." in page
