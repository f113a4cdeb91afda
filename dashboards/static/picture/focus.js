// What is looked at, a partner or a tie: what it touches, what is under the pointer, and where an arrow key leads.

/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {{partner?: number, tie?: number}} Focus  a partner or a tie that is looked at */
/** @typedef {{place: Place, x: Float64Array, y: Float64Array, r: Float64Array}} Laid  a place whose partners have positions and sizes */

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
 * What is under a point of the picture: a partner before a tie.
 * @param {Laid} laid
 * @param {number} px
 * @param {number} py
 * @returns {Focus | null}
 */
export function under({ place, x, y, r }, px, py) {
  /** @type {Focus | null} */
  let best = null;
  let nearest = 1;
  for (let i = 0; i < place.ids.length; i++) {
    const away = Math.hypot(px - x[i], py - y[i]) / (r[i] * 1.25 + 4);
    if (away < nearest) [best, nearest] = [{ partner: i }, away];
  }
  if (best) return best;
  nearest = NEAR_TIE;
  for (let e = 0; e < place.a.length; e++) {
    const away = distance(px, py, x[place.a[e]], y[place.a[e]], x[place.b[e]], y[place.b[e]]);
    if (away < nearest) [best, nearest] = [{ tie: e }, away];
  }
  return best;
}

/**
 * The nearest partner in a direction (dx, dy) from partner i, for the arrow keys; i itself where there is none.
 * @param {Pick<Laid, "x" | "y">} laid
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
