"""The page as one story: facts from tables, words from a template."""

from __future__ import annotations

from pathlib import Path

from experiments.findings.certainty import certainty
from experiments.findings.claims import claims
from experiments.findings.others import published, robust
from experiments.findings.places import places
from incentive_abm import EXPLORATION

TEMPLATES = Path(__file__).parent.parent / "templates"


def page(docs: Path, command: str) -> str:
    """The page as Markdown, from the tables in a folder. Raises UserError where one is missing or is not as it should be."""
    import jinja2

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined,
                                     trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    return environment.get_template("findings.md").render(
        exploration=EXPLORATION, command=command, places=places(docs), claims=claims(docs), sure=certainty(docs),
        published=published(docs), robust=robust(docs))
