"""The page's sentences, read from the one file that holds them: `static/words/english.js`, a module whose body is JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parent / "static"
BEGINS = "export default "


@lru_cache(maxsize=1)
def messages() -> Mapping[str, Any]:
    """All messages by group and name."""
    text = (STATIC / "words" / "english.js").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.split(BEGINS, 1)[1].rstrip().removesuffix(";"))
    return found


def text(path: str, /, **values: str | int) -> str:
    """The message `group.name` with its {names} filled in; one with plural forms is chosen by `count`."""
    found: Any = messages()
    for name in path.split("."):
        found = found[name]
    if isinstance(found, dict):
        found = found["one" if values["count"] == 1 else "other"]
    return str(found).format_map(values)
