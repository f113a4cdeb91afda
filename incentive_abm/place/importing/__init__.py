"""Places from what people have: spreadsheets, graphs, matrices, surveys; with a report, and nothing guessed."""

from __future__ import annotations

from incentive_abm.place.importing.importing import Imported, check_new, import_contents, import_place
from incentive_abm.place.importing.report import ImportReport
from incentive_abm.place.importing.telling import Decision, Fault, ImportRefused
from incentive_abm.place.importing.ties import Twice

__all__ = ["Decision", "Fault", "ImportRefused", "ImportReport", "Imported", "Twice", "check_new", "import_contents",
           "import_place"]
