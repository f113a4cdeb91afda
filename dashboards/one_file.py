"""The stage as one file: page, place, compiled model and workers in one HTML document that loads and asks for nothing."""

from __future__ import annotations

import base64
import json
import re
import zlib
from types import SimpleNamespace
from typing import Any

from dashboards.english import STATIC, text
from dashboards.exports import BEFORE, NUMBERS, SIDES
from dashboards.is_it_luck import SHARES, SHOWN
from dashboards.packed_run import JOINED, PARTNER_COLUMNS, TIE_COLUMNS, TRUST
from dashboards.page_data import page_data, place_shown
from dashboards.pages import page, scripts
from dashboards.pair_then_place import pair_then_place
from dashboards.scenario_words import scenario_words
from dashboards.what_would_help import OTHER_WORLDS, SPAN
from dashboards.why_it_stalls import DIGITS, UNSHOWN
from incentive_abm import __version__
from incentive_abm.browser.descriptors import descriptors, place_arrays
from incentive_abm.browser.module import compiled_module
from incentive_abm.compiling import source_hash
from incentive_abm.kinds import Blocker, Regime
from incentive_abm.log.declared import WORDS
from incentive_abm.measures import Measure
from incentive_abm.place import Place
from incentive_abm.results.arrow_tables import HELD_AS
from incentive_abm.results.run_columns import EVENTS, columns_of
from incentive_abm.results.stories.wording import WORTH_OF_SPEND
from incentive_abm.scenario import EventKind

POLICY = ("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'wasm-unsafe-eval' data: blob:; "
          "worker-src blob:; img-src data: blob:; base-uri 'none'; form-action 'none'")
"""Nothing may be loaded or sent: what runs is in the file."""
MOST_WORKERS = 4
IMPORTED = re.compile(r'^import \{([^}]*)\} from "stage/([^"]+)";$', re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:class|const|function) (\w+)", re.MULTILINE)


def stage_file(place: Place) -> str:
    """The page as text. Raises UserError where the compiled module is missing, damaged or of other sources."""
    module = compiled_module()
    compiled = {"code": base64.b64encode(module.code).decode(), "sha256": module.sha256}
    generator = text("file_page.generator", version=__version__, source=source_hash(), compiled=module.sources,
                     place=f"{place.title} {place.hash[:16]}")
    imports = {f"stage/{name}": "data:text/javascript;base64," + base64.b64encode(script.encode()).decode()
               for name, script in scripts("pages/file.js").items()}
    return page("stage.html", file=SimpleNamespace(
        policy=POLICY, generator=generator, css="".join((STATIC / "pages" / name).read_text(encoding="utf-8")
                                                        for name in ("stage.css", "picture.css")),
        imports=json.dumps({"imports": imports}), data=_inline(page_data(place)), held=_packed(held(place)),
        module=_inline(compiled), worker=worker_script()))


def _inline(data: Any) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _packed(data: Any) -> str:
    """JSON, deflated, in base64: the arrays of a large place are mostly alike."""
    return base64.b64encode(zlib.compress(json.dumps(data, separators=(",", ":")).encode(), 9)).decode()


def held(place: Place) -> dict[str, Any]:
    """What the compiled model needs besides the page's data: its layout, places by hash, the way in, how luck is told."""
    way_in = pair_then_place(place)
    return {
        "descriptors": descriptors(), "columns": columns(),
        "places": {each.hash: {"arrays": place_arrays(each), "ends": {"a": each.ties.a.tolist(), "b": each.ties.b.tolist()}}
                   for each in way_in.places},
        "wayIn": {"places": [place_shown(each) for each in way_in.places], "steps": [step.shown() for step in way_in.steps]},
        "happens": {kind.code: kind.label for kind in EventKind},
        "luck": {"shares": SHARES, "shown": [measure.code for measure in SHOWN], "goal": Measure.INTEGRATION.code,
                 "integrated": Regime.INTEGRATED.code, "most_workers": MOST_WORKERS},
        "help": {"first_seed": OTHER_WORLDS, "span": SPAN}, "scenarios": scenario_words(),
        "words": model_words(), "files": files_taken(), "sides": SIDES,
        "why": {"moving": Measure.BLOCKER_NOTHING.code, "confirmed": Measure.BLOCKERS_CONFIRMED.code},
    }


def model_words() -> dict[str, Any]:
    """What tells the rows of a log besides the model's messages: the words that columns hold, and what worth 1 is."""
    return {"codes": WORDS, "obstacles": [blocker.label for blocker in Blocker], "worth_of_spend": WORTH_OF_SPEND,
            "facts": {"digits": DIGITS, "unshown": UNSHOWN}}


def files_taken() -> dict[str, Any]:
    """The columns of the files that people take away, in order, with where the event log holds each of its own."""
    kinds = {"partner": "partner", "other": "partner", "title": "title"}
    log = [{"name": column.name, "held": HELD_AS.get(column.name, column.name),
            "kind": kinds.get(column.name, "word" if column.type == "word" else "other" if column.type == "float32" else "whole")}
           for column in columns_of(EVENTS)]
    return {"numbers": NUMBERS, "before": BEFORE, "log": log, "codes": WORDS}


def columns() -> dict[str, Any]:
    """How numbers of a picture become columns of the page."""
    def ranged(found: Any) -> list[dict[str, Any]]:
        return [{"name": name, "low": low, "high": high} for name, (low, high) in found.items()]

    return {"partner": ranged(PARTNER_COLUMNS), "tie": ranged(TIE_COLUMNS),
            "trust": {name: list(of) for name, of in TRUST.items()},
            "joined": {"name": JOINED.rpartition(".")[2], "field": "expected"},
            "reads": {"election": "quarters_to_election", "least": "seamless_quality",
                      "marks": ["reversal", "reorganisation"], "spend": "spend"}}


def worker_script() -> str:
    """The workers' scripts as one that imports nothing, each in a scope of its own: a worker made from text has no import map."""
    found, made = scripts("model/worker.js"), dict[str, str]()

    def taken(match: re.Match[str]) -> str:
        make(match[2])
        return f"const {{{match[1].replace(' as ', ': ')}}} = {_variable(match[2])};"

    def make(name: str) -> None:
        if name not in made:
            body = IMPORTED.sub(taken, found[name])
            given = ", ".join(EXPORTED.findall(body))
            body = EXPORTED.sub(lambda each: each[0].removeprefix("export "), body)
            made[name] = f"const {_variable(name)} = (() => {{\n{body}return {{ {given} }};\n}})();\n"

    make("model/worker.js")
    return "".join(made.values())


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name)
