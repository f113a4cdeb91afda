"""A mistake in a file is told with the file, the table and the key, and what was expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from incentive_abm.errors import StudyError
from incentive_abm.kinds import Kind
from incentive_abm.toml_reading import TomlFiles, TomlTable, parse_toml

TEXT = """
title = " Once "
share = 0.5
count = 7
kind = "gp"
names = ["a", "b"]
flag = true
endless = inf
[outer.inner]
deep = 1
[[events]]
quarter = 3
"""


def table() -> TomlTable:
    return parse_toml(TEXT, "try", StudyError)


def test_values_are_read_as_what_they_are() -> None:
    data = table()
    assert (data.text("title"), data.text("gone"), data.optional_text("gone")) == ("Once", "", None)
    assert (data.number("share", 1.0), data.number("gone", 1.0), data.number("gone", None)) == (0.5, 1.0, None)
    assert (data.whole("count", None, 0), data.whole("gone", 4, 0)) == (7, 4)
    assert (data.choice("kind", Kind), data.optional_choice("gone", Kind)) == (Kind.GP, None)
    assert (data.texts("names"), data.texts("gone"), data.flag("flag", False)) == (("a", "b"), (), True)
    assert data.table("outer").table("inner").values == {"deep": 1}
    assert [each.values for each in data.tables("events", "event")] == [{"quarter": 3}]


@pytest.mark.parametrize(("read", "told"), [
    (lambda t: t.table("outer").only(["iner", "share"]),
     "try: [outer]: unknown key 'inner' (did you mean iner?); expected one of iner, share"),
    (lambda t: t.table("outer").only(["share"], {"inner": "share = …"}), "try: [outer]: unknown key 'inner'; here: share = …"),
    (lambda t: t.text("count"), "try: count is 7; expected text in quotes"),
    (lambda t: t.needed_text("question", "Why?"), 'try: question is missing; expected for example question = "Why?"'),
    (lambda t: t.texts("title"), "try: title is ' Once '; expected a list of texts, for example title = [\"trust\"]"),
    (lambda t: t.number("flag", None), "try: flag is True; expected a number"),
    (lambda t: t.number("endless", 1.0), "try: endless is inf; expected a number"),
    (lambda t: t.whole("share", None, 0), "try: share is 0.5; expected a whole number from 0"),
    (lambda t: t.whole("count", None, 1, 6), "try: count is 7; expected a whole number from 1 to 6"),
    (lambda t: t.whole("gone", None, 1, 1000), "try: gone is missing; expected a whole number from 1 to 1,000"),
    (lambda t: t.flag("count", True), "try: count is 7; expected true or false"),
    (lambda t: t.choice("gone", Kind), "try: gone is missing; expected one of trust, council, gp, voluntary"),
    (lambda t: t.member("kind", "councl", Kind),
     "try: kind is 'councl'; expected one of trust, council, gp, voluntary (did you mean council?)"),
    (lambda t: t.table("kind"), "try: kind is 'gp'; expected a table of name = value"),
    (lambda t: t.table("outer").table("inner").text("deep"), "try: [outer.inner]: deep is 1; expected text in quotes"),
    (lambda t: t.table("outer", shown='"outer"').text("inner"),
     """try: ["outer"]: inner is {'deep': 1}; expected text in quotes"""),
    (lambda t: t.tables("outer", "event"), "try: outer is not a list of tables; write each event under its own [[outer]]"),
    (lambda t: t.tables("events", "event")[0].text("quarter"), "try: [[events]] 1: quarter is 3; expected text in quotes"),
])
def test_a_mistake_is_told_where_it_stands(read: Callable[[TomlTable], object], told: str) -> None:
    with pytest.raises(StudyError) as error:
        read(table())
    assert str(error.value) == told


def test_files_are_found_by_name_or_by_path_from_a_folder(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for path in (shipped / "b.toml", shipped / "a.toml", own / "mine.toml"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"\xef\xbb\xbftitle = 'x'")
    files = TomlFiles(shipped, "study", StudyError, first="b")
    assert files.names() == ("b", "a")
    assert files.find("a", own) == shipped / "a.toml"
    mine = files.find("mine.toml", own)
    assert (files.shown(mine), files.shown(files.find("a"))) == (str(own / "mine.toml"), "a")
    assert files.text(mine) == "title = 'x'"
    told = r"^x: no study is called 'aa' \(did you mean a\?\); expected a .toml file or one of b, a$"
    with pytest.raises(StudyError, match=told):
        files.find("aa", own, "x")


def test_every_unknown_key_is_told_in_the_order_of_the_file() -> None:
    with pytest.raises(StudyError) as error:
        table().only(["title", "kind", "names", "flag", "endless", "outer"])
    assert [fault.told.split("'")[1] for fault in error.value.found] == ["share", "count", "events"]
