// What is looked at, a partner or a tie: what it touches, what is under the pointer, and where an arrow key leads.

/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {import("stage/picture/scene.js").Scene} Scene */
/** @typedef {{partner?: number, tie?: number}} Focus  a partner or a tie that is looked at */

const NEAR_TIE = 6;

/**
 * Whether a tie is in focus, or one of its ends.
 * @param {Focus} focus
 * @param {Place} place
 * @param {number} e
 */
export const touches = (focus, place, e) => focus.tie === e || focus.partner === place.a[e] || focus.partner === place.b[e];

/**
 * The partners in focus: one, or both ends of a tie.
 * @param {Focus} focus
 * @param {Place} place
 */
export const ends = (focus, place) => (focus.tie === undefined ? [Number(focus.partner)] : [place.a[focus.tie], place.b[focus.tie]]);

/**
 * Whether a partner is in focus or shares a tie with what is.
 * @param {Focus} focus
 * @param {Place} place
 * @param {Map<number, number>[]} neighbours
 * @param {number} i
 */
export function concerns(focus, place, neighbours, i) {
  return focus.tie === undefined ? focus.partner === i || neighbours[Number(focus.partner)].has(i) : ends(focus, place).includes(i);
}

/**
 * What is under a point of the picture: a node before a line; nodes and lines of the scene.
 * @param {Pick<Scene, "x" | "y" | "r" | "a" | "b">} scene
 * @param {number} px
 * @param {number} py
 * @returns {{node?: number, line?: number} | null}
 */
export function under({ x, y, r, a, b }, px, py) {
  let best = null, nearest = 1;
  for (let i = 0; i < x.length; i++) {
    const away = Math.hypot(px - x[i], py - y[i]) / (r[i] * 1.25 + 4);
    if (away < nearest) [best, nearest] = [{ node: i }, away];
  }
  if (best) return best;
  nearest = NEAR_TIE;
  for (let k = 0; k < a.length; k++) {
    const away = distance(px, py, x[a[k]], y[a[k]], x[b[k]], y[b[k]]);
    if (away < nearest) [best, nearest] = [{ line: k }, away];
  }
  return best;
}

/**
 * The nearest node in a direction (dx, dy) from node i, for the arrow keys; i itself where there is none.
 * @param {Pick<Scene, "x" | "y">} scene
 * @param {number} i
 * @param {number} dx
 * @param {number} dy
 */
export function toward({ x, y }, i, dx, dy) {
  let best = i, least = Infinity;
  for (let j = 0; j < x.length; j++) {
    const vx = x[j] - x[i], vy = y[j] - y[i], along = vx * dx + vy * dy;
    if (j === i || along <= 1) continue;
    const cost = along + 2.5 * Math.abs(vx * dy - vy * dx);
    if (cost < least) [best, least] = [j, cost];
  }
  return best;
}

function distance(px, py, ax, ay, bx, by) {
  const vx = bx - ax, vy = by - ay, along = Math.max(0, Math.min(1, ((px - ax) * vx + (py - ay) * vy) / (vx * vx + vy * vy || 1)));
  return Math.hypot(px - ax - along * vx, py - ay - along * vy);
}
