"""Files dropped onto the page: what was understood of them, the place if there is one, or what a person must decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.held import held_of_place
from dashboards.page_data import place_shown
from dashboards.places import checked_size
from incentive_abm.errors import UserError
from incentive_abm.place.importing import Decision, ImportRefused, import_contents

MOST_SHOWN = 100
MOST_BYTES = 4 * 2**20
"""What tells of the largest place that the page shows is well below this."""
LONGEST_FILE_NAME = 120
NAME = "your-place"


def dropped(files: Sequence[tuple[str, bytes]], maps: Sequence[str]) -> dict[str, Any]:
    """As `import_shown`, of files as they are dropped onto a page, which may have no names, or one twice."""
    contents = {(name or f"file {k}")[:LONGEST_FILE_NAME]: content for k, (name, content) in enumerate(files, 1)}
    if len(contents) < len(files):
        raise UserError("two files have the same name; rename one of them")
    if sum(len(content) for content in contents.values()) > MOST_BYTES:
        raise UserError(f"the files hold more than {MOST_BYTES >> 20} MiB, the most that is read here")
    return import_shown(contents, maps, NAME)


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
    partners, ties = done.place.texts()
    return {"place": place_shown(done.place), "held": held_of_place(done.place), "report": done.report.place.text(),
            "parts": [{"heading": heading, "said": list(said)} for heading, said in done.report.parts()],
            "files": {"partners": partners, "ties": ties}}


def _asked(decision: Decision) -> dict[str, Any]:
    """A question and the answers that the page offers; `map` is what goes before the answer."""
    return {"map": f"{decision.what.value}:{decision.given}=", "question": decision.question, "where": decision.where,
            "count": decision.count, "choices": list(decision.choices), "free": decision.free}
