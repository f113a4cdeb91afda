// What is pointed at in a picture, where things and names stand, and where people are.

import assert from "node:assert/strict";
import { test } from "node:test";

import { concerns, ends, touches, toward, under } from "../../../dashboards/static/picture/focus.js";
import { placeNames } from "../../../dashboards/static/picture/names.js";
import { STEPS, walksOf } from "../../../dashboards/static/picture/people.js";
import { read } from "../../../dashboards/static/picture/reading.js";
import { GROUP, MOST_SINGLE, neighbourhoods, sceneOf } from "../../../dashboards/static/picture/scene.js";
import { data, place, risingRun } from "./places.mjs";

// Hospitals at the left, the council at the right, GPs below the hospitals; ties hospitals-council and council-GPs.
const laid = { x: Float64Array.of(100, 300, 100), y: Float64Array.of(100, 100, 300), r: Float64Array.of(10, 10, 10), a: place.a, b: place.b };
const neighbours = [new Map([[1, 0]]), new Map([[0, 0], [2, 1]]), new Map([[1, 1]])];
const box = { left: 0, top: 0, width: 600, height: 400 };

/** A place of many partners in rows, each tied to the next and to the one below. */
function crowd(n) {
  const wide = Math.ceil(Math.sqrt(n)), all = [...Array(n).keys()];
  const ties = all.flatMap((i) => [[i, i + 1], [i, i + wide]]).filter(([, other]) => other < n);
  return {
    ...place, ids: all.map(String), labels: all.map((i) => `Partner ${i}`), kind: all.map((i) => (i % 20 === 0 ? 0 : 2)), income: all.map((i) => 1000 - i),
    layouts: [{ aspect: 1.5, xy: all.map((i) => [(i % wide) / wide, Math.floor(i / wide) / wide]), radius: all.map(() => 0.01) }],
    a: ties.map(([a]) => a), b: ties.map(([, b]) => b), weight: ties.map(() => 1 / ties.length),
  };
}

test("a node is under the pointer before a line, and open ground is nothing", () => {
  assert.deepEqual(under(laid, 104, 103), { node: 0 });
  assert.deepEqual(under(laid, 200, 104), { line: 0 });
  assert.equal(under(laid, 200, 110), null);
});

test("an arrow key leads to the nearest partner that way, or stays", () => {
  assert.equal(toward(laid, 0, 1, 0), 1);
  assert.equal(toward(laid, 0, 0, 1), 2);
  assert.equal(toward(laid, 0, -1, 0), 0);
});

test("a partner in focus touches its ties and concerns its neighbours; a tie only its ends", () => {
  assert.deepEqual([0, 1].map((e) => touches({ partner: 0 }, place, e)), [true, false]);
  assert.deepEqual([0, 1, 2].map((i) => concerns({ partner: 0 }, place, neighbours, i)), [true, true, false]);
  assert.deepEqual([0, 1, 2].map((i) => concerns({ tie: 1 }, place, neighbours, i)), [false, true, true]);
  assert.deepEqual(ends({ tie: 1 }, place), [1, 2]);
});

test("a layout keeps its proportions in any box", () => {
  for (const [width, height] of [[600, 400], [300, 900], [1200, 300]]) {
    const { x, y } = sceneOf(place, { ...box, width, height }, null), across = x[1] - x[0], down = y[2] - y[0];
    assert.ok(Math.abs(across / down - 1.5) < 1e-9);
    assert.ok(Math.max(...x) <= width && Math.max(...y) <= height);
  }
});

const nearest = ({ x, y, r }, [left, top, right, bottom]) => [...x.keys()].map((i) => Math.hypot(Math.max(left - x[i], 0, x[i] - right), Math.max(top - y[i], 0, y[i] - bottom)) - 1.15 * r[i]);

test("names stand within the picture, never over each other, and never where another mark is nearer", () => {
  const many = crowd(60), scene = sceneOf(many, box, null);
  const names = placeNames(scene, { left: 0, top: 0, right: 600, bottom: 400 }, 12, (text) => 6 * text.length, (i) => (many.kind[i] < 2 ? "always" : "beside"));
  for (const [k, { node, box: spot, line }] of names.entries()) {
    assert.ok(spot[0] >= 0 && spot[1] >= 0 && spot[2] <= 600 && spot[3] <= 400);
    const away = nearest(scene, spot);
    assert.ok(line !== null || away.every((other, i) => i === node || other > away[node]));
    for (const { box: other } of names.slice(k + 1)) assert.ok(spot[0] >= other[2] || spot[2] <= other[0] || spot[1] >= other[3] || spot[3] <= other[1]);
  }
  const named = new Set(names.map(({ node }) => node));
  assert.ok(many.kind.every((kind, i) => kind > 1 || named.has(i)));
});

test("a crowd stands in neighbourhoods, each with a way in, and nobody is lost", () => {
  const many = crowd(MOST_SINGLE + 150), groupOf = neighbourhoods(many), scene = sceneOf(many, box, null);
  assert.ok(scene.members.length >= 6 && scene.members.length <= 24);
  assert.deepEqual(scene.members.flat().sort((a, b) => a - b), many.ids.map(Number));
  assert.ok(scene.kind.every((kind) => kind === GROUP));
  assert.equal(scene.ties.flat().length + scene.inner.flat().length, many.a.length);
  const inside = sceneOf(many, box, 3);
  assert.deepEqual(inside.members.flat(), many.ids.map(Number).filter((i) => groupOf[i] === 3));
  assert.ok(inside.ties.flat().every((e) => groupOf[many.a[e]] === 3 && groupOf[many.b[e]] === 3));
  assert.equal(sceneOf(crowd(MOST_SINGLE), box, null).members.length, MOST_SINGLE);
});

test("a neighbourhood shows the mean of its ties, by weight", () => {
  const run = risingRun(), scene = { members: [[0, 1, 2]], inner: [[0, 1]], ties: [] };
  const before = read(scene, run, 0, place, data.resources), after = read(scene, run, 1, place, data.resources);
  assert.deepEqual([before.innerAgreed[0], before.innerOne[0]], [0, 0]);
  assert.ok(Math.abs(after.innerAgreed[0] - 1) < 1e-6 && after.innerOne[0] === 1 && after.fresh[0] === 0);
});

test("people glide where services are one and stop at gaps, at the same place whenever it is asked", () => {
  const joined = risingRun(), apart = risingRun();
  for (const run of [joined, apart]) run.quarters = 2;
  joined.tie.joined = { ...joined.tie.joined, values: Uint8Array.of(1, 1, 1, 1) };
  apart.tie.joined = { ...apart.tie.joined, values: Uint8Array.of(0, 0, 0, 0) };
  const glide = walksOf(joined, place, neighbours), stop = walksOf(apart, place, neighbours);
  assert.equal(glide.from.length, glide.count * (STEPS + 1));
  assert.ok(glide.stuck.every((stuck) => stuck === 0));
  assert.ok(stop.stuck.some((stuck) => stuck === 1));
  assert.ok([...stop.way].every((way, k) => way >= 0 && way <= 1 && (!stop.stuck[k] || way === 0.5)));
  for (let k = 0; k < glide.count; k++) assert.ok(neighbours[glide.from[k]].has(glide.to[k]));
  assert.equal(walksOf(joined, place, neighbours), glide);
});
