// What a visitor chose: undo, levers, branches, differences, and the link that holds it all.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { differences } from "../../../dashboards/static/session/differences.js";
import { branchOff, compare, forAnotherPlace, happen, keepOnlyB, tryFrom } from "../../../dashboards/static/session/edits.js";
import { betsOn, cameOf, tieToWatch } from "../../../dashboards/static/session/bets.js";
import { carriesNothing } from "../../../dashboards/static/session/effect.js";
import { read, written } from "../../../dashboards/static/session/link.js";
import { opened, SessionRecord, written as fileOf } from "../../../dashboards/static/session/record.js";
import { Seen, storyOf } from "../../../dashboards/static/session/seen.js";
import { indexed } from "../../../dashboards/static/model/run_values.js";
import { nextSeed, seedOf } from "../../../dashboards/static/model/seeds.js";
import { atStart, inForce } from "../../../dashboards/static/model/in_force.js";
import { setAtStart, setFrom, withoutMarks } from "../../../dashboards/static/session/scenario.js";
import { SideRuns } from "../../../dashboards/static/session/side_runs.js";
import { Store } from "../../../dashboards/static/session/store.js";
import { data, place, preset, risingRun } from "./places.mjs";

const state = (more = {}) => ({ A: preset("today"), B: null, active: "A", seed: 1, ...more });
const seeded = (seed) => (draft) => { draft.seed = seed; };

test("undo and redo go back and forth, and a new change forgets what was undone", () => {
  const store = new Store(state());
  store.change(seeded(2));
  store.change(seeded(3));
  store.undo();
  assert.equal(store.now.seed, 2);
  store.redo();
  assert.equal(store.now.seed, 3);
  store.undo();
  store.change(seeded(9));
  store.redo();
  assert.equal(store.now.seed, 9);
  store.undo();
  store.undo();
  store.undo();
  assert.equal(store.now.seed, 1);
});

test("a lever that is dragged is one step to undo", () => {
  const store = new Store(state());
  for (const seed of [2, 3, 4]) store.change(seeded(seed), { passing: true });
  store.change(seeded(4));
  assert.equal(store.past.length, 1);
  store.undo();
  assert.equal(store.now.seed, 1);
});

test("a change that changes nothing is no step", () => {
  const store = new Store(state());
  store.change(seeded(1));
  assert.equal(store.past.length, 0);
});

test("an edit never reaches what was before", () => {
  const store = new Store(state());
  const before = store.now;
  store.change((draft) => { draft.A.parameters.listening = 1; });
  assert.deepEqual(before.A.parameters, {});
});

test("a lever set back to its default leaves no trace, and kinds give way", () => {
  const scenario = structuredClone(data.presets[1]);
  setAtStart(scenario, "listening", 0.5, data);
  assert.deepEqual([scenario.parameters, scenario.kinds], [{}, {}]);
  assert.equal(atStart(scenario, "listening", data), 0.5);
});

test("changes from a quarter on gather in one event and hold from then", () => {
  const scenario = preset("today");
  setFrom(scenario, "listening", 0.8, 2, data);
  setFrom(scenario, "lead", "trust", 2, data);
  assert.equal(scenario.events.length, 1);
  assert.equal(scenario.events[0].title, "From now on: Listening, Who leads");
  assert.deepEqual([1, 2, 3].map((quarter) => inForce(scenario, "listening", quarter, data)), [0.5, 0.8, 0.8]);
  assert.equal("mine" in withoutMarks(scenario).events[0], false);
});

test("what is set for a kind alone is not in force for everyone", () => {
  const scenario = preset("today", { events: [{ quarter: 0, what: "set", kind: "gp", parameters: { listening: 1 } }] });
  assert.equal(inForce(scenario, "listening", 3, data), 0.5);
});

test("a branch keeps the original beside it", () => {
  const draft = state();
  tryFrom(draft, { name: "listening", value: 1 }, 2, data);
  assert.deepEqual([draft.active, draft.A.events.length, draft.B.events.length], ["B", 0, 1]);
  happen(draft, "A", { quarter: 3, what: "break", a: "h", b: "c" });
  assert.deepEqual([draft.active, draft.A.events.length, draft.B.events.length], ["A", 1, 1]);
  branchOff(draft);
  assert.equal(draft.A.events.length, 1);
});

test("comparing opens a copy; closing keeps A, and keeping B makes it A", () => {
  const draft = state();
  compare(draft);
  assert.deepEqual(draft.B, draft.A);
  draft.B.title = "other";
  const closed = structuredClone(draft);
  compare(closed);
  assert.deepEqual([closed.B, closed.A.title, closed.active], [null, "today", "A"]);
  keepOnlyB(draft);
  assert.deepEqual([draft.B, draft.A.title, draft.active], [null, "other", "A"]);
});

test("what was said of single partners does not follow to another place", () => {
  const draft = state({ A: preset("today", { partners: { h: { listening: 1 } }, events: [{ quarter: 1, what: "leader", partner: "h" }, { quarter: 2, what: "reversal" }] }) });
  forAnotherPlace(draft);
  assert.deepEqual([draft.A.partners, draft.A.events], [{}, [{ quarter: 2, what: "reversal" }]]);
});

const EVENTS = [
  [{ quarter: 1, what: "set", parameters: { listening: 1 } }, "Listening: 1, from year 1, quarter 2 on"],
  [{ quarter: 1, what: "set", kind: "gp", parameters: { lead: "trust" } }, "Who leads: a hospital for GP networks, from year 1, quarter 2 on"],
  [{ quarter: 1, what: "leader", partner: "h" }, "A new leader for Ashby Hospitals, in year 1, quarter 2"],
  [{ quarter: 1, what: "reversal" }, "A reversal, in year 1, quarter 2"],
  [{ quarter: 1, what: "break", a: "h", b: "c" }, "Agreement broken: Ashby Hospitals and Ashby Council, in year 1, quarter 2"],
  [{ quarter: 1, what: "broker", between: ["trust", "gp"] }, "Agreement brokered: hospital trusts and GP networks, in year 1, quarter 2"],
];

for (const [event, told] of EVENTS) {
  test(`an event that was added is told and taken back: ${told}`, () => {
    const scenario = preset("today", { events: [{ ...event, mine: true }] });
    const [found] = differences(scenario, data.presets[0], data, place);
    assert.equal(found.text, told);
    found.back(scenario);
    assert.deepEqual(scenario.events, []);
  });
}

test("every difference taken back gives the preset again", () => {
  const scenario = preset("trust-alone", { parameters: { pilots: 1 }, partners: { c: { listening: 0 } } });
  const found = differences(scenario, data.presets[1], data, place);
  assert.deepEqual(found.map(({ text }) => text), ["Listening: 0.9 → 0.5", "Pilots: 0.5 → 1", "For GP networks: nothing of their own", "For Ashby Council: Listening 0", "Without: A reversal, in year 1, quarter 3"]);
  found.forEach(({ back }) => back(scenario));
  assert.deepEqual(differences(scenario, data.presets[1], data, place), []);
  assert.deepEqual(scenario.events, data.presets[1].events);
});

const shown = (more = {}) => ({ state: state(more), quarter: 2, far: 3, start: data, place, result: "abc" });

test("a link opens what it was written from", async () => {
  const both = { A: structuredClone(data.presets[1]), B: preset("today", { parameters: { listening: 0.1 }, events: [{ quarter: 1, what: "reversal", mine: true }] }), active: "B", seed: 42 };
  const { opened } = await read(await written(shown(both)), data);
  assert.deepEqual(opened, { state: both, quarter: 2, far: 3, result: "abc", notices: [] });
});

test("a link of another version or place opens with a notice, and promises no result", async () => {
  const link = await written(shown());
  const other = await read(link, { ...data, version: "2.0.0" });
  assert.match(other.opened.notices[0], /another version of the model \(1\.2\.3\)/);
  assert.equal(other.opened.result, null);
  assert.match((await read(link, { ...data, place: { ...place, hash: "0".repeat(64) } })).opened.notices[0], /made for another place/);
});

test("a link made before opens identically", async () => {
  const kept = { v: "1.2.3", h: "0123456789abcdef", p: "f".repeat(16), a: { preset: "trust-alone", parameters: { listening: 0.3 } }, s: 7, q: 99, r: "abc" };
  const { opened } = await read(`#s=${deflateSync(JSON.stringify(kept)).toString("base64url")}`, data);
  assert.deepEqual(opened, { state: { A: preset("trust-alone", { parameters: { listening: 0.3 } }), B: null, active: "A", seed: 7 }, quarter: 3, far: 3, result: "abc", notices: [] });
});

for (const seed of [0, 2 ** 53 - 1, "9007199254740992", data.largest_seed]) {
  test(`a link keeps every world exactly: ${seed}`, async () => {
    assert.equal((await read(await written(shown({ seed })), data)).opened.state.seed, seed);
  });
}

for (const seed of [-1, 1.5, 2 ** 53, "9223372036854775808", "1e3", "", null]) {
  test(`a link of no world, or of one that was rounded, is damaged: ${seed}`, async () => {
    assert.match((await read(await written(shown({ seed })), data)).damaged, /This link is damaged/);
  });
}

test("a world is a number as long as it can be, and digits beyond", () => {
  const largest = data.largest_seed, last = 2 ** 53 - 1;
  for (const [given, held] of [["7", 7], ["007", 7], [String(last), last], ["9007199254740992", "9007199254740992"], [largest, largest], ["9223372036854775808", null], ["", null], ["-1", null], ["1.5", null]]) assert.equal(seedOf(given, largest), held);
  for (const [one, next] of [[0, 1], [last, "9007199254740992"], ["9223372036854775806", largest], [largest, 0]]) assert.equal(nextSeed(one, largest), next);
});

for (const harmed of ["#s=", "#s=%%%", "#s=AAAA"]) {
  test(`a damaged link says so: ${harmed}`, async () => {
    assert.match((await read(harmed, data)).damaged, /This link is damaged/);
  });
}

test("an address without a link is none", async () => {
  assert.equal(await read("", data), null);
});

test("each side follows its own wishes; what was overtaken is shown but not settled, and a closed side is let go", async () => {
  const waiting = [], heard = [];
  const model = { run: (request) => new Promise((answer) => waiting.push([request, answer])), back: async () => {} };
  const sides = new SideRuns(model, { arrived: (side, settled) => heard.push([side, settled]), trouble: assert.fail, waiting: () => {}, fine: () => {}, working: (count) => heard.push(count) });
  const answer = async (run) => {
    waiting.shift()[1](run);
    await new Promise((done) => setTimeout(done));
  };
  for (const [side, seed] of [["A", 1], ["B", 1], ["A", 2], ["A", 2]]) sides.want(side, { place: "p", seed });
  await answer("A1");
  sides.want("B", null);
  await answer("B1");
  await answer("A2");
  assert.deepEqual(heard, [1, 2, ["A", false], 1, ["A", true], 0]);
  assert.deepEqual(sides.runs, { A: "A2" });
  assert.ok(sides.rests("A"));
});

test("a run for a place that is no longer shown is let go", async () => {
  const waiting = [];
  const sides = new SideRuns({ run: () => new Promise((answer) => waiting.push(answer)), back: async () => {} }, { arrived: () => {}, trouble: assert.fail, waiting: () => {}, fine: () => {}, working: () => {} });
  sides.want("A", { place: "p" });
  sides.forget();
  sides.want("A", { place: "q" });
  waiting[0]("of p");
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(sides.runs, {});
  waiting[1]("of q");
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(sides.runs, { A: "of q" });
});

test("a story is hidden until it is reached or shown, and another story begins anew", () => {
  const seen = new Seen(60);
  assert.equal(seen.begin("a"), true);
  seen.reach(12.4);
  seen.reach(3);
  assert.deepEqual([seen.far, seen.ended, seen.begin("a")], [12.4, false, false]);
  seen.showAll();
  assert.equal(seen.ended, true);
  assert.equal(seen.begin("b"), true);
  assert.deepEqual([seen.far, seen.ended], [0, false]);
  const same = state({ A: preset("today", { parameters: { listening: 1 } }) });
  assert.equal(storyOf(same, "p"), storyOf(state(), "p"));
  assert.notEqual(storyOf(state({ seed: 2 }), "p"), storyOf(state(), "p"));
});

test("a room bets on the place and on its heaviest tie between hospitals and council, and what came is read off the run", () => {
  const run = risingRun(), shown = indexed({ ...data, quarters: 2, regimes: [{ code: "stalled", label: "", meaning: "talks go on" }] });
  run.header.regime = "stalled";
  assert.equal(tieToWatch(place), 0);
  const [ending, tie] = betsOn(false, place, shown);
  assert.deepEqual([ending.id, ending.options], ["ending", [{ code: "stalled", label: "Talks go on" }]]);
  assert.match(tie.question, /^Ashby Hospitals and Ashby Council: /);
  assert.deepEqual([cameOf(ending, [run], shown), cameOf(tie, [run], shown)], ["stalled", "joined"]);
  const [further] = betsOn(true, place, shown);
  assert.equal(cameOf(further, [run, run], shown), "alike");
  const less = { ...run, measures: run.measures.map((value, k) => (k === run.width + shown.index.integration ? 0.1 : value)) };
  assert.deepEqual([cameOf(further, [run, less], shown), cameOf(further, [less, run], shown)], ["A", "B"]);
});

test("a lever that moves nothing to be seen is told apart from one that does", () => {
  const run = risingRun(), shown = indexed(data);
  const nudged = (by) => ({ ...run, measures: run.measures.map((value, k) => (k === run.width + shown.index.integration ? value + by : value)) });
  assert.deepEqual([0.001, 0.02].map((by) => carriesNothing(run, nudged(by), shown)), [true, false]);
});

test("a session is saved whole and opens again, and what is no session is refused", () => {
  const record = new SessionRecord();
  record.add("opened", "Today.");
  record.add("opened", "Today.");
  record.bet({ id: "tie", question: "Where?", options: [{ code: "joined", label: "Joined", count: 3 }], came: [] });
  record.bet({ id: "tie", question: "Where?", options: [{ code: "joined", label: "Joined", count: 4 }], came: [] });
  assert.deepEqual([record.kept.entries.length, record.open.map(({ options }) => options[0].count)], [1, [4]]);
  const session = { version: "1", hash: "#s=x", far: 12.5, story: "s", files: { partners: "id\n", ties: "a,b\n" }, record: record.kept };
  const again = opened(fileOf(session));
  assert.deepEqual(again.record, record.kept);
  assert.deepEqual([again.hash, again.far, again.files], ["#s=x", 12.5, session.files]);
  for (const text of ["", "{}", "[1]", "null", fileOf({ ...session, record: { entries: [3], bets: [], notes: {} } })]) assert.equal(opened(text), null);
});
