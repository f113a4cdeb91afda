"""What people take away: numbers, the event log, a scenario file with notes, a link as a picture, one page that plays offline."""

from __future__ import annotations

import base64
import csv
import io
import json
import tomllib
import zlib
from collections.abc import Mapping
from typing import Any

from dashboards.english import STATIC, text
from dashboards.page_data import page_data
from dashboards.pages import page, scripts
from dashboards.runs import record, result_hash
from incentive_abm import EXPLORATION, __version__
from incentive_abm.compiling import source_hash
from incentive_abm.engine.run import Record
from incentive_abm.errors import UserError
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario, scenario_from_text, shipped_scenarios

NOTES = ("question", "hypothesis", "findings", "decision")
LONGEST_NOTE = 4000
LONGEST_LINK = 2900
"""Bytes that fit a QR code a room can still scan."""
MARK = "#: "


def numbers(place: Place, scenario: Scenario, seed: int) -> str:
    """CSV of every measure by quarter, exact, under lines of provenance that begin with #."""
    recorded = record(place, scenario, seed, kept=Record.PICTURES)
    if recorded.measures is None:
        raise ValueError("numbers need measures")
    out = io.StringIO()
    out.write(_provenance(place, scenario, seed) + f"# result {result_hash(recorded)}\n")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["quarter", *(m.code for m in Measure)])
    for quarter, values in enumerate(recorded.measures[0].tolist(), 1):
        rows.writerow([quarter, *(repr(value) for value in values)])
    return out.getvalue()


def event_log(place: Place, scenario: Scenario, seed: int) -> bytes:
    """CSV of everything that happened, row by row: what the sentences of "why" can be checked against. Row 0 is the first."""
    import pyarrow.csv

    from incentive_abm.results.arrow_tables import events_table
    from incentive_abm.results.log_gathering import gather

    table = events_table(place, gather(place, record(place, scenario, seed)))
    out = io.BytesIO()
    out.write(_provenance(place, scenario, seed).encode())
    pyarrow.csv.write_csv(table, out)
    return out.getvalue()


def _provenance(place: Place, scenario: Scenario, seed: int) -> str:
    return (f"# {EXPLORATION}\n# place {place.title} {place.hash}\n# scenario {scenario.title} {scenario.hash}\n"
            f"# seed {seed}\n# version {__version__} source {source_hash()}\n")


def scenario_file(scenario: Scenario, seed: int, notes: Mapping[str, Any]) -> str:
    """A scenario file that `incentive-abm run --scenario` reads; the workshop's notes stand in comments at its head."""
    kept = {"seed": seed, "preset": scenario.name, "notes": read_notes(notes)}
    return f"# {EXPLORATION}\n{MARK}{json.dumps(kept, ensure_ascii=False)}\n{scenario.to_toml()}"


def read_notes(notes: Mapping[str, Any]) -> dict[str, str]:
    """The notes that are known, as texts of bounded length; raises UserError for anything else."""
    for name, note in notes.items():
        if name not in NOTES or not isinstance(note, str) or len(note) > LONGEST_NOTE:
            raise UserError(f"notes: {name!r} is not one of {', '.join(NOTES)}, each a text of at most {LONGEST_NOTE} characters")
    return {name: notes[name] for name in NOTES if notes.get(name)}


def opened_file(content: str, name: str, place: Place) -> tuple[Scenario, int, dict[str, str]]:
    """The scenario, seed and notes of a file; raises UserError naming what is wrong, also for a partner not in the place."""
    _check_extends(content, name)
    scenario = scenario_from_text(content, name)
    scenario.partner_settings(place)
    scenario.bound_events(place)
    seed, notes = 1, {}
    for line in content.splitlines():
        if line.startswith(MARK):
            try:
                kept = json.loads(line.removeprefix(MARK))
                seed, notes = int(kept["seed"]), read_notes(kept["notes"])
            except (ValueError, KeyError, TypeError, AttributeError):
                raise UserError(f"{name}: the line after {MARK.strip()} is damaged; delete it to open the rest") from None
    return scenario, seed, notes


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


def offline_page(place: Place, scenario: Scenario, seed: int, message: bytes, reasons: Mapping[str, Any], changed: list[str],
                 notes: Mapping[str, Any]) -> str:
    """One HTML file that plays the run from a memory stick: nothing is loaded, nothing is asked for."""
    everything = page_data(place)
    start = {name: everything[name] for name in SHOWN}
    kept = {"start": start, "title": scenario.title, "question": scenario.question, "about": scenario.about, "seed": seed,
            "reasons": reasons, "changed": changed, "notes": read_notes(notes)}
    imports = {f"stage/{name}": "data:text/javascript;base64," + base64.b64encode(script.encode()).decode()
               for name, script in scripts("pages/offline.js").items()}
    return page(
        "offline.html", title=text("offline_page.title", title=scenario.title, place=place.title),
        css=(STATIC / "pages" / "stage.css").read_text(encoding="utf-8"), imports=json.dumps({"imports": imports}),
        data=json.dumps(kept, ensure_ascii=False).replace("<", "\\u003c"),
        run=base64.b64encode(zlib.compress(message, 9)).decode())
