"""A case of the fuzz: something is damaged or asked for in an odd way, the command is called, and what it did is judged."""

from __future__ import annotations

import io
import random
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from fuzz.ground import SPECIAL, Ground
from fuzz.mutations import NUMBERS, WORDS, damaged, foreign

from incentive_abm.cli import main
from incentive_abm.engine.run import Batch, Job, Record
from incentive_abm.engine.saving import load_batch, save_batch
from incentive_abm.errors import UserError
from incentive_abm.place import generate_place
from incentive_abm.scenario import load_scenario

LONGEST = 120
"""Seconds after which a case counts as one that never ends: compiling is done by then, and nothing else takes as long."""
STUDY = """title = "Small"
question = "Does it hold?"
about = "A small one."
quarters = 8
replicates = 2
seed = 3
place = "place"
keep = ["trust"]
keep_series = ["integration"]
[factors.bailout]
low = 0.1
high = 0.9
[factors.protocol]
[factors.objectives]
label = "Common objectives"
on = { obligations_clarity = 0.8, outcomes_stated = 0.8 }
[design]
method = "latin_hypercube"
points = 6
"""
POINTS = STUDY[: STUDY.index("method")].replace("low = 0.1\nhigh = 0.9\n", "") + 'method = "points"\nfile = "points.csv"\n'
SCENARIO = """title = "Own"
question = "What then?"
extends = "trust-alone"
[parameters]
listening = 0.5
[kinds.trust]
bailout = 0.9
[partners."{partner}"]
turnover = 0.1
[[events]]
quarter = 1
what = "set"
title = "A law"
parameters = {{ payment_reform = 0.9 }}
[[events]]
quarter = 2
what = "leader"
kind = "trust"
background = "hospital"
skill = 0.2
[[events]]
quarter = 2
what = "broker"
between = ["trust", "gp"]
scope = 0.3
"""
SWEEP = ("sweep", "study.toml", "--workers", "1", "--no-report")
RUN = ("run", "place", "--seeds", "2", "--quarters", "3")


@dataclass
class Case:
    """What was damaged, the command, and what came of it."""

    damage: str
    arguments: list[str]
    code: int = -1
    out: str = ""
    err: str = ""
    before: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.damage or 'nothing damaged'}; {' '.join(self.arguments)[:300]}\n→ {self.code}: {self.err[-3000:]}"


class Originals:
    """Whole files of every kind, made once; each case begins with copies of those it needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        place = generate_place(4, trusts=1, councils=1, gps=2, voluntary=1)
        place.save(folder / "place")
        (folder / "own.toml").write_text(SCENARIO.format(partner=place.partners.ids[0]), encoding="utf-8")
        (folder / "study.toml").write_text(STUDY, encoding="utf-8")
        (folder / "by-points.toml").write_text(POINTS, encoding="utf-8")
        points = "bailout,protocol,objectives\n0.1,nash,true\n0.9,alternating,false\n"
        (folder / "points.csv").write_text(points, encoding="utf-8")
        for arguments in ((*RUN, "--record", "everything", "--out", "ran"), (*SWEEP, "--out", "swept"),
                          (*SWEEP, "--out", "begun", "--max-runs", "4"), ("place", "check", "place"), ("scenarios", "own.toml"),
                          ("run", "place", "--scenario", "own.toml", "--seeds", "1", "--quarters", "3", "--out", "own"),
                          ("sweep", "by-points.toml", "--workers", "1", "--no-report", "--out", "by-points")):
            case = called(Case("", list(arguments)))
            assert case.code == 0, case
        (folder / "ran" / "report.html").unlink()
        self.place = place
        self.batch = Batch.begin(place, [Job(load_scenario("today"), seed) for seed in (1, 2)])
        self.batch.advance(2)
        save_batch(self.batch, folder / "batch.npz")
        self.results = pq.read_table(folder / "swept" / "results.parquet").replace_schema_metadata(None)
        a, b = (place.partners.ids[k] for k in (place.ties.a[0], place.ties.b[0]))
        self.tie = ("--tie", a, b)
        self.told = called(Case("", ["explain", "ran", *self.tie])).out

    def copy(self, work: Path, *names: str) -> None:
        """Put copies of some into the working folder."""
        for name in names:
            source = self.folder / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, work / name)


def called(case: Case) -> Case:
    """Call the command as its process would, in this one."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), ended_in_time():
        try:
            case.code = main(case.arguments)
        except SystemExit as left:
            case.code = left.code if isinstance(left.code, int) else 0
    case.out, case.err = out.getvalue(), err.getvalue()
    return case


@contextmanager
def ended_in_time() -> Iterator[None]:
    def too_long(number: int, frame: object) -> None:
        raise TimeoutError(f"no end in {LONGEST} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


Play = Callable[[Ground, Originals, random.Random], Case]


def play(ground: Ground, case: Case) -> Case:
    """Call a case's command and hold it to what is promised of every command."""
    ground.require_within(case.arguments)
    before = ground.state()
    try:
        called(case)
    except BaseException as error:
        raise AssertionError(f"a traceback: {error!r}\n{case}") from error
    after = ground.state()
    assert case.code in (0, 1, 2), case
    assert "Traceback" not in case.err, case
    assert len(case.err) < 6000, f"a message of {len(case.err)} letters\n{case}"
    assert not any(name.endswith((".tmp", ".unfinished", ".replaced")) for name in after), f"left behind: {sorted(after)}\n{case}"
    for name in SPECIAL:
        assert before.get(name) == after.get(name), f"{name} is no longer what it was\n{case}"
    if case.code == 2:
        assert case.err.splitlines()[0].strip(), case
        if case.arguments[0] != "sweep":
            assert before == after, f"a refused command changed something\n{case}"
    return case


def of_a_place(ground: Ground, originals: Originals, chance: random.Random) -> Case:
    originals.copy(ground.work, "place")
    what = damaged(ground.work / "place" / chance.choice(("partners.csv", "ties.csv")), chance)
    arguments = chance.choice((["place", "check", "place"], ["place", "check", "place", "--map", "map.html"],
                               ["run", "place", "--seeds", "1", "--quarters", "2", "--record", "measures", "--out", "out"]))
    case = play(ground, Case(what, arguments))
    if case.code == 0:
        assert "nan" not in case.out.split(), case
    if case.code == 0 and arguments[0] == "run":
        numbers = pq.read_table(ground.work / "out" / "runs.parquet").select(["integration", "form", "equity"]).to_pandas()
        assert numbers.apply(np.isfinite).all(axis=None), case
        assert numbers["integration"].between(0, 1).all(), case
    return case


def of_a_scenario(ground: Ground, originals: Originals, chance: random.Random) -> Case:
    originals.copy(ground.work, "place", "own.toml")
    what = damaged(ground.work / "own.toml", chance)
    asked = ["scenarios", "own.toml"] if chance.random() < 0.6 else [
        "run", "place", "--scenario", "own.toml", "--seeds", "1", "--quarters", "3", "--record", "measures", "--out", "out"]
    return play(ground, Case(what, asked))


def of_a_study(ground: Ground, originals: Originals, chance: random.Random) -> Case:
    originals.copy(ground.work, "place", "study.toml", "by-points.toml", "points.csv")
    name = chance.choice(("study.toml", "study.toml", "by-points.toml", "points.csv"))
    what = damaged(ground.work / name, chance)
    study = "study.toml" if name == "study.toml" else "by-points.toml"
    case = play(ground, Case(what, ["sweep", study, "--workers", "1", "--no-report", "--max-runs", "2", "--out", "new"]))
    if case.code == 2:
        assert not (ground.work / "new").exists(), f"a refused study left a folder\n{case}"
    return case


def of_a_sweep(ground: Ground, originals: Originals, chance: random.Random) -> Case:
    name = chance.choice(("swept", "swept", "begun"))
    originals.copy(ground.work, name, "place", "study.toml")
    files = sorted(path for path in (ground.work / name).rglob("*") if path.is_file())
    folders = sorted(path for path in (ground.work / name).rglob("*") if path.is_dir())
    what = foreign(chance.choice(folders), chance) if chance.random() < 0.2 else damaged(chance.choice(files), chance)
    analysed = ["analyse", name, "--no-pictures", "--out", "report.html"]
    asked = chance.choice((["verify", name, "--rows", "2"], analysed, [*SWEEP, "--out", name], [*SWEEP, "--out", name]))
    case = play(ground, Case(what, asked))
    if asked[0] == "verify" and case.code == 1:
        raise AssertionError(f"a damage was taken for another result\n{case}")
    if asked[0] == "sweep" and case.code == 0:
        now = pq.read_table(ground.work / name / "results.parquet").replace_schema_metadata(None)
        assert now.equals(originals.results), f"the sweep ended with other rows\n{case}"
        again = play(ground, Case(what, analysed))
        assert again.code == 0, f"what a sweep has mended cannot be analysed\n{again}"
    return case


def of_a_run(ground: Ground, originals: Originals, chance: random.Random) -> Case:
    originals.copy(ground.work, "ran", "place")
    files = sorted(path for path in (ground.work / "ran").rglob("*") if path.is_file())
    if chance.random() < 0.15:
        what = foreign(ground.work / "ran", chance)
        return play(ground, Case(what, [*RUN, "--record", "measures", "--out", "ran"]))
    path = chance.choice(files)
    what = damaged(path, chance)
    case = play(ground, Case(what, ["explain", "ran", *originals.tie]))
    if case.code == 0 and path.suffix == ".parquet":
        assert case.out == originals.told, f"another story was told\n{case}"
    return case


def of_a_saved_batch(ground: Ground, originals: Originals, chance: random.Random) -> Case:
    originals.copy(ground.work, "batch.npz")
    case = Case(damaged(ground.work / "batch.npz", chance), ["(load_batch)"])
    try:
        with ended_in_time():
            again = load_batch(ground.work / "batch.npz", originals.place)
    except UserError as error:
        case.code, case.err = 2, str(error)
        return case
    except BaseException as error:
        raise AssertionError(f"a traceback: {error!r}\n{case}") from error
    went_on = originals.batch.copy().advance(1, Record.ENDINGS)
    assert again.advance(1, Record.ENDINGS).last.tobytes() == went_on.last.tobytes(), f"another batch was read\n{case}"
    case.code = 0
    return case


def of_the_command_line(ground: Ground, originals: Originals, chance: random.Random) -> Case:
    originals.copy(ground.work, "place", "own.toml", "study.toml", "points.csv", "ran", "begun")
    ground.special_files()
    paths = (*SPECIAL, "place", "own.toml", "place/partners.csv", "new", "new/deeper", "ran", "begun", "n" * 300, "own.toml/x",
             "a-pipe/x", "place/", "new.svg", "é", "-", "a b", "new\nline", "", ".hidden", "%s", "a=b")
    words = tuple(word for word in (*WORDS, *NUMBERS, *paths) if "\0" not in word and word != "n" * 5000)
    known = {
        "run": (["--seeds", "1", "--quarters", "2"],
                ["--scenario", "--set", "--out", "--seeds", "--first-seed", "--quarters", "--record", "--executor", "--threads",
                 "PLACE"]),
        "explain": (["ran", *originals.tie], ["--seed", "--tie", "PLACE"]),
        "parameters": ([], ["--group", "PLACE"]),
        "scenarios": ([], ["PLACE"]),
        "place check": (["place"], ["--map", "PLACE"]),
        "place generate": (["--seed", "1", "--trusts", "1", "--councils", "1", "--gps", "1", "--voluntary", "1", "--out", "made"],
                           ["--seed", "--ties", "--out", "--trusts"]),
        "sweep": (["study.toml", "--workers", "1", "--no-report", "--max-runs", "2", "--out", "made"],
                  ["--out", "--place", "--shard"]),
        "analyse": (["begun", "--no-pictures", "--out", "report.html"], ["--out", "PLACE"]),
        "verify": (["begun", "--rows", "1"], ["--rows", "--seed", "PLACE"]),
    }
    name = chance.choice(tuple(known))
    usual, options = known[name]
    arguments = [*name.split(), *usual]
    if name == "run":
        arguments += ["--out", "made"]
    for _ in range(chance.choice((1, 1, 2, 3))):
        option, value = chance.choice(options), chance.choice(paths if chance.random() < 0.5 else words)
        if option == "--tie":
            arguments += [option, value, chance.choice(words)]
        elif option == "PLACE":
            arguments.append(value)
        elif option == "--set":
            arguments += [option, f"{chance.choice(('bailout', 'protocol', 'tie_people', *WORDS[:4]))}={value}".replace("\0", "")]
        else:
            arguments += [option, value] if chance.random() < 0.8 else [f"{option}={value}"]
    return play(ground, Case("", arguments))


PLAYS: tuple[tuple[Play, int], ...] = (
    (of_a_place, 22), (of_a_scenario, 14), (of_a_study, 12), (of_a_sweep, 20), (of_a_run, 14), (of_a_saved_batch, 4),
    (of_the_command_line, 14),
)
"""What is tried, and how often of a hundred times."""
