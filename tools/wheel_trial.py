"""Try the wheel as a user would: built from this folder, installed into an empty environment, used from an empty folder.

    python -m tools.wheel_trial                     every interpreter found, pinned and lowest versions
    python -m tools.wheel_trial --python 3.12       one interpreter
    python -m tools.wheel_trial --versions lowest   the oldest releases that pyproject.toml promises

Interpreters that are not there are told as skipped. Nothing is left behind.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SUPPORTED = ("3.11", "3.12", "3.13")
NOT_TRIED = ("dev", "docking")
"""Extras that only serve work on the project itself, or a comparison with large libraries of others."""
VERSIONS = ("pinned", "lowest")
NEWER = ("page-rules",)
"""Extras that need newer releases than the rest promises to do with, so that they are left out of the lowest."""
MOST_SECONDS = 300
SHIPPED_TIE = ("minster-gate", "thornminster-hospitals")
SWEEP = '''
title = "Small"
question = "Does it run?"
quarters = 8
keep_series = ["integration"]
[factors.bailout]
[factors.listening]
[design]
method = "sobol"
base_rows = 4
'''
SCRIPT = '''
import warnings
warnings.simplefilter("error", DeprecationWarning)  # ours: libraries' own are told where they are raised
import incentive_abm
from incentive_abm import IntegrationModel, Kind, Measure, Record, load_scenario, place_from_graph, read_run, run, shipped_place
assert "site-packages" in incentive_abm.__file__, incentive_abm.__file__
warnings.resetwarnings()
place = shipped_place()
result = run(place, load_scenario("ten-lessons"), seeds=[1, 2], quarters=4, record=Record.PICTURES)
model = IntegrationModel(place, "ten-lessons", seed=1, quarters=4)
model.run_model()
table = model.datacollector.get_model_vars_dataframe()
assert table["integration"].iloc[-1] == result.last[0, Measure.INTEGRATION], "the two executors differ"
assert dict(result.to_xarray().sizes)["run"] == 2
assert place_from_graph(place.to_graph(), "again").hash == place.hash
assert len(read_run("run").to_frame("measures")) == 2 * 4
from experiments import read_sweep
assert read_sweep("sweep").to_xarray().sizes["run"] > 0
import diptest, distributed, scipy.stats, sklearn.tree, statsmodels.duration.hazard_regression, statsmodels.duration.survfunc
print("python door:", Kind.TRUST.code, result.to_frame().shape)
'''


@dataclass(frozen=True)
class Trial:
    """One interpreter with one set of versions."""

    version: str
    python: Path
    versions: str

    @property
    def name(self) -> str:
        return f"Python {self.version}, {self.versions} versions"


class TrialError(Exception):
    """Something that a user of the wheel would have met."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trials; 0 where every one that could be made went well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", choices=SUPPORTED, metavar="X.Y", help="an interpreter; may be given again")
    parser.add_argument("--brief", action="store_true", help="the oldest Python pinned, the newest at the lowest versions")
    parser.add_argument("--versions", action="append", choices=VERSIONS, help="a set of versions; may be given again")
    asked = parser.parse_args(arguments)
    trials: list[Trial] = []
    for version in asked.python or SUPPORTED:
        python = interpreter(version)
        if python is None:
            print(f"Skipped: Python {version}, which is not here", flush=True)
            continue
        trials += [Trial(version, python, versions) for versions in asked.versions or VERSIONS]
    if asked.brief and len(trials) > 1:
        trials = [trials[0], trials[-1]]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="wheel-trial-") as made:
        wheel = built(Path(made) / "wheel")
        print(f"Wheel: {wheel.name}, {wheel.stat().st_size / 2**20:.1f} MiB", flush=True)
        for number, trial in enumerate(trials):
            begun = time.monotonic()
            try:
                told = tried(trial, wheel, Path(made) / str(number))
            except TrialError as error:
                failed += 1
                print(f"FAILED: {trial.name}: {error}", flush=True)
                continue
            print(f"{trial.name}: works, {time.monotonic() - begun:.0f} s ({told})", flush=True)
    print(f"{len(trials) - failed} of {len(trials)} trials went well", flush=True)
    return 1 if failed or not trials else 0


def interpreter(version: str) -> Path | None:
    """An interpreter of that version that can make environments, or None."""
    found = [shutil.which(f"python{version}"), sys.executable]
    found += [str(path) for path in sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))]
    for candidate in found:
        if candidate is None:
            continue
        told = subprocess.run([candidate, "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"],
                              capture_output=True, text=True, check=False)
        if told.returncode == 0 and told.stdout.strip() == version:
            return Path(candidate)
    return None


def built(folder: Path) -> Path:
    """The wheel, built from a copy of the sources, so that nothing of an earlier build gets into it."""
    copy = folder / "sources"
    ignored = shutil.ignore_patterns(".*", "runs", "bench", "build", "dist", "*.egg-info", "__pycache__", "tests", "docs")
    shutil.copytree(ROOT, copy, ignore=ignored)
    do([uv(), "build", "--quiet", "--wheel", "--out-dir", str(folder), str(copy)], folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def uv() -> str:
    """The installer, from the environment that runs this."""
    beside = Path(sys.executable).parent / "uv"
    found = str(beside) if beside.is_file() else shutil.which("uv")
    if found is None:
        raise SystemExit("uv is not installed; install the project with its extra dev: make install")
    return found


def tried(trial: Trial, wheel: Path, folder: Path) -> str:
    """Install and use it; what was seen, in a few words. Raises TrialError."""
    environment, work = folder / "environment", folder / "an empty folder"
    work.mkdir(parents=True)
    do([uv(), "venv", "--quiet", "--python", str(trial.python), str(environment)], folder)
    begun = time.monotonic()
    pins = ROOT / "constraints.txt" if trial.versions == "pinned" else lowest(trial, folder)
    do([uv(), "pip", "install", "--quiet", "--python", str(environment), "--only-binary", ":all:", "--constraint", str(pins),
        f"incentive-abm[{','.join(extras(trial))}] @ {wheel.as_uri()}"], folder)
    installed = time.monotonic() - begun
    command = str(environment / "bin" / "incentive-abm")
    (work / "small.toml").write_text(SWEEP, encoding="utf-8")
    told = do([command, "--version"], work)
    expect(str(environment) in told, f"--version does not tell a cache in the environment: {told}")
    expect("Marlshire" in do([command, "place", "check", "--map", "map.svg"], work), "place check")
    expect("ten-lessons" in do([command, "scenarios"], work), "scenarios")
    expect("bail-outs" in do([command, "sweep"], work), "sweep lists no studies")
    begun = time.monotonic()
    do([command, "run", "--scenario", "ten-lessons", "--seeds", "2", "--quarters", "4", "--out", "run"], work)
    first = time.monotonic() - begun
    expect("An exploration, not a forecast." in (work / "run" / "report.html").read_text(encoding="utf-8"), "the run's report")
    expect(bool(do([command, "explain", "run", "--tie", *SHIPPED_TIE], work).strip()), "explain")
    do([command, "sweep", "small.toml", "--out", "sweep", "--workers", "1"], work)
    expect((work / "sweep" / "report.html").is_file(), "the sweep's report")
    do([str(environment / "bin" / "python"), "-c", SCRIPT], work)
    page_is_served(command, work)
    if trial.versions == "pinned":
        do([command, "page", "--rule", "bargaining=nash", "--out", "nash.html"], work)
        expect("the largest product of gains" in (work / "nash.html").read_text(encoding="utf-8"), "a page by another rule")
    versions = do([uv(), "pip", "freeze", "--python", str(environment)], folder)
    numpy = re.search(r"^numpy==(\S+)", versions, re.MULTILINE)
    return f"numpy {numpy[1] if numpy else '?'}; installed in {installed:.0f} s, first run {first:.0f} s"


def extras(trial: Trial) -> list[str]:
    """The extras that users install, as far as they go with a trial's versions."""
    left_out = (*NOT_TRIED, *(NEWER if trial.versions == "lowest" else ()))
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [name for name in told["project"]["optional-dependencies"] if name not in left_out]


def lowest(trial: Trial, folder: Path) -> Path:
    """Constraints that hold what pyproject.toml names at the lowest releases that it allows."""
    pins = folder / "lowest.txt"
    chosen = [word for extra in extras(trial) for word in ("--extra", extra)]
    do([uv(), "pip", "compile", "--quiet", "--resolution", "lowest-direct", "--only-binary", ":all:", "--no-annotate",
        "--python", str(trial.python), *chosen, "--output-file", str(pins), str(ROOT / "pyproject.toml")], folder)
    return pins


def page_is_served(command: str, work: Path) -> None:
    """The page with its scripts, styles and compiled model comes from the wheel."""
    with subprocess.Popen([command, "workshop", "--port", "0", "--no-browser"], cwd=work, env=clean(), text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            assert process.stdout is not None
            address, said = None, ""
            while address is None:
                line = process.stdout.readline()
                said += line
                expect(bool(line), f"the page did not start: {said}")
                address = re.search(r"http://\S+", line)
            page = fetched(address[0])
            expect("An exploration, not a forecast." in page, "the page does not say what it is")
            for part in ("stage/pages/stage_file.js", "stage/vendor/smol_toml.js", 'id="module"', ".theatre"):
                expect(part in page, f"{part} is not in the page")
            expect("Facilitator" in fetched(f"{address[0]}console"), "the facilitator's own page is not served")
        finally:
            process.terminate()


def fetched(address: str) -> str:
    """What stands at an address of this machine."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(60):
        try:
            with opener.open(address, timeout=60) as answer:
                text: str = answer.read().decode()
                return text
        except urllib.error.HTTPError as error:
            raise TrialError(f"{address}: {error.code}") from None
        except OSError:
            time.sleep(0.5)
    raise TrialError(f"{address} does not answer")


def do(command: Sequence[str], folder: Path) -> str:
    """Run a command in a folder; what it printed. Raises TrialError where it fails."""
    try:
        done = subprocess.run(command, cwd=folder, env=clean(), capture_output=True, text=True, check=False, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        raise TrialError(f"{' '.join(command[:4])} … took more than {MOST_SECONDS} s") from None
    if done.returncode != 0:
        told = (done.stderr or done.stdout).strip()
        raise TrialError(f"{' '.join(map(str, command[:4]))} … ended with {done.returncode}:\n{told[-3000:]}")
    return done.stdout + done.stderr


def expect(seen: bool, what: str) -> None:
    """Raise TrialError unless it was seen."""
    if not seen:
        raise TrialError(what)


def clean() -> dict[str, str]:
    """The surroundings without anything that leads back to the sources or to another environment."""
    ours = ("PYTHON", "VIRTUAL_ENV", "INCENTIVE_ABM", "MYPY")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


if __name__ == "__main__":
    sys.exit(main())
