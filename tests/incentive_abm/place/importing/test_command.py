"""The command and the function: what is written, what is not, and three commands from a spreadsheet to a report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from incentive_abm.cli.main import main
from incentive_abm.place import import_place
from incentive_abm.place.importing import ImportRefused

from .bad import BAD
from .tables import FIELD, FIELD_TIES, OUR_TIES, OURS

UNSURE = OURS.replace(",gp,", ",wizard,").replace(",council,", ",coven,")


def write(folder: Path, files: dict[str, bytes]) -> list[str]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [str(folder / name) for name in files]


def test_from_a_windows_spreadsheet_to_the_first_report(tmp_path: Path) -> None:
    """Three commands, as a new user gives them."""
    write(tmp_path, {"partners.csv": FIELD.encode("cp1252"), "ties.csv": FIELD_TIES.encode("cp1252")})
    for words in (["place", "import", "partners.csv", "ties.csv", "--out", "ours"], ["place", "check", "ours"],
                  ["run", "ours", "--seeds", "2", "--out", "first"]):
        done = subprocess.run([sys.executable, "-m", "incentive_abm", *words], cwd=tmp_path, capture_output=True, text=True,
                              timeout=600)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
    assert list((tmp_path / "first").glob("*.html"))


def test_what_is_written_tells_what_was_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = write(tmp_path, {"a.csv": FIELD.encode("cp1252"), "b.csv": FIELD_TIES.encode("cp1252")})
    assert main(["place", "import", *files, "--out", str(tmp_path / "ours")]) == 0
    assert sorted(each.name for each in (tmp_path / "ours").iterdir()) == ["import-report.json", "import-report.md",
                                                                           "partners.csv", "ties.csv"]
    told = capsys.readouterr().out
    assert "How much is real: 100% of income" in told
    assert "read as Windows-1252" in told
    found = json.loads((tmp_path / "ours" / "import-report.json").read_text(encoding="utf-8"))
    assert {"section": "understood", "sentence": "kind 'VCSE' is voluntary", "where": "a.csv, line 5",
            "count": 1} in found["said"]
    assert "## Changed" in (tmp_path / "ours" / "import-report.md").read_text(encoding="utf-8")


def test_a_refusal_tells_all_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = write(tmp_path, {"a.csv": UNSURE.encode(), "b.csv": OUR_TIES.replace("n,c", "nobody,c").encode()})
    assert main(["place", "import", *files, "--out", str(tmp_path / "ours")]) == 2
    assert not (tmp_path / "ours").exists()
    told = capsys.readouterr().err
    assert "3 things must be decided" in told
    assert [line.count("--map") for line in told.splitlines() if "answer with" in line] == [1, 1, 1]


def test_the_answers_that_a_refusal_names_are_enough(tmp_path: Path) -> None:
    files = write(tmp_path, {"a.csv": UNSURE.encode(), "b.csv": OUR_TIES.encode()})
    with pytest.raises(ImportRefused) as refused:
        import_place(files)
    answers = tmp_path / "answers.txt"
    answers.write_text("# decided on Tuesday\n" + "\n".join(each.mend for each in refused.value.decisions))
    assert main(["place", "import", *files, "--out", str(tmp_path / "ours"), "--map", f"@{answers}"]) == 0


def test_many_things_are_counted_and_twenty_are_told() -> None:
    rows = "".join(f"p{k},Partner {k},sort {k},1\n" for k in range(30))
    from incentive_abm.place.importing import import_contents

    with pytest.raises(ImportRefused) as refused:
        import_contents({"p.csv": ("id,name,kind,income_m\n" + rows).encode(), "t.csv": b"source,target\np1,p2\n"})
    lines = str(refused.value).splitlines()
    assert "30 things must be decided" in lines[0]
    assert len(lines) == 22
    assert lines[-1].strip() == "… and 10 more"


@pytest.mark.parametrize("case", BAD[:12], ids=lambda case: case.name)
def test_the_command_exits_with_two(tmp_path: Path, case,
                                    capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    files = write(tmp_path, case.files)
    assert main(["place", "import", *files, "--out", str(tmp_path / "ours"),
                 *(word for each in case.maps for word in ("--map", each))]) == 2
    assert not (tmp_path / "ours").exists()
    assert case.refused[-1] in capsys.readouterr().err


@pytest.mark.parametrize(("words", "told"), [
    (["nowhere.csv"], "there is no file nowhere.csv"), (["."], "without files"),
])
def test_what_is_not_there(tmp_path: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str],
                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["place", "import", *words, "--out", "ours"]) == 2
    assert told in capsys.readouterr().err


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "mine.txt").write_text("mine")
    files = write(tmp_path, {"a.csv": OURS.encode(), "b.csv": OUR_TIES.encode()})
    assert main(["place", "import", *files, "--out", str(tmp_path / "ours")]) == 2
    assert "is a folder that is not empty; choose a new folder" in capsys.readouterr().err
    assert [each.name for each in (tmp_path / "ours").iterdir()] == ["mine.txt"]
