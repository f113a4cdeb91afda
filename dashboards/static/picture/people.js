// People on their way: each goes three hand-offs over the ties, as the model reckons journeys; they glide where services are one and stop at gaps.
// Where a person is follows from the run and the time alone, so that the same moment always looks the same.

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {{count: number, from: Int16Array, to: Int16Array, way: Float32Array, stuck: Uint8Array}} Walks  by step and person */

export const STEPS = 8;
const PEOPLE = 60, HAND_OFFS = 3;
/** Quarters that a hand-off takes: gliding; else up to the gap, waiting at it, and the rest. */
const GLIDE = 1.6, UP = 1.1, WAIT = 1.7, REST = 1.4;
/** @type {WeakMap<Run, Walks>} */
const known = new WeakMap();

/** Numbers in 0..1 from a seed of their own. */
function chance(seed) {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The item that a share of the whole weight falls on. */
function drawn(weights, share) {
  let left = share * weights.reduce((sum, w) => sum + w, 0);
  for (let k = 0; k < weights.length; k++) {
    left -= weights[k];
    if (left <= 0) return k;
  }
  return weights.length - 1;
}

/**
 * All journeys of a run: who walks where in each eighth of a quarter.
 * @param {Run} run
 * @param {Place} place
 * @param {Map<number, number>[]} neighbours  ties by neighbour, of each partner
 */
export function walksOf(run, place, neighbours) {
  const found = known.get(run);
  if (found) return found;
  const steps = (run.quarters - 1) * STEPS + 1, count = Math.min(PEOPLE, 2 * place.ids.length);
  const walks = { count, from: new Int16Array(steps * count), to: new Int16Array(steps * count), way: new Float32Array(steps * count), stuck: new Uint8Array(steps * count) };
  const around = neighbours.map((map) => [...map].map(([other, tie]) => ({ other, tie, weight: place.weight[tie] })));
  const starts = around.map((all) => all.reduce((sum, { weight }) => sum + weight, 0));
  for (let m = 0; m < count; m++) walk(m, walks, steps, run, around, starts);
  known.set(run, walks);
  return walks;
}

function walk(m, walks, steps, run, around, starts) {
  const next = chance(m), { joined } = run.tie;
  let at = 0, leg = HAND_OFFS, since = 0, open = true, here = -1;
  /** @type {{other: number, tie: number, weight: number}} */
  let over = { other: -1, tie: -1, weight: 0 };
  let began = -next() * 3;
  for (let step = 0; step < steps; step++) {
    const now = step / STEPS;
    at = now - began;
    while (leg === HAND_OFFS || at >= (open ? GLIDE : UP + WAIT + REST)) {
      began = leg === HAND_OFFS ? began : began + (open ? GLIDE : UP + WAIT + REST);
      if (leg >= HAND_OFFS - 1) {
        here = drawn(starts, next());
        leg = 0;
      } else {
        here = over.other;
        leg += 1;
      }
      over = around[here][drawn(around[here].map(({ weight }) => weight), next())];
      since = Math.max(0, Math.min(run.quarters - 1, Math.floor(began)));
      open = joined.values[since * joined.count + over.tie] > 0;
      at = now - began;
    }
    const k = step * walks.count + m;
    walks.from[k] = here;
    walks.to[k] = over.other;
    walks.stuck[k] = !open && at >= UP && at < UP + WAIT ? 1 : 0;
    walks.way[k] = Math.max(0, open ? at / GLIDE : at < UP ? (0.5 * at) / UP : at < UP + WAIT ? 0.5 : 0.5 + (0.5 * (at - UP - WAIT)) / REST);
  }
}
