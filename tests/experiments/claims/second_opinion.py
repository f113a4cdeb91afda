"""The protocol's rule, read off its page once more and written without the code that it tests."""

from __future__ import annotations

from typing import Any

import pandas as pd


def second_opinion(each: pd.Series[Any]) -> str:
    """The verdict that docs/claims-protocol.md gives to a row of corrected numbers."""
    turn = -1.0 if each["sign"] == "-" else 1.0
    m, s = turn * each["effect"], each["smallest"]
    expects_nothing = each["sign"] == "0"
    if each["p_within_holm"] <= 0.05:
        word = "supported" if expects_nothing else "no effect"
    elif each["p_effect_holm"] <= 0.05 and m >= s:
        word = "contradicted" if expects_nothing else "supported"
    elif each["p_effect_holm"] <= 0.05 and m <= -s:
        word = "contradicted"
    else:
        word = "inconclusive"
    only_there = each["there"] >= s and each["p_only_there_holm"] <= 0.05
    if only_there and (word in ("no effect", "inconclusive") or (expects_nothing and word == "supported")):
        return "conditional"
    if each["there"] >= s and each["elsewhere"] <= -s and each["p_turns_holm"] <= 0.05:
        return "conditional"
    return word
