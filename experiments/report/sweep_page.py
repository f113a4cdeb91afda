"""Put the report together and write it whole."""

from __future__ import annotations

import math
from pathlib import Path

from experiments.analysis.bands import from_to
from experiments.analysis.tree import Tree
from experiments.report.csv_tables import write_tables
from experiments.report.findings import Findings, find
from experiments.report.inputs import ReportInputs, read_folder
from experiments.report.picture_section import numbers
from experiments.report.sections import sections
from experiments.report.sentences import in_words, percent, three_sentences
from incentive_abm.errors import StudyError
from incentive_abm.files import why, write_text_whole

TEMPLATES = Path(__file__).parent.parent / "templates"


def write_report(source: str | Path | ReportInputs, path: str | Path, tables_in: str | Path | None = None) -> Path:
    """Write one self-contained page on a complete or unfinished sweep; returns its path.

    `source` is a sweep's folder or its inputs. Nothing on the page is loaded from elsewhere. With `tables_in` the
    tables behind the page are also written there, as CSV.
    Raises UserError where the sweep cannot be read or has no runs yet, StudyError where the page cannot be written.
    """
    inputs = source if isinstance(source, ReportInputs) else read_folder(source)
    if inputs.results.empty:
        raise StudyError("a report needs at least one finished run; there are none yet")
    found = find(inputs)
    page = render(inputs, found)
    target = Path(path)
    try:
        write_text_whole(target, page)
        if tables_in is not None:
            write_tables(found, tables_in)
    except OSError as error:
        raise StudyError(f"{target}: the report cannot be written: {why(error)}") from None
    return target


def render(inputs: ReportInputs, found: Findings) -> str:
    """The page as text."""
    import jinja2
    from plotly.offline import get_plotlyjs

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    results = inputs.results
    return environment.get_template("report.html").render(
        question=inputs.question or "What happens in this sweep?",
        sentences=three_sentences(found, inputs),
        sections=sections(found, inputs),
        partial=inputs.partial,
        runs=len(results),
        planned=inputs.runs_planned,
        failed=inputs.runs_failed,
        points=int(inputs.design["point"].nunique()),
        replicates=int(results["replicate"].nunique()),
        factors=[{"name": name, "label": inputs.labels.get(name, ""), "values": _range(inputs, name)} for name in found.factors],
        method=_design_words(inputs),
        luckless=found.luck is None,
        trees=[(regime, _skill(tree), _leaves(tree, found, inputs)) for regime, tree in found.trees.items()],
        provenance=dict(inputs.provenance),
        plotly=get_plotlyjs().replace("</script", "<\\/script"),
    )


def _skill(tree: Tree) -> str:
    if not math.isfinite(tree.skill):
        return "how much of the variation it explains cannot be told: points held out do not vary"
    return f"explains {percent(max(tree.skill, 0.0))} of the variation on points held out"


def _leaves(tree: Tree, found: Findings, inputs: ReportInputs) -> str:
    table = tree.leaves[["rule", "share", "mass", "points"]]
    return numbers(table.assign(rule=[in_words(str(rule), found, inputs) for rule in table["rule"]]))


def _range(inputs: ReportInputs, name: str) -> str:
    column = inputs.design[name]
    unique = column.unique().tolist()
    if len(unique) <= 6:
        return ", ".join(str(value) for value in sorted(unique, key=str))
    return from_to(column.min(), column.max()) if column.dtype.kind in "if" else f"{len(unique)} values"


def _design_words(inputs: ReportInputs) -> str:
    words = {
        "factorial": "full factorial",
        "one_at_a_time": "one factor at a time",
        "latin_hypercube": "Latin hypercube (McKay, Beckman & Conover 1979)",
        "sobol": "Sobol sequence in Saltelli's design (Saltelli et al. 2010; SALib)",
        "morris": "Morris trajectories (Morris 1991; SALib)",
        "efast": "eFAST search curves (Saltelli, Tarantola & Chan 1999; SALib)",
        "points": "points read from a file",
    }
    method = str(inputs.design["method"].iloc[0]) if "method" in inputs.design.columns else "points"
    return words.get(method, method)
