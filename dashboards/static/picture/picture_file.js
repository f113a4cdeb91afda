// The picture as a file: both sides with their titles, the moment, what the marks mean, and the caution.

import { BREAK, GREEN, INK, PAPER, SAND, mark } from "stage/picture/shapes.js";
import { messages, text } from "stage/words/messages.js";
import { when } from "stage/words/numbers.js";

/** @typedef {import("stage/picture/view.js").View} View */

const MARGIN = 28, HEAD = 92, LINE = 30, FOOT = 92, FONT = "system-ui, -apple-system, sans-serif";

/**
 * One canvas with everything that the picture needs to be understood by itself.
 * @param {View[]} views
 * @param {string} question
 * @param {{place: import("stage/model/port.js").Place, kinds: {plural: string, colour: string}[], caution: string}} about
 */
export function pictureFile(views, question, { place, kinds, caution }) {
  const ratio = views[0].network.ratio, width = views.reduce((sum, { network }) => sum + network.width, 0) + MARGIN * (views.length + 1);
  const high = Math.max(...views.map(({ network }) => network.height)), height = HEAD + high + 2 * LINE + FOOT;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const c = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.fillStyle = PAPER;
  c.fillRect(0, 0, width, height);
  const write = (said, x, y, size, weight = 400, room = width - x - MARGIN) => {
    c.font = `${weight} ${size}px ${FONT}`;
    c.font = `${weight} ${Math.min(size, (size * room) / Math.max(1, c.measureText(said).width))}px ${FONT}`;
    c.fillStyle = INK;
    c.textBaseline = "top";
    c.fillText(said, x, y);
  };
  write(question, MARGIN, 18, 24, 700);
  write(text(messages.picture.file_moment, { place: place.title, when: when(views[0].quarter) }), MARGIN, 54, 18);
  let x = MARGIN;
  for (const { network, badge, title, say, handOffs } of views) {
    const name = views.length > 1 ? `${badge.textContent}: ` : "";
    write(`${name}${title.textContent}. ${handOffs.textContent}`, x, HEAD, 17, 600, network.width);
    c.drawImage(network.canvas, x, HEAD + LINE, network.width, network.height);
    write(say.textContent ?? "", x, HEAD + LINE + network.height + 6, 16, 400, network.width);
    x += network.width + MARGIN;
  }
  key(c, kinds, MARGIN, height - FOOT + 16, (said, at, y) => write(said, at, y, 15));
  write(caution, MARGIN, height - 34, 17, 700);
  return canvas;
}

/** What the marks mean, in one row. */
function key(c, kinds, left, top, write) {
  const words = messages.picture, middle = top + 8;
  let x = left;
  const sign = (said, draw) => {
    draw();
    write(said, x + 34, top);
    x += 50 + c.measureText(said).width;
  };
  const stroke = (colour, wide, dash = /** @type {number[]} */ ([])) => () => {
    Object.assign(c, { strokeStyle: colour, lineWidth: wide });
    c.setLineDash(dash);
    c.beginPath();
    c.moveTo(x, middle);
    c.lineTo(x + 28, middle);
    c.stroke();
    c.setLineDash([]);
  };
  const land = () => {
    c.globalAlpha = 0.2;
    stroke(GREEN, 14)();
    c.globalAlpha = 1;
  };
  sign(words.joined, stroke(GREEN, 6));
  sign(words.agreed, stroke(SAND, 6));
  sign(words.one, land);
  sign(words.walk_out, stroke(BREAK, 3, [6, 5]));
  kinds.forEach(({ plural, colour }, k) => sign(plural, () => {
    mark(c, k, x + 16, middle, 8);
    c.fillStyle = colour;
    c.fill();
  }));
}
