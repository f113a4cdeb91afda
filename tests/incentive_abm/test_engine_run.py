"""Many runs side by side: each as if it were alone, in any order and number of threads, stopped, changed and continued."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import a_dozen, today

from incentive_abm.engine.quarter import advance, step
from incentive_abm.engine.run import Batch, Job, Record, Recorded, joined, run, stream
from incentive_abm.engine.saving import load_batch, save_batch
from incentive_abm.errors import UserError
from incentive_abm.kinds import Background, Kind
from incentive_abm.measures import N_MEASURE, Measure
from incentive_abm.measures.kernels import measure
from incentive_abm.parameters import PARAMETERS, Scope, names
from incentive_abm.place import Place, generate_place, shipped_place
from incentive_abm.recording import PARTNER_FIELDS, PARTNER_PICTURE, TIE_FIELDS, TIE_PICTURE
from incentive_abm.scenario import BoundEvent, Event, EventKind, Scenario, load_scenario
from incentive_abm.state.arrays import LANES
from incentive_abm.state.start import start

Numbers = np.typing.NDArray[np.float64]
CHANGING = ("tie", "partner", "place", "partner_setting", "place_setting", "start_setting", "seed")
ENDINGS = ("regime", "time_to_integration", "time_to_stall", "time_to_collapse")


def same_bits(one: Any, other: Any) -> bool:
    return bool(one.shape == other.shape and one.tobytes() == other.tobytes())


def same_state(one: Batch, other: Batch) -> bool:
    return all(same_bits(getattr(one.arrays, name), getattr(other.arrays, name)) for name in CHANGING)


def series(recorded: Recorded) -> Numbers:
    assert recorded.measures is not None
    return recorded.measures


def assert_same(one: Recorded, other: Recorded) -> None:
    assert one.jobs == other.jobs
    assert same_bits(series(one), series(other))
    assert same_bits(one.last, other.last)
    for name in ENDINGS:
        assert same_bits(getattr(one.endings, name), getattr(other.endings, name)), name


def eventful() -> Scenario:
    """A scenario in which everything happens that can be timed."""
    ids, ties = a_dozen().partners.ids, a_dozen().ties
    a, b = ids[int(ties.a[0])], ids[int(ties.b[0])]
    return replace(today({"mandate": 0.3}), events=(
        Event(4, EventKind.BROKER, between=(Kind.TRUST, Kind.GP), scope=0.6),
        Event(8, EventKind.SET, parameters=(("payment_reform", 0.9), ("relational_space", 0.8))),
        Event(8, EventKind.LEADER, kind=Kind.COUNCIL, background=Background.INTEGRATOR, skill=0.9),
        Event(12, EventKind.BREAK, a=a, b=b),
        Event(16, EventKind.REVERSAL),
        Event(20, EventKind.REORGANISATION),
    ))


def assorted(count: int = LANES) -> list[Job]:
    scenarios = [today(), eventful(), load_scenario("ten-lessons"), today({"protocol": "nash", "voting_rule": "majority"})]
    return [Job(scenarios[k % len(scenarios)], 100 + k // len(scenarios)) for k in range(count)]


@pytest.mark.parametrize("count", [2, 5, LANES])
def test_every_lane_is_as_if_it_ran_alone(count: int) -> None:
    jobs = assorted(count)
    together = Batch.begin(a_dozen(), jobs).advance(28)
    for lane, job in enumerate(jobs):
        alone = Batch.begin(a_dozen(), [job]).advance(28)
        assert same_bits(series(alone)[0], series(together)[lane]), f"lane {lane}"
        assert alone.endings.regime[0] == together.endings.regime[lane]


@settings(max_examples=15)
@given(st.integers(0, 2**63 - 1), st.integers(0, 15), st.sampled_from(["today", "ten-lessons", "always-bailed-out"]))
def test_a_run_does_not_depend_on_its_neighbours(seed: int, lane: int, scenario: str) -> None:
    job = Job(load_scenario(scenario), seed)
    neighbours = assorted()
    neighbours[lane] = job
    together = Batch.begin(a_dozen(), neighbours).advance(12)
    assert same_bits(series(together)[lane], series(Batch.begin(a_dozen(), [job]).advance(12))[0])


def by_whole_phases(place: Place, jobs: Sequence[Job], quarters: int) -> tuple[Any, Numbers]:
    state = start(place, [job.scenario for job in jobs], [job.seed for job in jobs])
    kept = np.empty((quarters, N_MEASURE * len(jobs)))
    for quarter in range(quarters):
        step(state, quarter)
        measure(state, kept[quarter])
    return state, kept


@pytest.mark.parametrize(("place", "lanes"), [
    (shipped_place(), LANES), (generate_place(3, trusts=6, councils=9, gps=60, voluntary=40), 1), (a_dozen(), LANES),
], ids=["shipped", "large", "dozen"])
def test_ties_taken_in_blocks_give_the_bits_of_whole_phases(place: Place, lanes: int) -> None:
    jobs = [Job(today({"mandate": k / LANES}), k + 1) for k in range(lanes)]
    whole, measures = by_whole_phases(place, jobs, 8)
    blocks = start(place, [job.scenario for job in jobs], [job.seed for job in jobs])
    kept = np.empty((8, N_MEASURE * lanes))
    advance(blocks, 0, 8, kept.reshape(-1))
    assert same_bits(kept, measures)
    for name in CHANGING:
        assert same_bits(getattr(blocks, name), getattr(whole, name)), name


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_results_come_in_the_order_of_the_jobs_whatever_the_threads(threads: int) -> None:
    jobs = assorted(50)
    parts = list(stream(a_dozen(), jobs, 16, threads=threads))
    assert [len(part.jobs) for part in parts] == [16, 16, 16, 2]
    assert_same(joined(parts), joined(list(stream(a_dozen(), jobs, 16, threads=1))))
    assert joined(parts).jobs == tuple(jobs)


@pytest.mark.parametrize("threads", [1, 3])
def test_a_stream_takes_jobs_only_as_it_needs_them(threads: int) -> None:
    taken = 0

    def jobs() -> Iterator[Job]:
        nonlocal taken
        for seed in range(10_000_000):
            taken += 1
            yield Job(today(), seed)

    done = list(islice(stream(a_dozen(), jobs(), 2, Record.ENDINGS, threads), 3))
    assert sum(len(part.jobs) for part in done) == 48
    assert taken <= LANES * (3 + threads + 2)


def test_no_jobs_give_nothing() -> None:
    assert list(stream(a_dozen(), [], 4, threads=2)) == []
    with pytest.raises(ValueError, match="a batch holds 1 to 16 runs, not 0"):
        Batch.begin(a_dozen(), [])
    with pytest.raises(ValueError, match="not 17"):
        Batch.begin(a_dozen(), assorted(17))


def test_progress_is_told_as_batches_are_done() -> None:
    told: list[int] = []
    found = run(a_dozen(), today(), range(1, 41), 4, progress=told.append)
    assert told == [16, 32, 40]
    assert found.jobs == tuple(Job(today(), seed) for seed in range(1, 41))


def test_how_much_is_kept_changes_nothing_else() -> None:
    n, m = len(a_dozen()), len(a_dozen().ties)
    kept = {record: run(a_dozen(), eventful(), range(1, 19), 24, record) for record in Record}
    full = kept[Record.EVENTS]
    for record, found in kept.items():
        for name in ENDINGS:
            assert same_bits(getattr(found.endings, name), getattr(full.endings, name)), (record, name)
        assert same_bits(found.last, series(full)[:, -1])
        assert (found.measures is None) == (record is Record.ENDINGS)
        assert found.measures is None or same_bits(found.measures, series(full))
        assert (found.partners is None) == (record in (Record.ENDINGS, Record.MEASURES))
        assert (found.logs is None) == (record is not Record.EVENTS)
    for pictures in (kept[Record.PICTURES], full):
        assert pictures.partners is not None
        assert pictures.ties is not None
        assert pictures.partners.shape == (18, 24, n, len(PARTNER_PICTURE))
        assert pictures.ties.shape == (18, 24, m, len(TIE_PICTURE))
    assert full.logs is not None
    assert [[log.quarter for log in logs] for logs in full.logs] == [list(range(1, 25))] * 18


def test_pictures_show_the_state_at_each_quarters_end() -> None:
    recorded = Batch.begin(a_dozen(), assorted(3)).advance(10, Record.PICTURES)
    batch = Batch.begin(a_dozen(), assorted(3))
    for quarter in range(10):
        batch.advance(1)
        partner = batch.arrays.partner.reshape(len(a_dozen()), -1, LANES)[:, PARTNER_FIELDS, :3]
        tie = batch.arrays.tie.reshape(len(a_dozen().ties), -1, LANES)[:, TIE_FIELDS, :3]
        assert recorded.partners is not None
        assert recorded.ties is not None
        assert np.array_equal(recorded.partners[:, quarter], partner.transpose(2, 0, 1).astype(np.float32))
        assert np.array_equal(recorded.ties[:, quarter], tie.transpose(2, 0, 1).astype(np.float32))


def cut(recorded: Recorded, first: int, last: int | None = None) -> Numbers:
    return np.ascontiguousarray(series(recorded)[:, first:last])


@pytest.mark.parametrize("stops", [(10,), (4, 5, 8, 12, 16), tuple(range(1, 24))], ids=["once", "at events", "each quarter"])
def test_stopping_and_continuing_equals_running_through(stops: tuple[int, ...]) -> None:
    through = Batch.begin(a_dozen(), assorted())
    whole = through.advance(24)
    batch = Batch.begin(a_dozen(), assorted())
    parts: list[Recorded] = []
    for first, last in zip((0, *stops), (*stops, 24), strict=True):
        before = np.concatenate([series(p).transpose(1, 2, 0) for p in parts]) if parts else None
        parts.append(batch.advance(last - first, before=before))
        assert batch.quarter == last
    assert same_bits(np.concatenate([series(p) for p in parts], axis=1), series(whole))
    assert same_state(batch, through)
    for name in ENDINGS:
        assert same_bits(getattr(parts[-1].endings, name), getattr(whole.endings, name)), name


def test_a_copy_goes_its_own_way() -> None:
    batch = Batch.begin(a_dozen(), assorted())
    batch.advance(6)
    copy = batch.copy()
    first = copy.advance(6)
    assert batch.quarter == 6
    assert same_bits(series(batch.advance(6)), series(first))


def test_a_branch_without_a_change_is_the_run_itself() -> None:
    jobs = assorted()
    whole = Batch.begin(a_dozen(), jobs).advance(24)
    batch = Batch.begin(a_dozen(), jobs)
    batch.advance(10)
    for lane in (0, 1, 2, 15):
        for changes in ([()], [()] * 3, [()] * 20):
            found = joined([branch.advance(14) for branch in batch.branch(lane, changes)])
            assert found.jobs == (jobs[lane],) * len(changes)
            for k in range(len(changes)):
                assert same_bits(series(found)[k], cut(whole, 10)[lane])


def with_event(event: Event) -> tuple[Scenario, tuple[BoundEvent, ...]]:
    told = replace(today({"mandate": 0.2}), events=(event,))
    return told, told.bound_events(a_dozen())


ANY_TIE = tuple(a_dozen().partners.ids[int(ends[0])] for ends in (a_dozen().ties.a, a_dozen().ties.b))
AT_TEN = {
    "a law on pooled budgets": Event(10, EventKind.SET, parameters=(("payment_reform", 1.0), ("mandate", 0.6))),
    "targets lifted for trusts": Event(10, EventKind.SET, kind=Kind.TRUST, parameters=(("target_pressure", 0.0),)),
    "a partner listens": Event(10, EventKind.SET, partner=ANY_TIE[0], parameters=(("listening", 1.0),)),
    "a reversal": Event(10, EventKind.REVERSAL),
    "a reorganisation": Event(10, EventKind.REORGANISATION),
    "a new leader": Event(10, EventKind.LEADER, partner=ANY_TIE[0], background=Background.HOSPITAL, skill=0.1),
    "a tie broken": Event(10, EventKind.BREAK, a=ANY_TIE[0], b=ANY_TIE[1]),
    "agreements brokered": Event(10, EventKind.BROKER, between=(Kind.TRUST, Kind.COUNCIL), scope=0.8),
}


@pytest.mark.parametrize("name", AT_TEN)
def test_an_event_acts_from_its_quarter_on_and_a_branch_at_that_quarter_is_the_same_run(name: str) -> None:
    told, bound = with_event(AT_TEN[name])
    quiet = replace(told, events=())
    jobs = [Job(quiet, seed) for seed in (1, 2)]
    without = Batch.begin(a_dozen(), jobs).advance(20)
    within = Batch.begin(a_dozen(), [Job(told, seed) for seed in (1, 2)]).advance(20)
    assert same_bits(cut(without, 0, 10), cut(within, 0, 10))
    assert (series(without)[:, 10] != series(within)[:, 10]).any()
    batch = Batch.begin(a_dozen(), jobs)
    batch.advance(10)
    for lane in (0, 1):
        changed, unchanged = series(batch.branch(lane, [bound, ()])[0].advance(10))
        assert same_bits(changed, cut(within, 10)[lane])
        assert same_bits(unchanged, cut(without, 10)[lane])
    assert same_bits(series(batch.advance(10)), cut(without, 10))


def test_events_that_were_to_come_still_come_in_a_branch() -> None:
    batch = Batch.begin(a_dozen(), [Job(eventful(), 3)])
    batch.advance(10)
    _, bound = with_event(AT_TEN["a law on pooled budgets"])
    for branch in batch.branch(0, [(), bound]):
        reversal = series(branch.advance(14))[:, :, Measure.REVERSAL]
        assert (reversal[:, 6] == 1.0).all()


def test_many_changes_at_once_are_each_as_if_alone() -> None:
    batch = Batch.begin(a_dozen(), assorted(4))
    batch.advance(10)
    changes = [with_event(event)[1] for event in AT_TEN.values()] * 3
    together = joined([branch.advance(8) for branch in batch.branch(2, changes)])
    for k, change in enumerate(changes[:len(AT_TEN)]):
        alone = series(batch.branch(2, [change])[0].advance(8))[0]
        for again in (k, k + len(AT_TEN), k + 2 * len(AT_TEN)):
            assert same_bits(alone, series(together)[again])


def test_other_luck_from_here_on() -> None:
    batch = Batch.begin(a_dozen(), assorted(4))
    batch.advance(10)
    seeds, was = [7, 8, 9, 10], batch.arrays.seed.tolist()
    other = batch.reseeded(seeds)
    assert batch.arrays.seed.tolist() == was, "the run that was reseeded has changed"
    assert [job.seed for job in batch.jobs] == was[:4]
    assert [job.seed for job in other.jobs] == other.arrays.seed.tolist()[:4] == seeds
    lucky = series(other.advance(10))
    assert (lucky[:, 0] != series(batch.copy().advance(10))[:, 0]).any(axis=1).all()
    again = series(batch.reseeded(seeds).advance(10))
    assert same_bits(again, lucky)
    own = [job.seed for job in batch.jobs]
    assert same_bits(series(batch.reseeded(own).advance(10)), series(batch.advance(10)))


@pytest.mark.parametrize("count", [1, 5])
def test_a_run_saved_and_loaded_continues_bit_for_bit(count: int, tmp_path: Path) -> None:
    whole = Batch.begin(a_dozen(), assorted(count)).advance(24)
    batch = Batch.begin(a_dozen(), assorted(count))
    batch.advance(10)
    save_batch(batch, tmp_path / "stopped")
    loaded = load_batch(tmp_path / "stopped", a_dozen())
    assert loaded.quarter == 10
    assert [job.seed for job in loaded.jobs] == [job.seed for job in batch.jobs]
    assert [job.scenario.hash for job in loaded.jobs] == [job.scenario.hash for job in batch.jobs]
    assert same_state(loaded, batch)
    assert same_bits(series(loaded.advance(14)), cut(whole, 10))
    assert [path.name for path in tmp_path.iterdir()] == ["stopped"]


def test_a_changed_run_saved_and_loaded_stays_changed(tmp_path: Path) -> None:
    batch = Batch.begin(a_dozen(), [Job(eventful(), 3)])
    batch.advance(6)
    changes = [with_event(event)[1] for event in AT_TEN.values()]
    branch = batch.branch(0, changes)[0].reseeded(range(50, 50 + len(changes)))
    save_batch(branch, tmp_path / "stopped")
    assert same_bits(series(load_batch(tmp_path / "stopped", a_dozen()).advance(18)), series(branch.advance(18)))


def test_what_is_no_saved_run_is_refused_in_words(tmp_path: Path) -> None:
    batch = Batch.begin(a_dozen(), assorted(1))
    save_batch(batch, tmp_path / "good")
    np.save(tmp_path / "array.npy", np.zeros(3))
    np.savez(tmp_path / "other.npz", about=np.array("{}"))
    np.savez(tmp_path / "words.npz", about=np.array("not json"))
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "words.txt").write_text("id,name\n")
    (tmp_path / "torn").write_bytes((tmp_path / "good").read_bytes()[:2000])
    (tmp_path / "folder").mkdir()
    for name in ("missing", "array.npy", "other.npz", "words.npz", "empty", "words.txt", "torn", "folder"):
        with pytest.raises(UserError, match=name):
            load_batch(tmp_path / name, a_dozen())
    with pytest.raises(UserError, match="another place"):
        load_batch(tmp_path / "good", generate_place(9, trusts=1, councils=1, gps=2, voluntary=0))


def held_after(runs: Callable[[int], None], count: int) -> tuple[int, int]:
    """Bytes that are held when so many runs are over, and the most that were while they went on.

    Threads leave rings of objects that wait for Python's collector, whenever that comes; they are no longer held.
    """
    gc.collect()
    tracemalloc.reset_peak()
    runs(count)
    most = tracemalloc.get_traced_memory()[1]
    gc.collect()
    return tracemalloc.get_traced_memory()[0], most


def test_memory_does_not_grow_with_the_number_of_runs() -> None:
    scenario, kept = today(), list[Recorded]()

    def runs(count: int) -> None:
        for _ in stream(a_dozen(), (Job(scenario, seed) for seed in range(count)), 12, Record.ENDINGS, threads=2):
            pass

    def runs_that_are_kept(count: int) -> None:
        kept.extend(stream(a_dozen(), (Job(scenario, seed) for seed in range(count)), 12, Record.ENDINGS, threads=2))

    runs(320)
    tracemalloc.start()
    try:
        before, few = held_after(runs, 320)
        after, many = held_after(runs, 3200)
        grown, _ = held_after(runs_that_are_kept, 3200)
    finally:
        tracemalloc.stop()
    assert after - before < 100_000
    assert many < 1.2 * few + 100_000
    assert grown - after > 1_000_000, "what is kept must show, or the test could not fail"


def test_settings_of_a_scenario_reach_every_lane() -> None:
    """Lanes hold their own settings in the numbered order of the table: as policy asks for, and as they are practised."""
    jobs = [Job(today({"mandate": k / 16, "listening": k / 16}), 1) for k in range(LANES)]
    batch = Batch.begin(a_dozen(), jobs)
    mandate = batch.arrays.place_setting.reshape(-1, LANES)[names(Scope.PLACE).index("mandate")]
    asked, in_force = (setting.reshape(len(a_dozen()), -1, LANES)[:, names(Scope.PARTNER).index("listening")]
                       for setting in (batch.arrays.policy_setting, batch.arrays.partner_setting))
    assert mandate.tolist() == [k / 16 for k in range(LANES)]
    assert (asked == np.arange(LANES) / 16).all()
    usual, practised = PARAMETERS["listening"].default, PARAMETERS["policy_sustains"].default
    assert in_force == pytest.approx(np.broadcast_to(usual + practised * (np.arange(LANES) / 16 - usual), in_force.shape))


def test_busyness_counts_every_meeting_since_the_run_began() -> None:
    found = series(Batch.begin(a_dozen(), [Job(load_scenario("ten-lessons"), 1)]).advance(20))[0]
    meetings, reached = found[:, Measure.MEETINGS].cumsum(), np.maximum(found[:, Measure.INTEGRATION], 0.001)
    assert found[:, Measure.BUSYNESS] == pytest.approx(meetings / (100.0 * reached))
