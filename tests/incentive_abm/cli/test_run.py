"""`incentive-abm run` and `incentive-abm explain` as a user meets them."""

from __future__ import annotations

import filecmp
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from incentive_abm import EXPLORATION
from incentive_abm.cli import main
from incentive_abm.compiling import source_hash
from incentive_abm.kinds import Blocker, Regime
from incentive_abm.place import load_place, shipped_place
from incentive_abm.results import Run, read_run
from incentive_abm.results.stage_link import read_link
from incentive_abm.rivals import rule_set

Printed = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[3]
SHORT = ("--seeds", "3", "--quarters", "12")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An earlier run that tests only read."""
    out = tmp_path_factory.mktemp("run") / "out"
    assert main(["run", *SHORT, "--out", str(out)]) == 0
    return out


@pytest.fixture
def ran(folder: Path) -> Run:
    return read_run(folder)


class TestTheTable:
    def test_tells_people_what_became_of_it(self, tmp_path: Path, capsys: Printed) -> None:
        assert main(["run", *SHORT, "--out", str(tmp_path / "out")]) == 0
        told = capsys.readouterr().out
        assert told.startswith("Marlshire under “Today”: 3 runs of 12 quarters (3 years)\n")
        for words in ("What became of it", "What held places back at the end", "Time to integration: never reached in 3 years",
                      "Pooled at the end: ", "Form at the end: ", "Function at the end: ", EXPLORATION):
            assert words in told
        assert told.rstrip().endswith(f"Report: {tmp_path / 'out' / 'report.html'}")

    def test_tells_when_integration_came(self, tmp_path: Path, capsys: Printed) -> None:
        assert main(["run", "--scenario", "ten-lessons", "--seeds", "4", "--out", str(tmp_path / "out")]) == 0
        told = capsys.readouterr().out
        times = read_run(tmp_path / "out").runs.time_to_integration
        assert f"in the {times.notna().sum()} runs that reached it" in told

    def test_tells_machines_the_same_and_nothing_else(self, tmp_path: Path, capsys: Printed) -> None:
        out = tmp_path / "out"
        assert main(["run", *SHORT, "--json", "--out", str(out)]) == 0
        told = json.loads(capsys.readouterr().out)
        assert set(told) == {"exploration", "place", "scenario", "posterior", "runs", "first_seed", "quarters", "executor",
                             "regimes", "time_to_integration", "blockers", "moving_share", "pooled_share", "integration", "form",
                             "folder", "report"}
        assert (told["exploration"], told["runs"], told["quarters"]) == (EXPLORATION, 3, 12)
        assert sum(row["runs"] for row in told["regimes"]) == 3
        assert {row["regime"] for row in told["regimes"]} <= {regime.code for regime in Regime}
        assert {row["blocker"] for row in told["blockers"]} <= {blocker.code for blocker in Blocker}
        assert sum(row["share"] for row in told["blockers"]) + told["moving_share"] == pytest.approx(1.0)
        assert set(told["time_to_integration"]) == {"reached", "kept", "never", "median", "least", "most"}
        runs = read_run(out).runs
        assert told["form"]["median"] == pytest.approx(runs.form.median())
        assert told["pooled_share"]["most"] == pytest.approx(runs.pooled_share.max())

    def test_as_a_process_says_nothing_more_on_stderr(self, tmp_path: Path) -> None:
        done = subprocess.run([sys.executable, "-m", "incentive_abm", "run", *SHORT, "--json", "--out", str(tmp_path / "out")],
                              capture_output=True, text=True, cwd=ROOT, check=True)
        assert json.loads(done.stdout)["runs"] == 3
        said = [line for line in done.stderr.splitlines() if not line.startswith("Compiling")]
        assert said == []


class TestTheFolder:
    def test_same_seeds_same_bytes_whatever_the_threads(self, tmp_path: Path, capsys: Printed) -> None:
        for name, threads in (("one", "1"), ("two", "2")):
            assert main(["run", "--seeds", "20", "--quarters", "8", "--record", "everything", "--threads", threads, "--out",
                         str(tmp_path / name)]) == 0
        files = sorted(path.name for path in (tmp_path / "one").glob("*.parquet"))
        assert files == ["events.parquet", "measures.parquet", "partners.parquet", "runs.parquet", "ties.parquet"]
        _, differ, failed = filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", [*files, "scenario.toml"], shallow=False)
        assert (differ, failed) == ([], [])

    def test_seeds_are_their_own_whoever_runs_beside_them(self, tmp_path: Path, ran: Run) -> None:
        assert main(["run", "--seeds", "1", "--first-seed", "2", "--quarters", "12", "--out", str(tmp_path / "out")]) == 0
        alone = read_run(tmp_path / "out")
        beside = ran.measures[ran.measures.seed == 2]
        assert alone.measures.drop(columns="run").equals(beside.drop(columns="run").reset_index(drop=True))
        assert alone.runs.run_id[0] == ran.runs.run_id[1]

    def test_mesa_leaves_the_same_behind(self, tmp_path: Path, ran: Run) -> None:
        assert main(["run", "--executor", "mesa", *SHORT, "--out", str(tmp_path / "out")]) == 0
        mesa = read_run(tmp_path / "out")
        assert mesa.manifest["executor"] == "mesa"
        for name in ("runs", "measures", "events"):
            assert getattr(mesa, name).equals(getattr(ran, name)), name

    def test_an_earlier_run_is_replaced(self, tmp_path: Path) -> None:
        for quarters in ("4", "6"):
            assert main(["run", "--seeds", "1", "--quarters", quarters, "--out", str(tmp_path / "out")]) == 0
        assert read_run(tmp_path / "out").manifest["quarters"] == 6
        assert [path.name for path in tmp_path.iterdir()] == ["out"]

    def test_has_a_place_of_its_own_when_none_is_given(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                       capsys: Printed) -> None:
        monkeypatch.chdir(tmp_path)
        assert main(["run", "--seeds", "1", "--quarters", "4", "--scenario", "trust-alone"]) == 0
        assert (tmp_path / "runs" / "marlshire-trust-alone" / "report.html").exists()

    def test_the_manifest_tells_how_to_do_it_again(self, folder: Path, monkeypatch: pytest.MonkeyPatch, ran: Run) -> None:
        monkeypatch.chdir(folder)
        words = ran.manifest["again"].split()
        assert words[0] == "incentive-abm"
        assert main([*words[1:], "--out", str(folder.parent / "again")]) == 0
        again = read_run(folder.parent / "again")
        assert again.runs.equals(ran.runs)
        assert filecmp.cmp(folder / "events.parquet", folder.parent / "again" / "events.parquet", shallow=False)

    def test_only_measures_leaves_no_events(self, tmp_path: Path) -> None:
        assert main(["run", *SHORT, "--record", "measures", "--out", str(tmp_path / "out")]) == 0
        assert not (tmp_path / "out" / "events.parquet").exists()
        assert (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize(("arguments", "message"), [
    (["--seeds", "0"], "argument --seeds: 0 is not a whole number from 1 to 10,000,000"),
    (["--seeds", "many"], "'many' is not a whole number"),
    (["--quarters", "0"], "0 is not a whole number from 1 to 400"),
    (["--quarters", "401"], "401 is not a whole number from 1 to 400"),
    (["--first-seed", "-1"], "-1 is not a whole number from 0"),
    (["--first-seed", "9223372036854775807", "--seeds", "2"], "leaves no room for 2 seeds"),
    (["--threads", "0"], "0 is not a whole number from 1"),
    (["--executor", "mess"], "expected one of engine, mesa (did you mean mesa?)"),
    (["--record", "event"], "expected one of measures, events, everything (did you mean events?)"),
    (["--steps", "40"], "unknown option --steps (here: --quarters)"),
    (["--iterations", "40"], "unknown option --iterations (here: --seeds)"),
    (["--n_jobs", "2"], "unknown option --n_jobs (here: --threads)"),
    (["--recrd", "events"], "unknown option --recrd (did you mean --record?)"),
    (["--scenario", "todai"], "(did you mean today?)"),
    (["--scenario", "nowhere.toml"], "nowhere.toml"),
    (["--set", "bailuot=0"], "(did you mean bailout?)"),
    (["--set", "bailout=2"], "expected a number from 0 to 1"),
    (["--set", "bailout"], "expected name=value"),
    (["--set", "bailout=0", "--set", "bailout=1"], "gives bailout twice"),
    (["--set", "tie_people=10"], "it fills holes in a place's data"),
    (["no-such-place"], "there is no folder no-such-place"),
    (["a", "b"], "is one argument too many"),
])
def test_a_refused_run_is_one_message_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed,
                                                         arguments: list[str], message: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run", *arguments, "--out", "deeper/out"]) == 2
    printed = capsys.readouterr()
    assert message.removeprefix("argument ") in printed.err
    assert printed.err.startswith("incentive-abm: ")
    assert printed.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_scenario_for_another_place_is_refused(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "own.toml").write_text('title = "Own"\n[partners."barts"]\nturnover = 0.2\n', encoding="utf-8")
    assert main(["run", "--scenario", str(tmp_path / "own.toml"), "--out", str(tmp_path / "out")]) == 2
    assert "Marlshire has no partner with id 'barts'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_of_someone_elses_is_left_alone(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "thesis.docx").write_text("mine", encoding="utf-8")
    assert main(["run", *SHORT, "--out", str(tmp_path)]) == 2
    assert "holds thesis.docx and is not the folder of an earlier run; choose a new one" in capsys.readouterr().err
    assert (tmp_path / "thesis.docx").read_text(encoding="utf-8") == "mine"


class TestExplain:
    def test_tells_a_tie_by_ids_labels_or_names(self, folder: Path, ran: Run, capsys: Printed) -> None:
        place = ran.place
        tie = 40
        a, b = int(place.ties.a[tie]), int(place.ties.b[tie])
        told = set()
        for words in (place.partners.ids, place.labels, tuple(label.upper() for label in place.labels)):
            assert main(["explain", str(folder), "--tie", words[b], words[a]]) == 0
            told.add(capsys.readouterr().out)
        assert len(told) == 1
        story = told.pop()
        assert story.startswith(f"{place.labels[a]} and {place.labels[b]}, in Marlshire under “Today”, seed 1\n")
        assert EXPLORATION in story

    def test_tells_another_run(self, folder: Path, ran: Run, capsys: Printed) -> None:
        ids, ties = ran.place.partners.ids, ran.place.ties
        assert main(["explain", str(folder), "--tie", ids[ties.a[0]], ids[ties.b[0]], "--seed", "3"]) == 0
        assert "seed 3\n" in capsys.readouterr().out

    def test_tells_machines_which_events_each_sentence_rests_on(self, folder: Path, ran: Run, capsys: Printed) -> None:
        ids, ties = ran.place.partners.ids, ran.place.ties
        assert main(["explain", str(folder), "--tie", ids[ties.a[0]], ids[ties.b[0]], "--seed", "2", "--json"]) == 0
        story = json.loads(capsys.readouterr().out)
        rows = [row for sentence in story for row in sentence["rows"]]
        assert set(ran.events.run.iloc[rows]) == {1}

    @pytest.mark.parametrize(("arguments", "message"), [
        (["--tie", "saltmouth-council", "saltmouth-counsil"], "no partner 'saltmouth-counsil' (did you mean saltmouth-council?)"),
        (["--tie", "saltmouth-council", "saltmouth-council"], "no tie between"),
        (["--tie", "saltmouth-council"], "expected 2 arguments"),
        ([], "the following arguments are required: --tie"),
        (["--tie", "a", "b", "--seed", "99"], "no partner 'a'"),
        (["--tie", "saltmouth-council", "age-well-marlshire", "--seed", "x"], "'x' is not a whole number from 0"),
    ])
    def test_a_refused_question_is_one_message(self, folder: Path, capsys: Printed, arguments: list[str], message: str) -> None:
        assert main(["explain", str(folder), *arguments]) == 2
        printed = capsys.readouterr()
        assert message in printed.err
        assert printed.out == ""

    def test_a_seed_that_was_not_run_is_told(self, folder: Path, ran: Run, capsys: Printed) -> None:
        ids, ties = ran.place.partners.ids, ran.place.ties
        assert main(["explain", str(folder), "--tie", ids[ties.a[0]], ids[ties.b[0]], "--seed", "99"]) == 2
        assert "--seed 99 is not one of this folder's runs; expected 1 to 3" in capsys.readouterr().err

    def test_without_events_says_how_to_get_them(self, tmp_path: Path, ran: Run, capsys: Printed) -> None:
        assert main(["run", *SHORT, "--record", "measures", "--out", str(tmp_path / "out")]) == 0
        ids, ties = ran.place.partners.ids, ran.place.ties
        assert main(["explain", str(tmp_path / "out"), "--tie", ids[ties.a[0]], ids[ties.b[0]]]) == 2
        assert "it was run with --record measures; run it again with --record events" in capsys.readouterr().err

    def test_a_folder_that_is_no_run_is_told(self, tmp_path: Path, capsys: Printed) -> None:
        assert main(["explain", str(tmp_path), "--tie", "a", "b"]) == 2
        assert "has no manifest.json; expected the folder of a run" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["north-east-london", "england"])
def test_real_places_run_and_read_back(tmp_path: Path, name: str) -> None:
    data = ROOT.parent / "shared" / "data" / name
    if not data.is_dir():
        pytest.skip(f"{name} is not here: real places are read from ../shared/data")
    assert main(["run", str(data), "--seeds", "2", "--quarters", "12", "--out", str(tmp_path / "out")]) == 0
    run = read_run(tmp_path / "out")
    assert run.place.hash == load_place(data).hash
    assert run.place.labels == load_place(data).labels
    assert len(run.events) > len(run.place.ties) * 24


PAGE = ('<html><head><meta name="generator" content="incentive_abm 0.1.0, source {source}; compiled model of sources ab12; '
        'place {place}"></head>')


class TestAPageOfTheStage:
    """`--page`: the report leads to a page that shows its run; a file that cannot do so is told before anything is run."""

    def page(self, folder: Path, source: str = "", place: str = "") -> Path:
        found = folder / "stage.html"
        found.write_text(PAGE.format(source=source or source_hash(), place=place or f"Marlshire {shipped_place().hash[:16]}"),
                         encoding="utf-8")
        return found

    def test_the_report_links_to_it_at_the_run_that_it_shows(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        assert main(["run", *SHORT, "--out", str(out), "--page", str(self.page(tmp_path))]) == 0
        report = (out / "report.html").read_text(encoding="utf-8")
        (address,) = re.findall(r'class="stage" href="([^"]+)"', report)
        assert address.startswith("../stage.html#s=")
        kept = read_link(address.removeprefix("../stage.html"))
        assert str(kept["s"]) in re.findall(r"this one \(seed (\d+)\)", report)
        assert (kept["q"], kept["a"]["preset"], kept["p"]) == (11, "today", shipped_place().hash[:16])

    def test_a_page_by_other_rules_shows_the_runs_that_follow_them(self, tmp_path: Path, capsys: Printed) -> None:
        rules, out = rule_set("exit=none"), tmp_path / "out"
        marlshire = f"Marlshire {shipped_place().hash[:16]}"
        page = str(self.page(tmp_path, f"{source_hash()}; rules {rules.hash} ({rules.told})", marlshire))
        short = ["run", "--seeds", "1", "--quarters", "2", "--out", str(out), "--page", page]
        assert main(short) == 2
        assert f"plays other rules ({rules.hash}), and the runs follow the shipped ones; write it with" in capsys.readouterr().err
        assert main([*short, "--rule", "exit=threshold"]) == 2
        assert "incentive-abm page marlshire --rule exit=threshold --out" in capsys.readouterr().err
        assert not out.exists()
        assert main([*short, "--rule", "exit=none"]) == 0
        (link,) = re.findall(r'class="stage" href="[^"]*(#s=[^"]+)"', (out / "report.html").read_text(encoding="utf-8"))
        assert read_link(link)["u"] == rules.hash

    def test_without_one_nothing_is_linked(self, folder: Path) -> None:
        assert 'class="stage"' not in (folder / "report.html").read_text(encoding="utf-8")

    @pytest.mark.parametrize(("harm", "told"), [
        ({}, "cannot be read: No such file"), ({"text": "<html>"}, "is not a page of the stage"),
        ({"source": "0123456789abcdef"}, "holds the model of other sources (0123456789abcdef)"),
        ({"place": "Elsewhere 0123456789abcdef"}, "shows another place (0123456789abcdef)")])
    def test_another_file_is_told_and_nothing_is_run(self, harm: dict[str, str], told: str, tmp_path: Path,
                                                     capsys: Printed) -> None:
        page = tmp_path / "stage.html"
        if "text" in harm:
            page.write_text(harm["text"], encoding="utf-8")
        elif harm:
            self.page(tmp_path, **harm)
        assert main(["run", *SHORT, "--out", str(tmp_path / "out"), "--page", str(page)]) == 2
        said = capsys.readouterr().err
        assert told in said
        assert f"write it with `incentive-abm page marlshire --out {page}`" in said
        assert not (tmp_path / "out").exists()
