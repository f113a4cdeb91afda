"""What an import did, for a person in the terminal, beside the files and on the page, and for a program as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from incentive_abm.place.check import PlaceReport
from incentive_abm.place.importing.telling import Line, Section

REPORT_TEXT, REPORT_DATA = "import-report.md", "import-report.json"


@dataclass(frozen=True)
class ImportReport:
    """What was read, understood, changed and left out, what to check, and how much of the place is real."""

    lines: tuple[Line, ...]
    place: PlaceReport

    def under(self, section: Section) -> Sequence[str]:
        """The sentences of one part."""
        return [line.text() for line in self.lines if line.section is section]

    def parts(self) -> list[tuple[str, Sequence[str]]]:
        """Headings with their sentences; one that has none is not there."""
        return [(section.value, self.under(section)) for section in Section if self.under(section)]

    def text(self) -> str:
        """The report for a terminal."""
        parts = [f"{heading}\n" + "\n".join(f"  {each}" for each in said) for heading, said in self.parts()]
        return "\n\n".join([*parts, self.place.text()])

    def markdown(self) -> str:
        """The report as a page."""
        parts = [f"## {heading}\n\n" + "\n".join(f"- {each}" for each in said) for heading, said in self.parts()]
        return "\n\n".join([f"# {self.place.title}: what was imported", *parts,
                            f"## The place\n\n```\n{self.place.text()}\n```"]) + "\n"

    def json(self) -> str:
        """The report for programs."""
        found = {
            "place": self.place.title, "hash": self.place.hash, "income_real": self.place.income_real,
            "said": [{"section": line.section.name.lower(), "sentence": line.sentence, "where": line.where, "count": line.count}
                     for line in self.lines],
            "columns": [{"table": each.table, "column": each.column, "known": each.known, "filled": each.filled,
                         "blank": each.blank}
                        for each in self.place.columns],
            "warnings": list(self.place.warnings),
        }
        return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
