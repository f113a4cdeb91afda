"""A sweep's folder may be a mount, a link or read-only, and what is in it may be damaged or of someone else's."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from small_study import SMALL, plan_of, same, swept
from special_files import NO_FILES, Make, mounted, state_of

from experiments.running import chunk as chunks
from experiments.running.stored_sweep import StoredSweep
from incentive_abm.cli import main
from incentive_abm.errors import StudyError

NO_PICTURES = {"analyse": ("--no-pictures",), "verify": ()}
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def sweep(reference: Path, tmp_path: Path) -> Path:
    """A finished sweep of one's own, to be damaged."""
    shutil.copytree(reference, tmp_path / "sweep")
    return tmp_path / "sweep"


def parts(sweep: Path) -> list[Path]:
    return sorted((sweep / "parts").glob("*.parquet"))


def test_a_mount_and_links_are_filled_where_they_stand(reference: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk") as disk:
        (disk / "lost+found").mkdir()
        (disk / "linked").mkdir()
        (tmp_path / "link").symlink_to(disk / "linked")
        (tmp_path / "ahead").symlink_to(disk / "to be made")
        for folder in (tmp_path / "link", tmp_path / "ahead"):
            assert swept(plan_of(), folder).complete
            assert folder.is_symlink()
            same(folder, reference)
        for name in ("linked", "to be made"):
            shutil.rmtree(disk / name)
        assert swept(plan_of(), disk, most_runs=50).session.runs
        assert swept(plan_of(), disk).complete
        same(disk, reference)
        assert not list(disk.rglob(".*"))


def test_shards_that_begin_at_once_in_one_empty_folder_share_it(reference: Path, tmp_path: Path) -> None:
    from small_study import command

    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "sweep").mkdir()
    own = ("--out", tmp_path / "sweep", "--workers", 1, "--no-report")
    begun = [command("sweep", tmp_path / "small.toml", *own, "--shard", f"{k}/3") for k in (1, 2, 3)]
    for process in begun:
        _, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
    assert swept(plan_of(), tmp_path / "sweep").session.runs == 0
    same(tmp_path / "sweep", reference)
    assert not list((tmp_path / "sweep").rglob(".*"))


def test_reading_commands_write_nothing_where_they_read(reference: Path, tmp_path: Path, capsys: Printed) -> None:
    with mounted(tmp_path / "disk") as disk:
        shutil.copytree(reference, disk / "sweep")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        before = state_of(disk)
        assert main(["verify", str(disk / "sweep"), "--rows", "3"]) == 0
        assert main(["analyse", str(disk / "sweep"), "--no-pictures", "--out", str(tmp_path / "report.html")]) == 0
        capsys.readouterr()
        assert main(["analyse", str(disk / "sweep")]) == 2
        assert "report.html: the report cannot be written there" in capsys.readouterr().err
        with pytest.raises(StudyError, match="cannot be written: Read-only file system"):
            swept(plan_of(), disk / "sweep")
        assert state_of(disk) == before
    assert (tmp_path / "report.html").stat().st_size > 100_000


def test_analysing_an_unfinished_sweep_leaves_it_as_it_is(tmp_path: Path) -> None:
    swept(plan_of(), tmp_path / "sweep", most_runs=100)
    before = state_of(tmp_path / "sweep")
    assert main(["analyse", str(tmp_path / "sweep"), "--no-pictures", "--out", str(tmp_path / "report.html")]) == 0
    assert state_of(tmp_path / "sweep") == before


@pytest.mark.parametrize("make", NO_FILES, ids=lambda make: make.__name__)
def test_a_report_never_takes_the_place_of_what_is_no_file(
        make: Make, sweep: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "target")
    (sweep / "report.html").unlink(missing_ok=True)
    make(sweep / "report.html")
    monkeypatch.chdir(tmp_path)
    before = state_of(tmp_path)
    within = ["--out", ".."] if make is Path.mkdir else ["--out", "target/deeper/report.html"]
    for arguments in (["--out", "target"], within, []):
        assert main(["analyse", str(sweep), *arguments]) == 2
        assert "cannot be written there" in capsys.readouterr().err
    another = plan_of(SMALL.replace("quarters = 12", "quarters = 9"))
    with pytest.raises(StudyError, match=r"differs from this one|target (is a|cannot be)"):
        swept(another, sweep if make is Path.mkdir else tmp_path / "target")
    assert state_of(tmp_path) == before


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def with_flipped_bits(path: Path) -> None:
    """In values and in what describes them: a single bit may fall on what nobody reads, and changes nothing then."""
    content = bytearray(path.read_bytes())
    for at in range(len(content) // 4, len(content) // 2, 50):
        content[at] ^= 16
    path.write_bytes(bytes(content))


def a_folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").write_text("x", encoding="utf-8")


def another_ones(path: Path) -> None:
    path.write_bytes(parts(path.parent.parent)[1].read_bytes())


@pytest.mark.parametrize("damage", [emptied, cut_short, with_flipped_bits, a_folder_instead, another_ones],
                         ids=lambda each: each.__name__)
def test_a_damaged_part_is_told_by_all_and_mended_by_running_the_sweep_again(
        damage: Callable[[Path], None], sweep: Path, reference: Path, capsys: Printed) -> None:
    part = parts(sweep)[0]
    damage(part)
    for command in ("analyse", "verify"):
        assert main([command, str(sweep), *NO_PICTURES[command]]) == 0
        told = capsys.readouterr().out
        assert f"Note: {part}" in told
        assert "the same sweep, run again, mends it" in told
    again = swept(plan_of(), sweep)
    assert again.session.chunks == 1
    assert part.with_suffix(".damaged").exists()
    same(sweep, reference)
    assert StoredSweep(sweep).notes() == []


@pytest.mark.parametrize("damage", [emptied, cut_short, with_flipped_bits, a_folder_instead], ids=lambda each: each.__name__)
def test_a_damaged_table_is_refused_and_put_together_anew(
        damage: Callable[[Path], None], sweep: Path, reference: Path, capsys: Printed) -> None:
    table = sweep / "results.parquet"
    damage(table)
    for command in ("analyse", "verify"):
        assert main([command, str(sweep), *NO_PICTURES[command]]) == 2
        assert f"{table} " in capsys.readouterr().err
    if table.is_dir():
        with pytest.raises(StudyError, match="it is a folder"):
            swept(plan_of(), sweep)
        shutil.rmtree(table)
    assert swept(plan_of(), sweep).session.chunks == 0
    same(sweep, reference)


@pytest.mark.parametrize("name", ["design.csv", "manifest.json", "inputs/study.toml", "inputs/places/0/ties.csv",
                                  "inputs/scenarios/0.toml"])
@pytest.mark.parametrize("damage", [emptied, Path.unlink], ids=["emptied", "gone"])
def test_the_beginnings_of_a_sweep_are_written_again(
        name: str, damage: Callable[[Path], None], sweep: Path, reference: Path, capsys: Printed) -> None:
    damage(sweep / name)
    if name in ("design.csv", "manifest.json"):
        assert main(["analyse", str(sweep), "--no-pictures"]) == 2
        assert f"{sweep / name} " in capsys.readouterr().err
    assert swept(plan_of(), sweep).session.chunks == 0
    same(sweep, reference)
    if name != "manifest.json":
        assert (sweep / name).read_bytes() == (reference / name).read_bytes()
    assert main(["verify", str(sweep), "--rows", "5"]) == 0
    assert main(["analyse", str(sweep), "--no-pictures"]) == 0


@pytest.mark.parametrize(("edit", "said"), [
    (lambda told: told | {"places": [1]}, r"places is \[1\], expected an object"),
    (lambda told: told | {"chunks": "many"}, "chunks is 'many', expected a whole number from 1"),
    (lambda told: told | {"factors": 3}, "factors is 3, expected a list"),
    (lambda told: {**told, "factors": [{**told["factors"][0], "kind": "colour"}]}, r"factors\[0\].kind is 'colour', expected"),
    (lambda told: {name: told[name] for name in told if name != "key"}, "key is missing"),
    (lambda told: [told], "expected an object"),
])
def test_inputs_of_another_form_are_told_by_key(
        edit: Callable[[dict[str, object]], object], said: str, sweep: Path, capsys: Printed) -> None:
    path = sweep / "inputs" / "sweep.json"
    path.write_text(json.dumps(edit(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    before = state_of(sweep)
    for use in (lambda: StoredSweep(sweep).rows(), lambda: swept(plan_of(), sweep)):
        with pytest.raises(StudyError, match=f"sweep.json is damaged: .*{said}"):
            use()
    for command in ("analyse", "verify"):
        assert main([command, str(sweep), *NO_PICTURES[command]]) == 2
    assert state_of(sweep) == before


def test_files_of_someone_elses_among_ours_are_told_and_left(sweep: Path, reference: Path, capsys: Printed) -> None:
    (sweep / "parts" / "zzz.parquet").write_text("mine", encoding="utf-8")
    (sweep / "failures" / "x.json").write_text("{", encoding="utf-8")
    assert main(["analyse", str(sweep), "--no-pictures"]) == 0
    told = capsys.readouterr().out
    assert told.count("is none of this sweep's files; it is left alone") == 2
    assert main(["verify", str(sweep), "--rows", "5"]) == 0
    assert swept(plan_of(), sweep).session.runs == 0
    same(sweep, reference)
    assert (sweep / "parts" / "zzz.parquet").read_text(encoding="utf-8") == "mine"


def test_a_damaged_file_of_failures_has_its_chunk_run_again(sweep: Path, reference: Path) -> None:
    told = sweep / "failures" / f"{parts(sweep)[1].stem}.json"
    told.write_text('[{"run_id": 3}]', encoding="utf-8")
    assert swept(plan_of(), sweep).session.chunks == 1
    assert not told.exists()
    same(sweep, reference)


def test_words_that_a_study_says_otherwise_are_taken_over(sweep: Path, reference: Path) -> None:
    edited = SMALL.replace('title = "Small"', 'title = "Smaller"')
    edited = edited.replace("[factors.bailout]", '[factors.bailout]\nlabel = "Rescue"')
    again = swept(plan_of(edited), sweep)
    assert again.session.runs == 0
    assert (again.manifest["title"], again.manifest["labels"]["bailout"]) == ("Smaller", "Rescue")
    assert again.manifest["started"] == json.loads((reference / "manifest.json").read_text(encoding="utf-8"))["started"]
    assert (sweep / "inputs" / "study.toml").read_text(encoding="utf-8") == edited
    same(sweep, reference)


def test_a_sweep_of_which_every_run_failed_promises_no_results(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    def stream(*arguments, **options):  # type: ignore[no-untyped-def]
        raise RuntimeError("nothing works")

    monkeypatch.setattr(chunks.engine, "stream", stream)
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    assert main(["sweep", str(tmp_path / "small.toml"), "--out", str(tmp_path / "sweep"), "--workers", "1"]) == 1
    told = capsys.readouterr().out
    assert "192 runs failed" in told
    assert "No run came to its end, so there are no results" in told
    assert "Results:" not in told
    assert main(["analyse", str(tmp_path / "sweep")]) == 2
    assert "at least one finished run" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "said"), [
    ('[factors.trust]\non = { bailout = 1.0 }', "trust is the name of a measure, whatever the case"),
    ('[factors.Integration]\non = { bailout = 1.0 }', "Integration is the name of a measure, whatever the case"),
    ('[factors.BAILOUT]\non = { handover = 1.0 }', "BAILOUT is the name of a parameter"),
    ('[factors.Trust_By_Quarter]\non = { handover = 1.0 }', "the name of a measure by quarter"),
    ('[factors.both]\non = { handover = 1.0 }\n[factors.Both]\non = { bailout = 1.0 }', "both and Both differ in case alone"),
    ('[factors."two\\nlines"]\non = { handover = 1.0 }', "is no name for a column"),
])
def test_a_bundle_named_like_a_column_is_refused_before_anything_is_written(
        text: str, said: str, tmp_path: Path, capsys: Printed) -> None:
    study = f'title = "T"\nquestion = "Q?"\nkeep = ["trust"]\n{text}\n[design]\nmethod = "factorial"\n'
    (tmp_path / "study.toml").write_text(study, encoding="utf-8")
    assert main(["sweep", str(tmp_path / "study.toml"), "--out", str(tmp_path / "sweep")]) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["study.toml"]


def test_points_parted_by_semicolons_are_told_so(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "points.csv").write_text("bailout;handover\n0.1;0.2\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text('title = "T"\nquestion = "Q?"\n[factors.bailout]\n[factors.handover]\n'
                                         '[design]\nmethod = "points"\nfile = "points.csv"\n', encoding="utf-8")
    assert main(["sweep", str(tmp_path / "study.toml"), "--out", str(tmp_path / "sweep")]) == 2
    assert "columns are separated by semicolons; expected commas" in capsys.readouterr().err
