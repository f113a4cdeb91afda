"""The part of an address behind which a page of the stage opens at these very runs: scenarios, luck, and where to look."""

from __future__ import annotations

import base64
import json
import os
import re
import shlex
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from incentive_abm import __version__
from incentive_abm.compiling import source_hash
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.errors import UserError
from incentive_abm.files import why
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario
from incentive_abm.scenario.as_data import written

MARK, SHOWN = "#s=", 60
"""What such a part begins with, and how many quarters the stage shows; tests in a browser hold the form to what it reads."""

GENERATOR = re.compile(r'<meta name="generator" content="incentive_abm [^",]*, source (\w+);(?: rules (\w{16}) [^"]*;)?'
                       r'[^"]* (\w{16})">')
LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that a browser holds exactly."""
FIRST = 4096
"""Characters of a page within which it says what it is."""


def checked_page(path: Path, places: Mapping[str, Place], sets: Sequence[RuleSet] = (SHIPPED,)) -> tuple[Place, RuleSet]:
    """Which of these places a page of the stage shows, and by which of these sets of rules, with the model as it is here; raises
    UserError for any other file.

    places: each by what `incentive-abm page` is told to write it.
    """
    again = f"write it with `incentive-abm page {next(iter(places))}{chosen_again(sets[0])} --out {path}`"
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            named = GENERATOR.search(file.read(FIRST))
    except OSError as error:
        raise UserError(f"--page {path}: cannot be read: {why(error)}; {again}") from None
    if named is None:
        raise UserError(f"--page {path}: is not a page of the stage; {again}")
    source, played, shown = named.groups()
    if source != source_hash():
        raise UserError(f"--page {path}: holds the model of other sources ({source}) than those here ({source_hash()}); {again}")
    rules = next((each for each in sets if (each.hash if each else None) == played), None)
    if rules is None:
        ours = " or ".join(each.told or "the shipped ones" for each in sets)
        plays = f"other rules ({played})" if played else "the shipped rules"
        raise UserError(f"--page {path}: plays {plays}, and the runs follow {ours}; {again}")
    found = next((place for place in places.values() if place.hash[:16] == shown), None)
    if found is None:
        ours = " or ".join(f"{name} ({place.hash[:16]})" for name, place in places.items())
        raise UserError(f"--page {path}: shows another place ({shown}) than {ours}; {again}")
    return found, rules


def chosen_again(rules: RuleSet) -> str:
    """The options of a command that choose a set of rules again, each with a space before it."""
    return "".join(f" --rule {shlex.quote(each)}" for each in rules.told.split("; ") if each)


def page_address(page: Path, folder: Path) -> str:
    """The address of a page as a report in a folder links to it."""
    return quote(Path(os.path.relpath(page, folder)).as_posix())


def stage_link(place: Place, scenarios: Sequence[Scenario], seed: int, quarter: int = SHOWN, rules: RuleSet = SHIPPED) -> str:
    """What stands behind the page's own address: one scenario, or two beside each other, seen up to a quarter (from 1)."""
    return link_of(place, [written(scenario) for scenario in scenarios], seed, quarter, rules)


def link_of(place: Place, sides: Sequence[Mapping[str, Any]], seed: int, quarter: int = SHOWN, rules: RuleSet = SHIPPED) -> str:
    """The same from scenarios as plain data."""
    at = min(max(quarter, 1), SHOWN) - 1
    kept: dict[str, Any] = {"v": __version__, "h": source_hash(), "p": place.hash[:16], "a": sides[0]}
    if rules:
        kept["u"] = rules.hash
    if len(sides) > 1:
        kept |= {"b": sides[1], "w": "B"}
    kept |= {"s": held_by_browsers(seed), "q": at, "f": at, "r": None}
    packed = zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return MARK + base64.urlsafe_b64encode(packed).decode()


def held_by_browsers(seed: int) -> int | str:
    """A seed as JSON that a browser reads exactly: digits as text where a number would be rounded."""
    return seed if seed <= LARGEST_NUMBER else str(seed)


def read_link(link: str) -> dict[str, Any]:
    """What a link holds."""
    return dict(json.loads(zlib.decompress(base64.urlsafe_b64decode(link.removeprefix(MARK)))))
