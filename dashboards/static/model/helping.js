// What would help, with the compiled model: every lever moved on its own, first in one world, then in more.

import { numberOf } from "stage/model/binding.js";
import { inForce } from "stage/model/in_force.js";
import { quantile, rounded, sorted } from "stage/model/quantiles.js";

/** @typedef {import("stage/model/port.js").PageData} PageData */
/** @typedef {import("stage/model/port.js").Help} Help */
/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {import("stage/model/engine.js").Descriptors} Descriptors */
/** @typedef {{name: string, was: number, value: number}} Move */

/** How many worlds each pass adds before the last brings the rest. */
const PASSES = [1, 3];

/** @typedef {{first_seed: number, span: [number, number, number]}} Told  the seed of the first world beside that in the picture; shares of worlds: low, middle, high */

/**
 * Each lever that may change during a run, with the values it could be moved to.
 * @param {Scenario} scenario
 * @param {number} quarter
 * @param {PageData} data
 * @param {Descriptors} descriptors
 * @param {(was: number, way: number, low: number, high: number, whole: number) => number} moved  NaN for no move
 * @returns {Move[]}
 */
export function moves(scenario, quarter, data, descriptors, moved) {
  return Object.entries(data.parameters).filter(([, { lever, scope }]) => lever && (scope === "place" || scope === "partner")).flatMap(([name, { low, high, whole, codes }]) => {
    const was = numberOf(descriptors, name, inForce(scenario, name, quarter, data));
    const values = codes.length ? [...codes.keys()].filter((k) => k !== was) : [1, -1].map((way) => moved(was, way, low, high, Number(whole))).filter((value) => !Number.isNaN(value));
    return values.map((value) => ({ name, was, value }));
  });
}

/**
 * The worlds of each pass: the one in the picture first, so that every lever has a first answer soon.
 * @param {import("stage/model/port.js").Seed} seed  of the run in the picture
 * @param {number} worlds
 * @param {number} other  the seed of the first of the others
 */
export function passes(seed, worlds, other) {
  const seeds = [seed, ...Array.from({ length: worlds - 1 }, (_, k) => other + k)], found = [];
  let from = 0;
  for (const many of [...PASSES, worlds]) {
    if (from < worlds) found.push(seeds.slice(from, from + many));
    from += many;
  }
  return found;
}

/**
 * The rows from how each move ended and how the same worlds end unchanged, the most helpful first; worlds of which only one is known so far do not count yet.
 * @param {{move: Move, ends: number[]}[]} tried
 * @param {number[]} unchanged
 * @param {number} quarter
 * @param {PageData} data
 * @param {Told["span"]} span
 * @returns {Help}
 */
export function ranked(tried, unchanged, quarter, data, [low, middle, high]) {
  const told = tried.map(({ move, ends }) => ({ move, ends: ends.slice(0, unchanged.length) })).filter(({ ends }) => ends.length);
  const rows = told.map(({ move: { name, was, value }, ends }) => {
    const gains = sorted(ends.map((end, k) => end - unchanged[k])), { label, codes } = data.parameters[name], shown = (number) => (codes.length ? codes[number] : number);
    return { name, label, was: shown(was), value: shown(value), gain: rounded(quantile(gains, middle)), low: rounded(quantile(gains, low)), high: rounded(quantile(gains, high)) };
  });
  return { quarter, worlds: unchanged.length, unchanged: quantile(sorted(unchanged), middle), rows: rows.sort((one, other) => other.gain - one.gain) };
}
