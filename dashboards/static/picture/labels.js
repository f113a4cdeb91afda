// Where names stand beside partners' marks: none over another, none over a mark but its own.

/** @typedef {[number, number, number, number]} Box */

/**
 * Positions [partner, x, y] of the names that find room, the largest kinds and incomes first.
 * @param {{place: import("stage/model/port.js").Place, x: Float64Array, y: Float64Array, r: Float64Array, width: number, height: number, text: number, crowded: boolean}} picture
 * @param {(label: string) => number} widthOf
 * @returns {[number, number, number][]}
 */
export function placeLabels({ place, x, y, r: radius, width, height, text, crowded }, widthOf) {
  const taken = place.ids.map((_, i) => box(x[i], y[i], 0.85 * radius[i], 0.85 * radius[i]));
  const order = [...place.ids.keys()].sort((i, j) => place.kind[i] - place.kind[j] || place.income[j] - place.income[i]);
  /** @type {[number, number, number][]} */
  const labels = [];
  /** @type {Box[]} */
  const written = [];
  for (const i of order) {
    const half = widthOf(place.labels[i]) / 2, high = 0.55 * text, r = radius[i] * 1.2 + 4;
    const spots = [[0, r + high], [0, -r - high], [r + half, 0], [-r - half, 0], [0.8 * r + half, 0.9 * r], [-0.8 * r - half, 0.9 * r],
      [0.8 * r + half, -0.9 * r], [-0.8 * r - half, -0.9 * r]].map(([dx, dy]) => ({ x: x[i] + dx, y: y[i] + dy, spot: box(x[i] + dx, y[i] + dy, half + 2, high + 1) }))
      .filter(({ spot }) => spot[0] > 1 && spot[2] < width - 1 && spot[1] > 1 && spot[3] < height - 1);
    // The largest kinds are named even where a name must cover a small neighbour.
    const free = spots.find(({ spot }) => !taken.some((other, k) => k !== i && meets(spot, other)))
      ?? (place.kind[i] < 2 && !crowded ? spots.find(({ spot }) => !written.some((other) => meets(spot, other))) : undefined);
    if (!free) continue;
    taken.push(free.spot);
    written.push(free.spot);
    labels.push([i, free.x, free.y]);
  }
  return labels;
}

/** @returns {Box} */
const box = (x, y, half, high) => [x - half, y - high, x + half, y + high];

/**
 * @param {Box} a
 * @param {Box} b
 */
const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
