// What is pointed at in a picture, and where names stand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { concerns, ends, touches, toward, under } from "../../../dashboards/static/picture/focus.js";
import { placeLabels } from "../../../dashboards/static/picture/labels.js";
import { place } from "./places.mjs";

// Hospitals at the left, the council at the right, GPs below the hospitals; ties hospitals-council and council-GPs.
const laid = { place, x: Float64Array.of(100, 300, 100), y: Float64Array.of(100, 100, 300), r: Float64Array.of(10, 10, 10) };
const neighbours = [new Map([[1, 0]]), new Map([[0, 0], [2, 1]]), new Map([[1, 1]])];

test("a partner is under the pointer before a tie, and open ground is nothing", () => {
  assert.deepEqual(under(laid, 104, 103), { partner: 0 });
  assert.deepEqual(under(laid, 200, 104), { tie: 0 });
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

test("names stand beside their marks, within the picture, and never over each other", () => {
  const picture = { ...laid, width: 400, height: 400, text: 12, crowded: false };
  const labels = placeLabels(picture, (label) => 6 * label.length);
  assert.deepEqual(labels.map(([i]) => i), [0, 1, 2]);
  for (const [i, x] of labels) assert.ok(x > 3 * place.labels[i].length && x < 400 - 3 * place.labels[i].length);
  assert.equal(new Set(labels.map(([, x, y]) => `${x},${y}`)).size, 3);
  assert.deepEqual(placeLabels({ ...picture, width: 40 }, () => 60), []);
});
