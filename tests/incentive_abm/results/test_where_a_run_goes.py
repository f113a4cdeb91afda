"""A run's folder may be a mount, a link, closed, or none at all: it is filled as it is, or refused before anything is done."""

from __future__ import annotations

import os
import subprocess
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from special_files import SPECIAL, Make, mounted, state_of

from incentive_abm.cli import main
from incentive_abm.results import ResultsError, read_run
from incentive_abm.results.run_folder import built_whole, check_out, recover

Printed = pytest.CaptureFixture[str]


def ran(out: Path, quarters: int = 4) -> int:
    return main(["run", "--seeds", "1", "--quarters", str(quarters), "--out", str(out)])


def fails_half_way(out: Path) -> None:
    with built_whole(out) as making:
        (making / "manifest.json").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt


def test_an_empty_mount_is_filled_and_an_earlier_run_on_it_replaced(tmp_path: Path) -> None:
    with mounted(tmp_path / "volume") as volume:
        (volume / "lost+found").mkdir()
        for quarters in (4, 6):
            assert ran(volume, quarters) == 0
            assert read_run(volume).manifest["quarters"] == quarters
            held = {path.name for path in volume.iterdir()}
            assert held == {*read_run(volume).manifest["files"], "lost+found"}
        with pytest.raises(KeyboardInterrupt):
            fails_half_way(volume)
        assert read_run(volume).manifest["quarters"] == 6
        assert {path.name for path in volume.iterdir()} == held
    assert [path.name for path in tmp_path.iterdir()] == ["volume"]


def test_a_folder_bound_to_another_place_is_filled_where_it_stands(tmp_path: Path) -> None:
    """On the same disk, so that nothing but the attempt to rename it tells that it is a mount."""
    for name in ("there", "out"):
        (tmp_path / name).mkdir()
    if subprocess.run(["mount", "--bind", tmp_path / "there", tmp_path / "out"], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be bound here")
    try:
        for quarters in (4, 6):
            assert ran(tmp_path / "out", quarters) == 0
            assert read_run(tmp_path / "there").manifest["quarters"] == quarters
    finally:
        subprocess.run(["umount", tmp_path / "out"], check=True)
    assert read_run(tmp_path / "there").manifest["quarters"] == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "there"]


@pytest.mark.parametrize("elsewhere", [mounted, nullcontext], ids=["on another disk", "on the same"])
def test_a_link_to_a_folder_is_followed_and_stays(elsewhere: type[AbstractContextManager[Path]], tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with elsewhere(tmp_path / "disk") as disk:
        (disk / "results").mkdir()
        for name, target in (("old", disk / "results"), ("new", disk / "to be made")):
            link = tmp_path / name
            link.symlink_to(target)
            for quarters in (4, 6):
                assert ran(link, quarters) == 0
                assert link.is_symlink()
                assert read_run(target).manifest["quarters"] == quarters
        assert sorted(path.name for path in disk.iterdir()) == ["results", "to be made"]


@pytest.mark.parametrize("make", SPECIAL, ids=lambda make: make.__name__)
@pytest.mark.parametrize("arguments", [
    ["run", "--seeds", "1", "--quarters", "4", "--out", "TARGET"], ["place", "generate", "--seed", "1", "--out", "TARGET"],
    ["place", "check", "--map", "TARGET.svg"],
], ids=["run", "generate", "map"])
def test_what_is_no_folder_or_file_is_told_for_what_it_is_and_left(
        make: Make, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    monkeypatch.chdir(tmp_path)
    target = arguments[-1].replace("TARGET", "target")
    make(tmp_path / target)
    before = state_of(tmp_path)
    assert main([*arguments[:-1], target]) == 2
    said = capsys.readouterr().err
    kinds = {"a_pipe": "pipe", "a_socket": "socket", "a_device": "device", "a_link_to_itself": "symbolic links"}
    assert kinds.get(make.__name__, make.__name__.rpartition("_")[2]) in said
    assert target in said
    assert state_of(tmp_path) == before


def test_a_disk_that_is_closed_is_told_before_any_run(tmp_path: Path, capsys: Printed) -> None:
    with mounted(tmp_path / "disk") as disk:
        (disk / "out").mkdir()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        for out in (disk / "out", disk / "new", disk / "new" / "deeper"):
            with pytest.raises(ResultsError, match="cannot be written to"):
                check_out(out)


def test_what_was_moved_out_of_the_way_on_a_mount_comes_back_after_a_kill(tmp_path: Path) -> None:
    out = tmp_path / "out"
    aside = out / ".999999999.replaced"
    aside.mkdir(parents=True)
    (aside / "manifest.json").write_text("old", encoding="utf-8")
    (aside / "runs.parquet").write_text("old", encoding="utf-8")
    (out / ".999999999.unfinished").mkdir()
    (out / "runs.parquet").write_text("new", encoding="utf-8")
    recover(out)
    assert {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()} == {
        "manifest.json": "old", "runs.parquet": "old"}


@pytest.mark.parametrize("named", ["n" * 300, "d/" * 3000 + "out", "out/" + "n" * 256])
def test_a_name_too_long_for_the_system_is_one_short_message(
        named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (["run", "--seeds", "1", "--quarters", "4", "--out", named], ["run", named],
                      ["explain", named, "--tie", "a", "b"],
                      ["run", "--scenario", named], ["place", "check", "--map", f"{named}.svg"], ["place", "check", named],
                      ["place", "generate", "--seed", "1", "--out", named], ["scenarios", named]):
        assert main(arguments) == 2, arguments
        said = capsys.readouterr().err
        assert said.startswith("incentive-abm: ")
        assert len(said) < 1000, arguments
    assert os.listdir(tmp_path) == []


def test_a_home_of_nobody_is_a_name_like_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    monkeypatch.chdir(tmp_path)
    for named in ("~nosuchuser", "~nosuchuser/today.toml"):
        assert main(["scenarios", named]) == 2
        assert "~nosuchuser" in capsys.readouterr().err
