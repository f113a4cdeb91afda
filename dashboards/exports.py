"""What people take away: numbers, the event log, a scenario file with notes, a link as a picture, one page that plays offline."""

from __future__ import annotations

import base64
import csv
import io
import json
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from dashboards.english import STATIC, text
from dashboards.page_data import page_data
from dashboards.pages import LONGEST_NOTE, page, scripts
from dashboards.run_requests import RunRequest
from dashboards.runs import record, result_hash
from dashboards.scenario_words import MARK, NOTES
from incentive_abm import EXPLORATION, __version__
from incentive_abm.compiling import source_hash
from incentive_abm.engine.run import Record
from incentive_abm.errors import UserError
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.results.stage_link import held_by_browsers
from incentive_abm.scenario import Scenario, scenario_from_text, shipped_scenarios

SIDES = ("A", "B")
NUMBERS = ("side", "quarter")
"""Columns of the numbers before the measures."""
BEFORE = ("side", "row")
"""Columns of the event log before those of its table."""
LONGEST_LINK = 2900
"""Bytes that fit a QR code a room can still scan."""
Sides: TypeAlias = Mapping[str, RunRequest]
"""What is shown, by side: A, and B where two are compared."""


def numbers(place: Place, sides: Sides) -> str:
    """CSV of every measure by side and quarter, exact, under lines of provenance that begin with #."""
    out = io.StringIO()
    recorded = {name: record(place, wanted.scenario, wanted.seed, kept=Record.PICTURES) for name, wanted in sides.items()}
    out.write(_provenance(place, sides) + "".join(text("taken_away.result", side=name, hash=result_hash(each))
                                                  for name, each in recorded.items()))
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([*NUMBERS, *(m.code for m in Measure)])
    for name, each in recorded.items():
        if each.measures is None:
            raise ValueError("numbers need measures")
        for quarter, values in enumerate(each.measures[0].tolist(), 1):
            rows.writerow([name, quarter, *(repr(value) for value in values)])
    return out.getvalue()


def event_log(place: Place, sides: Sides) -> bytes:
    """CSV of everything that happened, by side: what the page's sentences can be checked against, by its column `row`."""
    import pyarrow as pa
    import pyarrow.csv

    from incentive_abm.results.arrow_tables import events_table
    from incentive_abm.results.log_gathering import gather

    out = io.BytesIO()
    out.write(_provenance(place, sides).encode())
    for k, (name, wanted) in enumerate(sides.items()):
        table = events_table(place, gather(place, record(place, wanted.scenario, wanted.seed)))
        before = dict(zip(BEFORE, (pa.array([name] * table.num_rows), pa.array(range(table.num_rows))), strict=True))
        table = pa.table({**before, **dict(zip(table.column_names, table.columns, strict=True))})
        pyarrow.csv.write_csv(table, out, pyarrow.csv.WriteOptions(include_header=k == 0))
    return out.getvalue()


def _provenance(place: Place, sides: Sides) -> str:
    scenarios = [text("taken_away.scenario", side=name, title=wanted.scenario.title, hash=wanted.scenario.hash, seed=wanted.seed)
                 for name, wanted in sides.items()]
    return "".join((text("taken_away.caution", caution=EXPLORATION), text("taken_away.place", title=place.title, hash=place.hash),
                    *scenarios, text("taken_away.version", version=__version__, source=source_hash())))


def scenario_file(scenario: Scenario, seed: int, notes: Mapping[str, Any]) -> str:
    """A scenario file that `incentive-abm run --scenario` reads; the workshop's notes stand in comments at its head."""
    kept = {"seed": held_by_browsers(seed), "preset": scenario.name, "notes": read_notes(notes)}
    return f"# {EXPLORATION}\n{MARK}{json.dumps(kept, ensure_ascii=False)}\n{scenario.to_toml()}"


def read_notes(notes: Mapping[str, Any]) -> dict[str, str]:
    """The notes that are known, as texts of bounded length; raises UserError for anything else."""
    for name, note in notes.items():
        if name not in NOTES or not isinstance(note, str) or len(note) > LONGEST_NOTE:
            raise UserError(f"notes: {name!r} is not one of {', '.join(NOTES)}, each a text of at most {LONGEST_NOTE} characters")
    return {name: notes[name] for name in NOTES if notes.get(name)}


@dataclass(frozen=True)
class Opened:
    """What a scenario file holds: the scenario, the preset it came from, the world, the notes."""

    scenario: Scenario
    preset: str = "own"
    seed: int = 1
    notes: Mapping[str, str] = field(default_factory=dict)


def opened_file(content: str, name: str, place: Place) -> Opened:
    """Raises UserError naming what is wrong, also for a partner not in the place."""
    _check_extends(content, name)
    scenario = scenario_from_text(content, name)
    scenario.partner_settings(place)
    scenario.bound_events(place)
    for line in content.splitlines():
        if line.startswith(MARK):
            try:
                kept = json.loads(line.removeprefix(MARK))
                return Opened(scenario, str(kept.get("preset", "own")), int(kept["seed"]), read_notes(kept["notes"]))
            except (ValueError, KeyError, TypeError, AttributeError):
                raise UserError(f"{name}: the line after {MARK.strip()} is damaged; delete it to open the rest") from None
    return Opened(scenario)


def _check_extends(content: str, name: str) -> None:
    """A file that comes from a visitor may build on a shipped scenario, never on a file of this machine."""
    try:
        base = tomllib.loads(content.removeprefix("\ufeff")).get("extends", "")
    except tomllib.TOMLDecodeError:
        return
    if base and base not in shipped_scenarios():
        raise UserError(f"{name}: extends is {base!r}; here a scenario can build on one of {', '.join(shipped_scenarios())}")


def qr_code(link: str) -> str:
    """SVG of a link that a telephone can read; raises UserError for one that is too long."""
    import segno

    if len(link.encode()) > LONGEST_LINK:
        raise UserError("this link is too long for a code that a telephone could read; copy the link or save the file instead")
    out = io.BytesIO()
    segno.make_qr(link, error="l").save(out, kind="svg", scale=4, border=4, xmldecl=False, svgns=True, light="#ffffff", nl=False)
    return out.getvalue().decode()


SHOWN = ("version", "source", "caution", "quarters", "place", "kinds", "values", "resources", "blockers", "regimes", "talks",
         "backgrounds", "measures", "thresholds")


@dataclass(frozen=True)
class OfflineSide:
    """One side of a page that plays offline: its message, why it goes no further, and in what it differs from its preset."""

    wanted: RunRequest
    message: bytes
    reasons: Mapping[str, Any]
    changed: tuple[str, ...]


def offline_page(place: Place, sides: Mapping[str, OfflineSide], notes: Mapping[str, Any]) -> str:
    """One HTML file that plays the runs from a memory stick: nothing is loaded, nothing is asked for."""
    everything = page_data(place)
    start = {name: everything[name] for name in SHOWN}
    told = [{"side": name if len(sides) > 1 else "", "title": side.wanted.scenario.title,
             "question": side.wanted.scenario.question, "about": side.wanted.scenario.about,
             "reasons": side.reasons, "changed": side.changed,
             "run": base64.b64encode(zlib.compress(side.message, 9)).decode()} for name, side in sides.items()]
    kept = {"start": start, "sides": told, "notes": read_notes(notes)}
    imports = {f"stage/{name}": "data:text/javascript;base64," + base64.b64encode(script.encode()).decode()
               for name, script in scripts("pages/offline.js").items()}
    titles = " / ".join(side.wanted.scenario.title for side in sides.values())
    return page(
        "offline.html", title=text("offline_page.title", title=titles, place=place.title),
        css="".join((STATIC / "pages" / name).read_text(encoding="utf-8") for name in ("stage.css", "picture.css")),
        imports=json.dumps({"imports": imports}), data=json.dumps(kept, ensure_ascii=False).replace("<", "\\u003c"))
