"""The stage as one file: page, place, compiled model and workers in one HTML document that loads and asks for nothing.

`incentive-abm page` writes it, `incentive-abm workshop` serves it: the same page, which a server only lets read a place from
whatever files.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from dashboards.english import STATIC, text
from dashboards.held import held
from dashboards.module_builder.by_rules import module_by
from dashboards.other_rules import rules_named, rules_shown
from dashboards.page_data import page_data
from dashboards.pages import page, scripts
from dashboards.read_here import sources
from incentive_abm import __version__
from incentive_abm.compiling import source_hash
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.place import Place
from incentive_abm.scenario import shipped_scenarios
from incentive_abm.scenario.posterior import Posterior

POLICY = ("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'wasm-unsafe-eval' data: blob:; "
          "worker-src blob:; img-src data: blob:; base-uri 'none'; form-action 'none'")
"""Nothing may be loaded or sent: what runs is in the file."""
SERVED_POLICY = f"{POLICY}; connect-src 'self'"
"""Behind a server, the page may ask that server."""
IMPORTED = re.compile(r'^import \{([^}]*)\} from "stage/([^"]+)";$', re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:class|const|function) (\w+)", re.MULTILINE)


def stage_file(place: Place, rules: RuleSet = SHIPPED, known: Posterior | None = None) -> str:
    """The page as text. Raises UserError where there is no compiled module by these rules, as `module_by`, and where what is
    known is of another place."""
    return _stage(place, rules, known, POLICY, "")


def served_stage(place: Place, address: str = "", rules: RuleSet = SHIPPED, known: Posterior | None = None) -> str:
    """The same page behind a server; `address` is where others on the network reach it, empty where they cannot."""
    return _stage(place, rules, known, SERVED_POLICY, _inline({"address": address, "policy": POLICY}))


def _stage(place: Place, rules: RuleSet, known: Posterior | None, policy: str, server: str) -> str:
    module = module_by(rules)
    compiled = {"code": base64.b64encode(module.code).decode(), "sha256": module.sha256, "sources": module.sources}
    generator = text("file_page.generator", version=__version__, source=source_hash(), rules=rules_named(rules),
                     compiled=module.sources, place=f"{place.title} {place.hash[:16]}")
    return page("stage.html", file=SimpleNamespace(
        policy=policy, generator=generator, rules=rules_shown(rules)["said"], css=styles("stage.css", "picture.css"),
        imports=imports("pages/stage_file.js"), data=_inline(page_data(place, rules, known)), held=_packed(held(place, known)),
        module=_inline(compiled), worker=_packed(worker_script("model/worker.js")), reading=_reading(), server=server))


def facilitator_page() -> str:
    """The facilitator's own page, which follows the stage in the same browser."""
    presets = [{"preset": name, "title": scenario.title} for name, scenario in shipped_scenarios().items()]
    return page("facilitator.html", file=SimpleNamespace(
        policy=POLICY, css=styles("stage.css"), imports=imports("pages/facilitator.js"), data=_inline(presets)))


def styles(*names: str) -> str:
    """Style sheets one below the other."""
    return "".join((STATIC / "pages" / name).read_text(encoding="utf-8") for name in names)


def imports(first: str) -> str:
    """An import map in which a script and everything that it imports stand themselves."""
    found = {f"stage/{name}": "data:text/javascript;base64," + base64.b64encode(script.encode()).decode()
             for name, script in scripts(first).items()}
    return json.dumps({"imports": found})


def _inline(data: Any) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _packed(data: Any) -> str:
    """JSON, deflated, in base64: the arrays of a large place are mostly alike."""
    return base64.b64encode(zlib.compress(json.dumps(data, separators=(",", ":")).encode(), 9)).decode()


@lru_cache(maxsize=1)
def _reading() -> str:
    """The script of the worker that reads places from files, packed until somebody drops some."""
    return _packed(f"self.sources = (py, lib) => {{\n{sources()}}};\n{worker_script('python/worker.js')}")


def worker_script(first: str) -> str:
    """A worker's scripts as one that imports nothing, each in a scope of its own: a worker made from text has no import map."""
    found, made = scripts(first), dict[str, str]()

    def taken(match: re.Match[str]) -> str:
        make(match[2])
        return f"const {{{match[1].replace(' as ', ': ')}}} = {_variable(match[2])};"

    def make(name: str) -> None:
        if name not in made:
            body = IMPORTED.sub(taken, found[name])
            given = ", ".join(EXPORTED.findall(body))
            body = EXPORTED.sub(lambda each: each[0].removeprefix("export "), body)
            made[name] = f"const {_variable(name)} = (() => {{\n{body}return {{ {given} }};\n}})();\n"

    make(first)
    return "".join(made.values())


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name)
