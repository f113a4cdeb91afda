// What stands where in a picture: every partner by itself, neighbourhoods where there are too many, or one neighbourhood from within.

/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {{left: number, top: number, width: number, height: number, size?: number}} Box  size: of names, in pixels */

/**
 * Nodes with positions and sizes in pixels, and lines between them. A node stands for one partner or for a neighbourhood, a line
 * for one tie or for all between two neighbourhoods.
 * @typedef {object} Scene
 * @property {number[][]} members  partners of each node
 * @property {number[][]} inner  ties within each node
 * @property {number[]} kind  of each node; GROUP for a neighbourhood
 * @property {string[]} label
 * @property {number[]} rank  the order in which nodes are named, least first
 * @property {Float64Array} x
 * @property {Float64Array} y
 * @property {Float64Array} r
 * @property {number[]} a
 * @property {number[]} b
 * @property {number[][]} ties  of each line
 * @property {Int32Array} nodeOf  node of each partner, −1 where it is not in this picture
 */

export const GROUP = 4;
/** More partners than this are grouped by neighbourhood. */
export const MOST_SINGLE = 100;
const LEAST_RADIUS = 3.2, PER_GROUP = 13, MOST_GROUPS = 24, ROOM_OF_NAME = 85;
/** A few partners alone are drawn larger, and this share of the picture's height away from its edges. */
const FEW = 5, LARGE = 2.2, EDGE = 0.13;

/**
 * The layout of a place that fits a shape of picture best, as pixels in a box; its proportions are kept.
 * @param {Place} place
 * @param {Box} box
 * @param {number} [larger]  by how much marks are enlarged
 */
function laid(place, box, larger = 1) {
  const wanted = Math.log(box.width / box.height);
  const apart = ({ aspect }) => Math.abs(Math.log(aspect) - wanted);
  const { aspect, xy, radius } = place.layouts.reduce((best, each) => (apart(each) < apart(best) ? each : best));
  const high = Math.min(box.height, box.width / aspect), wide = high * aspect;
  const left = box.left + (box.width - wide) / 2, top = box.top + (box.height - high) / 2;
  return {
    x: Float64Array.from(xy, (p) => left + p[0] * wide), y: Float64Array.from(xy, (p) => top + p[1] * high),
    r: Float64Array.from(radius, (r) => Math.max(LEAST_RADIUS, 1.05 * larger * r * high)),
  };
}

const count = (n) => [...Array(n).keys()];

/** The order of importance: trusts and councils first, then by income. */
function ranked(place) {
  const order = count(place.ids.length).sort((i, j) => (place.kind[i] > 1 ? 1 : 0) - (place.kind[j] > 1 ? 1 : 0) || place.income[j] - place.income[i]);
  const rank = /** @type {number[]} */ (Array(order.length));
  order.forEach((i, k) => { rank[i] = k; });
  return { order, rank };
}

/**
 * Every partner by itself.
 * @param {Place} place
 * @param {Box} box
 * @returns {Scene}
 */
function single(place, box) {
  const all = count(place.ids.length), few = all.length <= FEW, edge = few ? EDGE * box.height : 0;
  const inside = { ...box, left: box.left + edge, top: box.top + edge, width: box.width - 2 * edge, height: box.height - 2 * edge };
  return {
    ...laid(place, inside, few ? LARGE : 1), members: all.map((i) => [i]), inner: all.map(() => []), kind: place.kind, label: place.labels, rank: ranked(place).rank,
    a: place.a, b: place.b, ties: place.a.map((_, e) => [e]), nodeOf: Int32Array.from(all),
  };
}

/**
 * Neighbourhoods: the largest organisations, as far from each other as can be, each with those who stand nearest to it; by partner.
 * @param {Place} place
 * @param {number} [most]  more than these would find no room for their names
 */
export function neighbourhoods(place, most = MOST_GROUPS) {
  const { xy, aspect } = place.layouts.reduce((best, each) => (Math.abs(each.aspect - 1.35) < Math.abs(best.aspect - 1.35) ? each : best));
  const n = xy.length, k = Math.max(6, Math.min(most, Math.round(n / PER_GROUP))), { order } = ranked(place);
  const away = (i, j) => Math.hypot((xy[i][0] - xy[j][0]) * aspect, xy[i][1] - xy[j][1]);
  const seeds = [order[0]], gap = xy.map((_, i) => away(i, order[0]));
  while (seeds.length < k) {
    // Far from those chosen, and large: a name that the room knows.
    const next = order.reduce((best, i, at) => (gap[i] * (1 - 0.7 * (at / n)) > gap[best] * (1 - 0.7 * (order.indexOf(best) / n)) ? i : best), order[0]);
    if (gap[next] === 0) break;
    seeds.push(next);
    xy.forEach((_, i) => { gap[i] = Math.min(gap[i], away(i, next)); });
  }
  return xy.map((_, i) => seeds.reduce((best, seed, s) => (away(i, seed) < away(i, seeds[best]) ? s : best), 0));
}

/** Lines between nodes from ties between partners; ties within a node by node. */
function joinedUp(place, nodeOf, nodes) {
  const lines = new Map(), inner = count(nodes).map(() => /** @type {number[]} */ ([]));
  place.a.forEach((a, e) => {
    const [p, q] = [nodeOf[a], nodeOf[place.b[e]]].sort((one, other) => one - other);
    if (p < 0) return;
    if (p === q) return void inner[p].push(e);
    const key = p * nodes + q;
    if (!lines.has(key)) lines.set(key, []);
    lines.get(key).push(e);
  });
  const keys = [...lines.keys()];
  return { inner, a: keys.map((key) => Math.floor(key / nodes)), b: keys.map((key) => key % nodes), ties: keys.map((key) => lines.get(key)) };
}

/**
 * Neighbourhoods as nodes, each named after its largest organisation.
 * @param {Place} place
 * @param {Box} box
 * @param {number[]} groupOf
 * @returns {Scene}
 */
function grouped(place, box, groupOf) {
  const { x, y } = laid(place, box), { rank } = ranked(place), nodes = Math.max(...groupOf) + 1;
  const members = count(nodes).map((g) => count(groupOf.length).filter((i) => groupOf[i] === g).sort((i, j) => rank[i] - rank[j]));
  const mean = (of, g) => members[g].reduce((sum, i) => sum + of[i], 0) / members[g].length;
  const unit = Math.min(box.width, box.height);
  const scene = {
    members, kind: count(nodes).map(() => GROUP), label: members.map(([first]) => place.labels[first]), rank: count(nodes).map((g) => rank[members[g][0]]),
    x: Float64Array.from(count(nodes), (g) => mean(x, g)), y: Float64Array.from(count(nodes), (g) => mean(y, g)),
    r: Float64Array.from(members, (all) => Math.max(11, unit * 0.0105 * Math.sqrt(all.length))),
    ...joinedUp(place, groupOf, nodes), nodeOf: Int32Array.from(groupOf),
  };
  settle(scene, box);
  return scene;
}

/**
 * One neighbourhood from within.
 * @param {Place} place
 * @param {Box} box
 * @param {number[]} groupOf
 * @param {number} inside
 * @returns {Scene}
 */
function within(place, box, groupOf, inside) {
  const whole = laid(place, box), { rank } = ranked(place), who = count(groupOf.length).filter((i) => groupOf[i] === inside);
  const nodeOf = Int32Array.from(groupOf, () => -1);
  who.forEach((i, k) => { nodeOf[i] = k; });
  const spread = (of, low, size) => {
    const values = who.map((i) => of[i]), least = Math.min(...values), most = Math.max(...values);
    return Float64Array.from(values, (v) => low + size * (0.1 + 0.8 * (most > least ? (v - least) / (most - least) : 0.5)));
  };
  const scene = {
    members: who.map((i) => [i]), kind: who.map((i) => place.kind[i]), label: who.map((i) => place.labels[i]), rank: who.map((i) => rank[i]),
    x: spread(whole.x, box.left, box.width), y: spread(whole.y, box.top, box.height), r: Float64Array.from(who, (i) => Math.max(6, 1.8 * whole.r[i])),
    ...joinedUp(place, nodeOf, who.length), nodeOf,
  };
  settle(scene, box);
  return scene;
}

/** Push nodes apart until there is room for a name between any two. */
function settle({ x, y, r }, box) {
  const room = 0.62 * Math.sqrt((box.width * box.height) / x.length);
  for (let sweep = 0; sweep < 120; sweep++) {
    for (let i = 0; i < x.length; i++) {
      for (let j = i + 1; j < x.length; j++) {
        const dx = x[i] - x[j] || 0.01 * (i - j), dy = y[i] - y[j], away = Math.hypot(dx, dy), wanted = Math.max(room, 1.3 * (r[i] + r[j]));
        if (away >= wanted) continue;
        const push = (0.25 * (wanted - away)) / away;
        x[i] += push * dx;
        x[j] -= push * dx;
        y[i] += push * dy;
        y[j] -= push * dy;
      }
    }
    for (let i = 0; i < x.length; i++) {
      x[i] = Math.max(box.left + r[i], Math.min(box.left + box.width - r[i], x[i]));
      y[i] = Math.max(box.top + r[i], Math.min(box.top + box.height - r[i], y[i]));
    }
  }
}

/**
 * The scene of a place in a box. Where partners are many they stand in neighbourhoods; `inside` is the one that is looked into.
 * @param {Place} place
 * @param {Box} box
 * @param {number | null} inside
 */
export function sceneOf(place, box, inside) {
  if (place.ids.length <= MOST_SINGLE) return single(place, box);
  const room = box.size ? Math.floor((box.width * box.height) / (ROOM_OF_NAME * box.size * box.size)) : MOST_GROUPS;
  const groupOf = neighbourhoods(place, Math.min(MOST_GROUPS, room));
  return inside === null ? grouped(place, box, groupOf) : within(place, box, groupOf, inside);
}
