"""Damage that knows what a file is: cells of a table, values of TOML and JSON, bytes of anything, and the file itself."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fuzz.ground import leads_out

NUMBERS = ("0", "0.25", "3", "40", "-1", "1", "1.5", "-0.0", "1e999", "-1e308", "nan", "inf",
           "4,5", "1,234.5", "1_000", "0x10", "2147483648",
           "9223372036854775808", "9" * 400, "9" * 5000, "٣", "½", "1e-400", "+3", " 7 ", "1 2", "--1")
WORDS = ("", " ", "x", "trust", "council", "Trust", "today", "none", "null", "true", "NA", "é", "e\u0301", "\u202e", "\ufeff",
         "\0", "a,b", "a;b", '"', "'", "\n", "a\\b", "{{x}}", "<b>", "%s", "{0}", "n" * 300, "nn " * 400, "shipped", "bailout",
         "integration", "regime:stalled", "a=b", "-", "--json", "a-pipe", "a-loop", "a-link-to-nothing", "place",
         "place/partners.csv")
JSON_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1, 1.5, 2**70, float("nan"), float("inf"), "", "x", "n" * 2000, [], [1], {}, {"x": 1})
TOML_VALUES = ("true", "-1", "0", "1.5", "nan", "inf", "9223372036854775808", "9" * 400, '""', '"x"', '"today"', "[]", "[1]",
               '["trust"]', "{}", "0.1", "0.6", "2", "{ x = 1 }", "1979-05-27", '"a-pipe"', '"place"', "'''x\ny'''", "[[[[]]]]",
               "0.3",
               "1", '"\\u0000"')
Chance = random.Random


def mutated_text(text: str, suffix: str, chance: Chance) -> str:
    """A text with one thing in it changed, as its kind of file has things; never one that names a path out of its folder."""
    ways: dict[str, tuple[Callable[[str, Chance], str], ...]] = {
        ".csv": (_cell, _cell, _column, _row), ".toml": (_value, _value, _key, _line), ".json": (_json, _json),
    }
    for _ in range(100):
        way = chance.choice((*ways.get(suffix, ()), _letters))
        changed = way(text, chance)
        if changed != text and not any(leads_out(line) for line in changed.splitlines() if line not in text):
            return changed
    return text + "x"


def damaged(path: Path, chance: Chance) -> str:
    """Do something to a file; returns what, for the message of a case that fails."""
    content = path.read_bytes()
    if path.suffix in (".csv", ".toml", ".json") and chance.random() < 0.7:
        path.write_text(mutated_text(content.decode(), path.suffix, chance), encoding="utf-8", newline="")
        return f"{path.name} with something else in it"
    way = chance.choice(("bits", "bits", "bits", "cut", "emptied", "zeros", "gone", "folder", "pipe", "loop", "doubled",
                         "closed"))
    if way == "bits":
        changed = bytearray(content)
        for _ in range(chance.choice((1, 1, 1, 8, 64))):
            if changed:
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        if path.suffix == ".parquet" or not leads_out(changed.decode("utf-8", "replace").replace("\n", " ")):
            path.write_bytes(bytes(changed))
    elif way == "cut":
        path.write_bytes(content[: chance.randrange(len(content) + 1)])
    elif way == "emptied":
        path.write_bytes(b"")
    elif way == "zeros":
        path.write_bytes(bytes(len(content)))
    elif way == "doubled":
        path.write_bytes(content + content)
    elif way == "closed":
        path.chmod(0)
    else:
        path.unlink()
        {"gone": lambda: None, "folder": path.mkdir, "pipe": lambda: os.mkfifo(path),
         "loop": lambda: path.symlink_to(path.name)}[way]()
    return f"{path.name}: {way}"


def foreign(folder: Path, chance: Chance) -> str:
    """Put something of someone else's into a folder, or a copy of one of its own files under another name."""
    names = ("zzz.parquet", "x.json", "notes.txt", ".DS_Store", "0000000-0123456789abcdef01234567.parquet", "Thumbs.db",
             "a b.csv")
    target = folder / chance.choice(names)
    own = [path for path in folder.iterdir() if path.is_file()]
    if own and chance.random() < 0.5:
        shutil.copy(chance.choice(own), target)
    else:
        target.write_bytes(chance.choice((b"", b"{", b"mine", b"PAR1PAR1", b"\xff\xfe")))
    return f"{target.name} beside"


def _letters(text: str, chance: Chance) -> str:
    at, many = chance.randrange(len(text) + 1), chance.choice((0, 1, 3, 20))
    return text[:at] + chance.choice(("", *WORDS)) + text[at + many:]


def _table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def _written(rows: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _cell(text: str, chance: Chance) -> str:
    rows = _table(text)
    row = chance.choice([each for each in rows if each] or [[""]])
    row[chance.randrange(len(row))] = chance.choice((*NUMBERS, *WORDS))
    return _written(rows)


def _row(text: str, chance: Chance) -> str:
    rows = _table(text)
    at = chance.randrange(len(rows))
    way = chance.choice(("twice", "gone", "shorter", "longer"))
    if way == "twice":
        rows.insert(at, list(rows[at]))
    elif way == "gone":
        del rows[at]
    else:
        rows[at] = rows[at][:-1] if way == "shorter" else [*rows[at], "more"]
    return _written(rows)


def _column(text: str, chance: Chance) -> str:
    rows = _table(text)
    at = chance.randrange(max(map(len, rows)))
    if chance.random() < 0.5:
        return _written([[*row[:at], *row[at + 1:]] for row in rows])
    value = chance.choice((*NUMBERS, *WORDS))
    return _written([rows[0], *([*row[:at], value, *row[at + 1:]] for row in rows[1:])])


def _value(text: str, chance: Chance) -> str:
    """Another value for a key of TOML."""
    found = list(re.finditer(r"= *([^\n]+)", text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start(1)] + chance.choice(TOML_VALUES) + text[one.end(1):]


def _key(text: str, chance: Chance) -> str:
    found = list(re.finditer(r"^\[*([\w.\"-]+)", text, re.MULTILINE))
    if not found:
        return text
    one = chance.choice(found)
    word = chance.choice(("x", "factors", "design", "trust", "Integration", "point", "place", "scenario", "events",
                          "kinds.trust", ""))
    return text[: one.start(1)] + word + text[one.end(1):]


def _line(text: str, chance: Chance) -> str:
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return "".join([*lines[:at], *([lines[at]] * chance.choice((0, 2))), *lines[at + 1:]])


def _json(text: str, chance: Chance) -> str:
    """Another value somewhere in JSON, or a name that is missing."""
    try:
        whole = json.loads(text)
    except ValueError:
        return text
    spots: list[tuple[Any, Any]] = []

    def walk(value: Any) -> None:
        for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
            spots.append((value, key))
            walk(value[key])

    walk(whole)
    if not spots:
        return text
    holder, key = chance.choice(spots)
    if chance.random() < 0.3:
        del holder[key]
    else:
        holder[key] = chance.choice(JSON_VALUES)
    return json.dumps(whole)
