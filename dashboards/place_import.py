"""Files dropped onto the page: what was understood of them, the place if there is one, or what a person must decide."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dashboards.held import held_of_place
from dashboards.page_data import place_shown
from dashboards.places import checked_size
from incentive_abm.place.csv_columns import PARTNERS, TIES
from incentive_abm.place.importing import Decision, ImportRefused, import_contents

MOST_SHOWN = 100


def import_shown(files: Mapping[str, bytes], maps: Sequence[str], name: str) -> dict[str, Any]:
    """The place that files tell of, as the page holds it, with the report and its two clean files; or what is open.

    Raises UserError for answers that cannot be read, and for a place too large to be shown.
    """
    try:
        done = import_contents(files, maps=maps, name=name)
    except ImportRefused as refused:
        return {"place": None, "faults": [fault.text() for fault in refused.faults[:MOST_SHOWN]],
                "decisions": [_asked(each) for each in refused.decisions[:MOST_SHOWN]],
                "more": max(0, len(refused.faults) - MOST_SHOWN) + max(0, len(refused.decisions) - MOST_SHOWN)}
    checked_size(done.place)
    with tempfile.TemporaryDirectory() as folder:
        done.place.save(folder)
        partners, ties = ((Path(folder) / each).read_text(encoding="utf-8") for each in (PARTNERS, TIES))
    return {"place": place_shown(done.place), "held": held_of_place(done.place), "report": done.report.place.text(),
            "parts": [{"heading": heading, "said": list(said)} for heading, said in done.report.parts()],
            "files": {"partners": partners, "ties": ties}}


def _asked(decision: Decision) -> dict[str, Any]:
    """A question and the answers that the page offers; `map` is what goes before the answer."""
    return {"map": f"{decision.what.value}:{decision.given}=", "question": decision.question, "where": decision.where,
            "count": decision.count, "choices": list(decision.choices), "free": decision.free}
