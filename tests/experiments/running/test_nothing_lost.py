"""Kill it, fill the disk, press Ctrl-C: what is stored stays, and the sweep ends as if nothing had happened."""

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_study import LONGER, command, plan_of, same, swept

from experiments.running.workers import Processes
from incentive_abm.errors import StudyError

WORKERS = 2
linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("study") / "longer.toml"
    path.write_text(LONGER, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference") / "longer"
    assert swept(plan_of(LONGER), folder).complete
    return folder


def parts(folder: Path) -> int:
    return len(list((folder / "parts").glob("*.parquet")))


def family(session: int) -> dict[int, int]:
    """Living processes of a session, with their parents."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found[int(path.parent.name)] = int(fields[1])
    return found


def workers(session: int) -> list[int]:
    """Processes that run chunks: grandchildren of the command."""
    parents = family(session)
    return [pid for pid, parent in parents.items() if parent != session and parents.get(parent) == session]


def waited(process: "subprocess.Popen[str]", folder: Path, for_parts: int) -> None:
    until = time.monotonic() + 120
    while parts(folder) < for_parts and process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)


def finished(process: "subprocess.Popen[str]") -> str:
    out, err = process.communicate(timeout=180)
    assert process.returncode == 0, err
    return out


def kill_the_parent(study: Path, folder: Path, chance: random.Random) -> None:
    process = command("sweep", study, "--out", folder, "--workers", WORKERS, "--no-report")
    waited(process, folder, chance.randrange(0, 25))
    time.sleep(chance.random() * 0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    assert not (folder / "results.parquet").exists(), "it was killed too late to show anything"
    until = time.monotonic() + 30
    while family(process.pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert not family(process.pid), "workers must end with the sweep that began them"
    finished(command("sweep", study, "--out", folder, "--workers", WORKERS, "--no-report"))


def kill_a_worker(study: Path, folder: Path, chance: random.Random) -> None:
    process = command("sweep", study, "--out", folder, "--workers", WORKERS, "--no-report")
    waited(process, folder, chance.randrange(1, 20))
    time.sleep(chance.random() * 0.05)
    os.kill(chance.choice(workers(process.pid)), signal.SIGKILL)
    finished(process)
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["last_session"]
    assert 1 <= told["chunks_handed_back"] <= 2 * WORKERS
    assert told["runs"] == 1024


@linux
@pytest.mark.parametrize("kill", [kill_the_parent, kill_a_worker])
def test_killed_at_a_random_moment_the_sweep_ends_the_same(kill, study: Path, reference: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    kill(study, tmp_path / "sweep", random.Random(1))
    same(tmp_path / "sweep", reference)


@linux
@pytest.mark.slow
@pytest.mark.parametrize("moment", range(20))
def test_killed_at_many_random_moments(moment: int, study: Path, reference: Path, tmp_path: Path) -> None:
    (kill_the_parent if moment % 2 else kill_a_worker)(study, tmp_path / "sweep", random.Random(100 + moment))
    same(tmp_path / "sweep", reference)


@linux
def test_a_dead_worker_costs_at_most_what_was_under_way(reference: Path, tmp_path: Path) -> None:
    plan = plan_of(LONGER)
    killed = []

    class KillsOne(Processes):
        def finished(self):  # type: ignore[no-untyped-def]
            came = super().finished()
            if came and not killed:
                killed.append(next(iter(self.pool._processes)))  # type: ignore[attr-defined]
                os.kill(killed[0], signal.SIGKILL)
            return came

    done = swept(plan, tmp_path / "sweep", lambda: KillsOne(plan.context, WORKERS))
    assert killed
    assert 1 <= done.session.handed_back <= 2 * WORKERS
    assert done.session.chunks == plan.n_chunks
    same(tmp_path / "sweep", reference)


@linux
def test_a_worker_that_dies_in_the_middle_of_its_answer_holds_nothing_up(reference: Path, tmp_path: Path) -> None:
    plan = plan_of(LONGER)
    cut_short = []

    class CutsOneShort(Processes):
        def finished(self):  # type: ignore[no-untyped-def]
            came = super().finished()
            if came and not cut_short:
                cut_short.append(next(iter(self.pool._processes)))
                os.write(self.pool._result_queue._writer.fileno(), b"\0\0")  # type: ignore[attr-defined]
                os.kill(cut_short[0], signal.SIGKILL)
            return came

    done = swept(plan, tmp_path / "sweep", lambda: CutsOneShort(plan.context, WORKERS))
    assert cut_short
    assert done.session.chunks == plan.n_chunks
    same(tmp_path / "sweep", reference)


@linux
def test_ctrl_c_leaves_no_worker_behind_and_loses_nothing(study: Path, reference: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    process = command("sweep", study, "--out", folder, "--workers", WORKERS, "--no-report")
    waited(process, folder, 3)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopped" in err
    assert "Traceback" not in err
    stored = parts(folder)
    assert stored >= 3
    told = finished(command("sweep", study, "--out", folder, "--workers", WORKERS, "--no-report"))
    assert f"{stored * 32:,} of them from before" in told
    same(folder, reference)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {made.stderr.strip()}")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_stops_the_sweep_in_plain_words_and_loses_nothing(small_disk: Path, reference: Path) -> None:
    filler, folder = small_disk / "filler", small_disk / "sweep"
    filler.write_bytes(bytes(700_000))
    with pytest.raises(StudyError, match="there is no room left to write .*start again with the same command"):
        swept(plan_of(LONGER), folder)
    stored = parts(folder)
    assert stored > 0
    assert not list(folder.rglob(".*.tmp"))
    filler.unlink()
    rest = swept(plan_of(LONGER), folder)
    assert rest.complete
    assert rest.session.chunks == plan_of(LONGER).n_chunks - stored
    same(folder, reference)


@linux
def test_a_file_that_may_not_grow_is_told_like_a_full_disk(study: Path, reference: Path, tmp_path: Path) -> None:
    """Where no disk can be mounted, a limit on file sizes does: parts fit, the table of everything does not."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    folder = tmp_path / "sweep"
    process = command("sweep", study, "--out", folder, "--workers", 1, "--no-report", preexec_fn=limit)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 2, err
    assert "there is no room left to write" in err
    assert "Traceback" not in err
    assert parts(folder) == plan_of(LONGER).n_chunks
    finished(command("sweep", study, "--out", folder, "--workers", 1, "--no-report"))
    same(folder, reference)


def test_a_killed_dask_worker_loses_nothing(reference: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    from experiments.running.dask_workers import DaskWorkers

    plan = plan_of(LONGER)
    killed: list[int] = []

    class KillsOne(DaskWorkers):
        def finished(self):  # type: ignore[no-untyped-def]
            came = super().finished()
            if came and not killed:
                killed.append(next(iter(self.client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)
            return came

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        done = swept(plan, tmp_path / "sweep", lambda: KillsOne(plan.context, cluster.scheduler_address))
    assert killed
    assert done.complete
    same(tmp_path / "sweep", reference)
