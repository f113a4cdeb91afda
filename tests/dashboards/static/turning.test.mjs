// What would turn a comparison round: the search on responses with known answers, what is counted, and what is said of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ahead, axesOf, Contrasts, leadOf } from "../../../dashboards/static/model/turned.js";
import { Search } from "../../../dashboards/static/model/turning.js";
import { under } from "../../../dashboards/static/session/edits.js";
import { amount } from "../../../dashboards/static/words/numbers.js";
import { found, move, soFar, stands, sure, then } from "../../../dashboards/static/words/turned.js";
import { data, preset } from "./places.mjs";

const axis = (name, more = {}) => ({ name, start: 0, ends: [1], span: 1, whole: false, steps: false, ...more });
const steps = { first: 1, worlds: 4, telling: 24, together: 16, looks: 2, along: [0.2, 0.4, 0.6, 0.8], nearer: [0.2, 0.4, 0.6, 0.8, 0.9], back: [0, 0.5, 0.8], rounds: 6, settled: 0.03, digits: 3 };

/** The nearest point at which a response written by hand turns, the steps gone through, and how many points were tried. */
async function sought(axes, response, how = steps) {
  const begun = [], tried = new Set();
  const search = new Search(axes, async (points) => points.map((point) => {
    tried.add(JSON.stringify(point));
    return Object.keys(point).length ? response(point) : -Infinity;
  }), how, (step) => begun.push(step));
  return { found: await search.nearest(), begun, tried };
}

test("one setting that turns it by itself goes no further than it must", async () => {
  const { found, begun } = await sought(["a", "b", "c"].map((name) => axis(name)), ({ b = 0 }) => b - 0.37);
  assert.deepEqual(Object.keys(found), ["b"]);
  assert.ok(found.b >= 0.37 && found.b <= 0.4, String(found.b));
  assert.deepEqual(begun, ["alone", "drawn", "sparse", "drawn"]);
});

test("settings that turn it only together are found together, and those that are not needed left out", async () => {
  const { found, begun } = await sought(["a", "b", "c", "d"].map((name) => axis(name)), ({ a = 0, b = 0, c = 0, d = 0 }) => a + c + 0.1 * (b + d) - 1.5);
  assert.deepEqual(Object.keys(found), ["a", "c"]);
  assert.ok(found.a + found.c >= 1.5 && found.a + found.c < 1.62, JSON.stringify(found));
  assert.deepEqual(begun, ["alone", "together", "sparse", "drawn"]);
});

test("what tells only where something else has moved is looked for once more from there", async () => {
  const response = ({ a = 0, b = 0, c = 0 }) => (a < 0.9 ? a - 5 : a + b * 3 - 5 - c);
  const { found, begun } = await sought(["a", "b", "c"].map((name) => axis(name)), response, { ...steps, telling: 1 });
  assert.equal(found, null, "one look from the best does not turn it");
  assert.deepEqual(begun, ["alone", "together", "alone", "together"]);
  const other = await sought(["a", "b", "c"].map((name) => axis(name)), (point) => response(point) + 1, { ...steps, telling: 1 });
  assert.deepEqual(Object.keys(other.found), ["a", "b"]);
});

test("where nothing turns it nothing is found, whatever there is to move", async () => {
  for (const axes of [[], [axis("a")], [axis("a"), axis("b", { ends: [1, 2], span: 2, steps: true })]]) assert.equal((await sought(axes, () => -1)).found, null);
});

test("a choice counts one however far, whole numbers stay whole, and what stands as at the start is no move", async () => {
  const choice = axis("lead", { start: 1, ends: [0, 2, 3], span: 3, steps: true }), whole = axis("wait", { start: 4, ends: [1, 20], span: 19, whole: true });
  const search = new Search([choice, whole], async () => [], steps, () => undefined);
  assert.equal(search.distance({ lead: 3 }), 1);
  assert.equal(search.distance({ wait: 13.5 }), 0.5);
  assert.deepEqual(search.moved({ wait: 9 }, { lead: 1, wait: 4 }), {});
  const { found } = await sought([choice, whole], ({ wait = 4 }) => wait - 9);
  assert.deepEqual(found, { wait: 9 });
  assert.deepEqual((await sought([choice, whole], ({ lead = 1 }) => (lead === 3 ? 1 : -1))).found, { lead: 3 });
});

test("what was played once is not played again, and every world counts where it belongs", async () => {
  const played = [], contrasts = new Contrasts("a pair", async (parts, heard) => {
    for (const [k, { point, seeds }] of parts.entries()) {
      played.push(...seeds);
      heard(k, seeds.map((seed) => seed + (point.a ?? 0)));
    }
  });
  const heard = [];
  assert.deepEqual(await contrasts.at([{}, { a: 100 }, {}], [1, 2, 3, 4, 5], (_, done, of) => heard.push([done, of])), [[1, 2, 3, 4, 5], [101, 102, 103, 104, 105], [1, 2, 3, 4, 5]]);
  assert.equal(played.length, 10);
  assert.deepEqual(heard.at(-1), [heard.length, heard.length]);
  await contrasts.at([{}], [5, 6], () => undefined);
  assert.equal(played.length, 11);
});

test("a side is ahead where the mean is of interest and worlds bear it out", () => {
  assert.deepEqual(leadOf([0.25, 0.5, -0.25, 0]), { gain: 0.125, ahead: 2, worlds: 4 });
  assert.equal(ahead([0.1, 0.11, 0.09, 0.1], 0.01, 1.7), 1);
  assert.equal(ahead([-0.1, -0.11, -0.09, -0.1], 0.01, 1.7), -1);
  assert.equal(ahead([0.005, 0.005, 0.005], 0.01, 1.7), 0, "sure, but of no interest");
  assert.equal(ahead([0.5, -0.4, 0.3, -0.3], 0.01, 1.7), 0, "of interest, but not sure");
});

test("only what both sides have in common from the start may move", () => {
  const descriptors = /** @type {any} */ ({ parameters: Object.fromEntries(Object.entries(data.parameters).map(([name, { low, high, codes }]) => [name, { low, high: codes.length ? codes.length - 1 : high, choices: codes }])) });
  const names = (one, other) => axesOf([one, other], Object.keys(data.parameters), /** @type {any} */ (data), descriptors).map(({ name }) => name);
  assert.deepEqual(names(preset("a"), preset("b")), ["listening", "pilots", "lead"]);
  assert.deepEqual(names(preset("a", { parameters: { listening: 0.9 } }), preset("b")), ["pilots", "lead"]);
  assert.deepEqual(names(preset("a", { kinds: { gp: { pilots: 1 } } }), preset("b", { events: [{ quarter: 3, what: "set", parameters: { lead: "trust" } }] })), ["listening"]);
  const [, , lead] = axesOf([preset("a"), preset("b")], Object.keys(data.parameters), /** @type {any} */ (data), descriptors);
  assert.deepEqual(lead, { name: "lead", start: 0, ends: [1], span: 1, whole: false, steps: true });
});

test("circumstances hold on both sides, from the start, in the world that shows them", () => {
  const draft = /** @type {any} */ ({ A: preset("a"), B: preset("b", { parameters: { listening: 0.9, pilots: 1 } }), active: "A", seed: 1 });
  under(draft, [{ name: "pilots", value: 0.2 }, { name: "lead", value: "trust" }], 7, /** @type {any} */ (data));
  assert.deepEqual(draft.A.parameters, { pilots: 0.2, lead: "trust" });
  assert.deepEqual(draft.B.parameters, { listening: 0.9, pilots: 0.2, lead: "trust" });
  assert.equal(draft.seed, 7);
});

const lead = (gain, ahead = 50, worlds = 64) => ({ gain, ahead, worlds });
const moves = [{ name: "lead", was: "none", value: "trust", share: 1 }, { name: "listening", was: 0.5, value: 0.8, share: 0.3 }];

test("it is told who is ahead, by how much, in how many worlds, and how far away", () => {
  assert.equal(stands(lead(0.042), true), "As things stand, B ends with 4.2 points more joined up than A, and is ahead in 50 of 64 worlds.");
  assert.match(stands(lead(-0.002), false), /about alike: A has 0.2 points more/);
  const near = { near: 0.25, far: 0.75 }, at = (distance, many = 2) => ({ moves: moves.slice(0, many), distance, lead: lead(-0.03) });
  assert.equal(found(at(0.2, 1), true, near), "Not far from here, with one thing different, A ends ahead instead: by 3.0 points.");
  assert.equal(found(at(0.5), true, near), "Some way from here, with 2 things different, A ends ahead instead: by 3.0 points.");
  assert.equal(found(at(0.75), false, near), "Far from here, with 2 things different, A ends ahead: by 3.0 points.");
  assert.match(sure(at(1)), /Tried again in 64 worlds .*: A is ahead in 50 of them/);
  assert.match(soFar({ ...at(1), lead: lead(0.03, 1, 1) }), /B ends ahead by 3.0 points, in the one world tried/);
  assert.equal(then({ ...at(1), lead: lead(-0.0002) }), "Then neither is ahead.");
  assert.equal(then({ ...at(1), lead: lead(0.004) }), "Then B is ahead by 0.4 points.");
});

test("a move names the setting, from where to where, with its unit where that says something", () => {
  assert.deepEqual(moves.map((each) => move(each, /** @type {any} */ (data))), [
    { label: "Who leads", moved: "nobody → a hospital", way: "Another choice" }, { label: "Listening", moved: "0.5 → 0.8", way: "Moved over 30% of its range" }]);
  assert.equal(amount(8, /** @type {any} */ ({ unit: "quarters", codes: [], choices: [] })), "8 quarters");
});
