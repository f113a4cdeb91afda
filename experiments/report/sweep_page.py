"""Put the report together and write it whole."""

from __future__ import annotations

import re
from pathlib import Path

from experiments.analysis.bands import from_to
from experiments.analysis.tree import Tree
from experiments.report.files import write_pictures, write_tables
from experiments.report.findings import Findings, find
from experiments.report.inputs import ReportInputs, read_folder
from experiments.report.picture_section import Section, numbers
from experiments.report.question_sections import policies_sentence
from experiments.report.sections import sections
from experiments.report.sentences import answer_sentence, in_words, three_sentences
from experiments.report.stage_runs import StagePage, stage_section
from incentive_abm.errors import StudyError
from incentive_abm.files import why, write_text_whole

TEMPLATES = Path(__file__).parent.parent / "templates"


def write_report(
    source: str | Path | ReportInputs,
    path: str | Path,
    tables_in: str | Path | None = None,
    pictures_in: str | Path | None = None,
    stage: StagePage | None = None,
) -> Path:
    """Write one self-contained page on a complete or unfinished sweep, and its tables beside it; returns the page's path.

    `source` is a sweep's folder or its inputs. Nothing on the page is loaded from elsewhere. The tables behind it go to
    `tables_in` (the folder `tables` beside the page where not given), as CSV and JSON; with `pictures_in` the pictures are
    written there as SVG; with `stage` it links to that page, opened at typical and oddest runs. Raises UserError where the
    sweep cannot be read or has no runs yet, or pictures cannot be made, StudyError where something cannot be written.
    """
    inputs = source if isinstance(source, ReportInputs) else read_folder(source)
    if inputs.results.empty:
        raise StudyError("a report needs at least one finished run; there are none yet")
    found = find(inputs)
    shown, target = sections(found, inputs), Path(path)
    if stage is not None:
        section, found.typical = stage_section(stage, inputs, target.parent)
        shown.append(section)
    page = render(inputs, found, shown)
    try:
        write_text_whole(target, page)
        write_tables(found, tables_in or target.parent / "tables")
        if pictures_in is not None:
            write_pictures(shown, pictures_in)
    except OSError as error:
        raise StudyError(f"{target}: the report cannot be written: {why(error)}") from None
    return target


def render(inputs: ReportInputs, found: Findings, shown: list[Section]) -> str:
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
    environment.filters["whole_words"] = whole_words
    results = inputs.results
    return environment.get_template("report.html").render(
        question=inputs.question or "What happens in this sweep?",
        sentences=_answers(found, inputs),
        sections=shown,
        partial=inputs.partial,
        runs=len(results),
        planned=inputs.runs_planned,
        failed=inputs.runs_failed,
        points=int(inputs.design["point"].nunique()),
        replicates=int(results["replicate"].nunique()),
        factors=[{"name": name, "label": inputs.labels.get(name, ""), "values": _range(inputs, name)} for name in found.factors],
        method=_design_words(inputs),
        luckless=found.luck is None,
        trees=[(regime, tree, _leaves(tree, found, inputs)) for regime, tree in found.trees.items()],
        provenance=dict(inputs.provenance),
        plotly=get_plotlyjs().replace("</script", "<\\/script"),
    )


def whole_words(text: str) -> str:
    """A heading whose lines do not end within a word that has a hyphen."""
    return re.sub(r"(?<=\w)-(?=\w)", "\N{NON-BREAKING HYPHEN}", text)


def _answers(found: Findings, inputs: ReportInputs) -> list[str]:
    """What the study asks comes first, then the three sentences that every report has."""
    own = [answer_sentence(found, inputs)] if found.answer is not None and not found.answer.empty else []
    own += [policies_sentence(found, inputs)] if found.robust is not None else []
    return [*own, *three_sentences(found, inputs)]


def _leaves(tree: Tree, found: Findings, inputs: ReportInputs) -> str:
    table = tree.leaves[["rule", "share", "mass", "points"]]
    return numbers("tree", table.assign(rule=[in_words(str(rule), found, inputs) for rule in table["rule"]]))


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
