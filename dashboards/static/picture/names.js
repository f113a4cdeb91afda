// Where names stand beside partners' marks: none over another, none over a mark, and none where another mark is nearer than its own.

/** @typedef {[number, number, number, number]} Box  left, top, right, bottom */
/** @typedef {{node: number, lines: string[], x: number, y: number, box: Box, line: [number, number, number, number] | null}} Name  x, y: the middle of its first line; line: from the mark to a name that found no room beside it */

const GAP = 3, FURTHEST = 16, AROUND = 36;

/**
 * A name in one line, and in two or three where it is long.
 * @param {string} label
 * @returns {string[][]}
 */
function broken(label) {
  const words = label.split(" ");
  if (label.length < 14 || words.length < 2) return [[label]];
  let best = 1;
  const uneven = (k) => Math.abs(words.slice(0, k).join(" ").length - words.slice(k).join(" ").length);
  for (let k = 2; k < words.length; k++) if (uneven(k) < uneven(best)) best = k;
  const two = [words.slice(0, best).join(" "), words.slice(best).join(" ")];
  return words.length < 3 || label.length < 20 ? [[label], two] : [[label], two, three(words, label.length / 3)];
}

/** Words in three lines of about a length. */
function three(words, length) {
  const lines = ["", "", ""];
  let k = 0;
  for (const word of words) {
    if (k < 2 && lines[k] && `${lines[k]} ${word}`.length > length + 2) k += 1;
    lines[k] = `${lines[k]} ${word}`.trim();
  }
  return lines.filter(Boolean);
}

/**
 * Places for the names that find room, the most important first.
 * @param {Pick<import("stage/picture/scene.js").Scene, "x" | "y" | "r" | "rank" | "label">} scene
 * @param {{left: number, top: number, right: number, bottom: number}} within
 * @param {number} size  of the letters, in pixels
 * @param {(text: string) => number} widthOf
 * @param {(node: number) => "always" | "beside" | "never"} named  always: even where a line must lead to the name; beside: where there is room
 * @returns {Name[]}
 */
export function placeNames(scene, within, size, widthOf, named) {
  const { x, y, r, rank, label } = scene, step = size * 1.12;
  /** @type {Name[]} */
  const placed = [];
  const order = [...rank.keys()].sort((i, j) => rank[i] - rank[j]);
  const inside = (box) => box[0] >= within.left && box[2] <= within.right && box[1] >= within.top && box[3] <= within.bottom;
  const clear = (box) => placed.every(({ box: other }) => box[0] >= other[2] + 2 || box[2] <= other[0] - 2 || box[1] >= other[3] || box[3] <= other[1]);
  const away = (box, i) => Math.hypot(Math.max(box[0] - x[i], 0, x[i] - box[2]), Math.max(box[1] - y[i], 0, y[i] - box[3])) - r[i] * 1.15;
  const own = (box, i) => {
    const mine = Math.max(0, away(box, i));
    return x.every((_, j) => j === i || away(box, j) > mine + 1);
  };
  const free = (box, i) => x.every((_, j) => away(box, j) > (j === i ? -1 : 1));
  for (const i of order.filter((each) => named(each) !== "never")) {
    const shapes = broken(label[i]).map((lines) => ({ lines, wide: Math.max(...lines.map(widthOf)), high: lines.length * step }));
    const found = shapes.map((shape) => beside(shape, x[i], y[i], r[i]).find((box) => inside(box) && clear(box) && free(box, i) && own(box, i)));
    let at = found.findIndex(Boolean), box = found[at], line = null;
    if (!box && named(i) === "always") {
      for (at = shapes.length - 1; at >= 0 && !box; at--) box = around(shapes[at], x[i], y[i], r[i]).find((each) => inside(each) && clear(each) && free(each, i));
      at += 1;
      if (box) line = led(box, x[i], y[i], r[i]);
    }
    if (box) placed.push({ node: i, lines: shapes[at].lines, x: (box[0] + box[2]) / 2, y: box[1] + step / 2, box, line });
  }
  return placed;
}

/**
 * A line from the edge of a mark to the nearest point of its name.
 * @param {Box} box
 * @returns {[number, number, number, number]}
 */
function led(box, x, y, r) {
  const toX = Math.max(box[0], Math.min(box[2], x)), toY = Math.max(box[1], Math.min(box[3], y)), away = Math.hypot(toX - x, toY - y) || 1;
  return [x + (r * (toX - x)) / away, y + (r * (toY - y)) / away, toX, toY];
}

/** @returns {Box[]} */
function beside({ wide, high }, x, y, r) {
  const w = wide / 2, h = high / 2, d = 1.25 * r + GAP;
  return [[0, d + h], [0, -d - h], [d + w, 0], [-d - w, 0], [0.7 * d + w, 0.7 * d + h], [-0.7 * d - w, 0.7 * d + h], [0.7 * d + w, -0.7 * d - h], [-0.7 * d - w, -0.7 * d - h],
    [0.6 * w, d + h], [-0.6 * w, d + h], [0.6 * w, -d - h], [-0.6 * w, -d - h], [d + w, 0.7 * h], [d + w, -0.7 * h], [-d - w, 0.7 * h], [-d - w, -0.7 * h]]
    .map(([dx, dy]) => [x + dx - w, y + dy - h, x + dx + w, y + dy + h]);
}

/** @returns {Box[]} */
function around({ wide, high }, x, y, r) {
  const found = [];
  for (let out = 1; out <= FURTHEST; out++) {
    for (let k = 0; k < AROUND; k++) {
      const angle = (2 * k * Math.PI) / AROUND, dx = Math.cos(angle) * (r + 8 + wide / 2 + 8 * out), dy = Math.sin(angle) * (r + 6 + high / 2 + 8 * out);
      found.push(/** @type {Box} */ ([x + dx - wide / 2, y + dy - high / 2, x + dx + wide / 2, y + dy + high / 2]));
    }
  }
  return found;
}
