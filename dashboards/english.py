"""The page's sentences, read from the files that hold them: the modules of `static/words/english`, whose bodies are JSON."""

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
    found: dict[str, Any] = {}
    for file in sorted((STATIC / "words" / "english").glob("*.js")):
        found |= json.loads(file.read_text(encoding="utf-8").split(BEGINS, 1)[1].rstrip().removesuffix(";"))
    return found


def text(path: str, /, **values: str | int) -> str:
    """The message `group.name` with its {names} filled in; one with plural forms is chosen by `count`."""
    found: Any = messages()
    for name in path.split("."):
        found = found[name]
    if isinstance(found, dict):
        found = found["one" if values["count"] == 1 else "other"]
    return str(found).format_map(values)
