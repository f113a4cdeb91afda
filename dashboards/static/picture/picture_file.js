// The picture as a file: both sides with their titles, the moment, what the marks mean, and the caution.

import { Network } from "stage/picture/network.js";
import { BREAK, GREEN, INK, PAPER, SAND, mark } from "stage/picture/shapes.js";
import { messages, text } from "stage/words/messages.js";
import { when } from "stage/words/numbers.js";

/** @typedef {import("stage/picture/view.js").View} View */

const MARGIN = 28, HEAD = 104, LINE = 36, FOOT = 130, FONT = "system-ui, -apple-system, sans-serif";
/** Names that can be read where two pictures stand side by side on a printed page. */
const NAMES = 20, KEY = 22;

/**
 * What a view shows, drawn anew on paper of its own, so that the file does not depend on the size of the window.
 * @param {View} view
 */
function drawn(view) {
  const { place, data, run, position } = view, network = new Network(document.createElement("canvas"), place, data);
  network.size = NAMES;
  network.look(view.network.inside);
  if (run) network.draw(run, position, view.shown());
  return network;
}

/**
 * One canvas with everything that the picture needs to be understood by itself.
 * @param {View[]} views
 * @param {string} question
 * @param {{place: import("stage/model/port.js").Place, kinds: {plural: string, colour: string}[], caution: string}} about
 */
export function pictureFile(views, question, { place, kinds, caution }) {
  const pictures = views.map(drawn), [{ ratio, height: high }] = pictures;
  const width = pictures.reduce((sum, picture) => sum + picture.width, 0) + MARGIN * (views.length + 1), height = HEAD + high + 2 * LINE + FOOT;
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
  write(question, MARGIN, 16, 32, 700);
  write(text(messages.picture.file_moment, { place: place.title, when: when(views[0].quarter) }), MARGIN, 58, 26);
  let x = MARGIN;
  views.forEach(({ badge, title, say, handOffs }, k) => {
    const name = views.length > 1 ? `${badge.textContent}: ` : "", { canvas: painting, width: wide } = pictures[k];
    write(`${name}${title.textContent}. ${handOffs.textContent}`, x, HEAD, 26, 600, wide);
    c.drawImage(painting, x, HEAD + LINE, wide, high);
    write(say.textContent ?? "", x, HEAD + LINE + high + 6, 26, 400, wide);
    x += wide + MARGIN;
  });
  key(c, kinds, MARGIN, height - FOOT + 10, width - MARGIN, (said, at, y) => write(said, at, y, KEY));
  write(caution, MARGIN, height - 40, 28, 700);
  return canvas;
}

/** What the marks mean, in as many rows as they need. */
function key(c, kinds, left, top, right, write) {
  const words = messages.picture;
  let x = left, middle = top + KEY / 2;
  const sign = (said, draw) => {
    c.font = `400 ${KEY}px ${FONT}`;
    const wide = 56 + c.measureText(said).width;
    if (x + wide > right) [x, middle] = [left, middle + 1.4 * KEY];
    draw();
    write(said, x + 36, middle - KEY / 2);
    x += wide;
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
