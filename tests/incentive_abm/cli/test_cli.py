"""The command line as a user meets it: what is printed where, with which exit code, and what is left on disk."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from incentive_abm import EXPLORATION, __version__
from incentive_abm.cli import main, program
from incentive_abm.cli.commands import COMMANDS
from incentive_abm.compiling import source_hash
from incentive_abm.compiling.sources import cache_folder
from incentive_abm.parameters import PARAMETERS
from incentive_abm.place import load_place
from incentive_abm.scenario import load_scenario, shipped_scenarios

Printed = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[3]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "incentive_abm", *arguments]


class TestHelp:
    @pytest.mark.parametrize("asked", [[], ["--help"], ["-h"], ["help"]])
    def test_names_every_command_and_says_what_this_is_not(self, asked: list[str], capsys: Printed) -> None:
        assert main(asked) == 0
        told = capsys.readouterr().out
        assert EXPLORATION in told
        assert all(f"  {each.name} " in told for each in COMMANDS)

    @pytest.mark.parametrize(("asked", "light"), [
        (["--help"], {"numpy", "numba", "pandas", "mesa", "plotly", "pyarrow", "networkx"}),
        (["scenarios", "today"], {"numba", "pandas", "mesa", "plotly", "pyarrow", "networkx"}),
        (["place", "check", "incentive_abm/data/marlshire"], {"numba", "pandas", "mesa", "plotly", "pyarrow", "networkx"}),
        (["run", "--seeds", "2", "--quarters", "8", "--out", "OUT"], {"pandas", "mesa", "networkx"}),
    ], ids=lambda each: each[0] if isinstance(each, list) else "")
    def test_loads_nothing_heavy_that_it_does_not_need(self, asked: list[str], light: set[str], tmp_path: Path) -> None:
        asked = [str(tmp_path / "out") if word == "OUT" else word for word in asked]
        script = f"import sys; from incentive_abm.cli import main; main({asked}); print('MODULES', *sys.modules)"
        seen = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
        assert light.isdisjoint(seen.stdout.partition("MODULES")[2].split())

    def test_version_names_the_source(self, capsys: Printed) -> None:
        assert main(["--version"]) == 0
        named, kept = capsys.readouterr().out.splitlines()
        assert named == f"incentive-abm {__version__} (source {source_hash()})"
        assert kept == f"Compiled code is kept in {cache_folder()}"

    @pytest.mark.parametrize("each", COMMANDS, ids=lambda each: each.name)
    def test_every_command_is_there_and_explains_itself(self, each: object, capsys: Printed) -> None:
        with pytest.raises(SystemExit) as left:
            main([each.name, "--help"])  # type: ignore[attr-defined]
        assert left.value.code == 0
        assert f"usage: incentive-abm {each.name}" in capsys.readouterr().out  # type: ignore[attr-defined]

    def test_the_installed_command_is_this_one(self) -> None:
        declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
        module, function = declared["incentive-abm"].split(":")
        assert getattr(importlib.import_module(module), function) is program


class TestParameters:
    def test_lists_the_whole_table(self, capsys: Printed) -> None:
        assert main(["parameters"]) == 0
        told = capsys.readouterr().out
        assert all(f"  {name} = " in told for name in PARAMETERS)

    def test_lists_one_group(self, capsys: Printed) -> None:
        assert main(["parameters", "--group", "money"]) == 0
        told = capsys.readouterr().out
        assert "bailout = 0.5" in told
        assert "listening" not in told

    def test_tells_machines_the_same(self, capsys: Printed) -> None:
        assert main(["parameters", "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        assert [row["name"] for row in rows] == list(PARAMETERS)
        assert all(PARAMETERS[row["name"]].read(row["default"]) == PARAMETERS[row["name"]].default for row in rows)


class TestScenarios:
    def test_lists_each_with_its_question(self, capsys: Printed) -> None:
        assert main(["scenarios"]) == 0
        told = capsys.readouterr().out
        for scenario in shipped_scenarios().values():
            assert f"{scenario.name}: {scenario.title}\n    {scenario.question}" in told

    @pytest.mark.parametrize("name", shipped_scenarios())
    def test_one_is_shown_as_a_file_to_start_from(self, name: str, capsys: Printed, tmp_path: Path) -> None:
        assert main(["scenarios", name]) == 0
        file = tmp_path / f"{name}.toml"
        file.write_text(capsys.readouterr().out, encoding="utf-8")
        assert load_scenario(file) == load_scenario(name)

    def test_tells_machines_the_same(self, capsys: Printed) -> None:
        assert main(["scenarios", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [each["hash"] for each in told] == [scenario.hash for scenario in shipped_scenarios().values()]
        assert main(["scenarios", "reversal", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["events"][0]["what"] == "reversal"


class TestPlace:
    def test_the_shipped_place_is_checked_and_drawn(self, capsys: Printed, tmp_path: Path) -> None:
        drawn = tmp_path / "map.svg"
        assert main(["place", "check", "--map", str(drawn)]) == 0
        told = capsys.readouterr().out
        assert EXPLORATION in told
        assert str(drawn) in told
        assert drawn.read_text(encoding="utf-8").startswith("<svg")

    def test_one_is_generated_and_reads_back(self, capsys: Printed, tmp_path: Path) -> None:
        made = tmp_path / "made"
        asked = ["place", "generate", "--seed", "7", "--trusts", "2", "--councils", "1", "--gps", "4",
                 "--voluntary", "3"]
        assert main([*asked, "--out", str(made)]) == 0
        assert "10 partners" in capsys.readouterr().out
        assert len(load_place(made)) == 10
        assert main([*asked, "--out", str(tmp_path / "again" / "made")]) == 0
        assert load_place(tmp_path / "again" / "made").hash == load_place(made).hash

    def test_a_real_place_says_what_is_assumed(self, capsys: Printed) -> None:
        real = ROOT / "../shared/data/north-east-london"
        if not real.is_dir():
            pytest.skip("real data is not here: ../shared/data/north-east-london")
        assert main(["place", "check", str(real)]) == 0
        assert "97 partners" in capsys.readouterr().out


MISTAKES = [
    (["rnu"], r"no command is called 'rnu' \(did you mean run\?\); expected one of run, explain"),
    (["scenario"], r"no command is called 'scenario' \(did you mean scenarios\?\)"),
    (["--seeds", "20"], "unknown option --seeds; the command comes first"),
    (["parameters", "bailot"], r"no parameter is called 'bailot' \(did you mean bailout\?\)"),
    (["parameters", "--grop", "money"], r"unknown option --grop \(did you mean --group\?\)"),
    (["parameters", "--group", "mony"], r"--group is 'mony'; expected one of values, .*\(did you mean money\?\)"),
    (["parameters", "--group"], "--group: expected one argument"),
    (["parameters", "--js"], r"unknown option --js"),
    (["scenarios", "today", "tomorrow"], "'tomorrow' is one argument too many"),
    (["scenarios", "todya"], r"no scenario is called 'todya' \(did you mean today\?\)"),
    (["scenarios", "gone.toml"], "there is no scenario file gone.toml"),
    (["place"], "the following arguments are required: check|import|generate"),
    (["place", "chek"], r"is 'chek'; expected one of check, import, generate \(did you mean check\?\)"),
    (["place", "check", "gone"], "there is no folder gone"),
    (["place", "check", "--map", "map.pdf"], r"map\.pdf: a map is written as \.svg or \.html"),
    (["place", "check", "--mpa", "map.svg"], r"unknown option --mpa \(did you mean --map\?\)"),
    (["place", "generate", "--out", "new"], "the following arguments are required: --seed"),
    (["place", "generate", "--seed", "1"], "the following arguments are required: --out"),
    (["place", "generate", "--seed", "one", "--out", "new"], "--seed: 'one' is not a whole number from 0"),
    (["place", "generate", "--seed", "-1", "--out", "new"], "--seed: -1 is not a whole number from 0"),
    (["place", "generate", "--seed", "1.5", "--out", "new"], "--seed: '1.5' is not a whole number from 0"),
    (["place", "generate", "--seed", "1", "--gps", "-3", "--out", "new"], "--gps: -3 is not a whole number from 0"),
    (["place", "generate", "--seed", "1", "--ties", "0", "--out", "new"], "--ties: 0 is not a whole number from 1"),
    (["place", "generate", "--seed", "1", "--trusts", "1", "--councils", "0", "--gps", "0", "--voluntary", "0",
      "--out", "new"], "1 partners make no place; expected at least two"),
    (["place", "generate", "--seed", "1", "--out", "full"], "--out full is a folder that is not empty"),
]


@pytest.mark.parametrize(("arguments", "told"), MISTAKES, ids=[" ".join(arguments) for arguments, _ in MISTAKES])
def test_a_mistake_is_one_message_and_changes_nothing(
    arguments: list[str], told: str, capsys: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.match(f"^incentive-abm: .*{told.replace('|', '[|]')}", printed.err, re.DOTALL), printed.err
    assert "Traceback" not in printed.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["full", "notes.txt"]


def test_a_command_without_its_packages_says_what_to_install(
    capsys: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from incentive_abm.cli import main as _main  # the package's function hides its module of the same name
    from incentive_abm.cli.commands import Command

    (tmp_path / "needy.py").write_text('"""Needs more."""\nimport a_package_nobody_has\n')
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys.modules[_main.__module__], "COMMANDS", (Command("needy", "needy", "needs more", "stage"),))
    assert _main(["needy"]) == 2
    told = capsys.readouterr().err
    assert told == ("incentive-abm: needy needs a_package_nobody_has, which is not installed; "
                    "install 'incentive-abm[stage]'\n")


@pytest.mark.skipif(os.name != "posix", reason="signals and pipes as on POSIX systems")
class TestProcess:
    def test_a_mistake_exits_with_2(self) -> None:
        done = subprocess.run(command("scenarios", "todya"), capture_output=True, text=True, cwd=ROOT, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("incentive-abm: no scenario is called 'todya'")

    def test_a_reader_who_leaves_early_is_no_error(self) -> None:
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(command("parameters"), stdout=write, stderr=subprocess.PIPE, text=True, cwd=ROOT,
                              check=False)
        os.close(write)
        assert done.stderr == ""
        assert done.returncode == 141

    def test_ctrl_c_stops_with_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "endless.py").write_text(
            '"""Never ends."""\nimport time\ndef add_arguments(parser): pass\n'
            'def main(args):\n    print("ready", flush=True)\n    time.sleep(60)\n    return 0\n')
        script = ("import sys; from incentive_abm.cli import main; from incentive_abm.cli.commands import Command; "
                  "sys.modules[main.__module__].COMMANDS = (Command('endless', 'endless', 'never ends'),); "
                  "sys.exit(main(['endless']))")
        process = subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])})
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
        assert process.returncode == 130
        assert told.strip() == "incentive-abm: stopped"
