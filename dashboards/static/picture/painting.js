// Paints one quarter of a scene, a few strokes at a time: land, what is agreed and joined, walk-outs, partners, names.

import { BREAK, GREEN, INK, LESS, MORE, PAPER, SAND, line, mark, star } from "stage/picture/shapes.js";
import { GROUP } from "stage/picture/scene.js";

/** @typedef {import("stage/picture/scene.js").Scene} Scene */
/** @typedef {import("stage/picture/reading.js").Reading} Reading */
/** @typedef {import("stage/picture/names.js").Name} Name */

/**
 * How a scene is painted. dim: which lines and nodes stand back; against: another run's reading, to show the difference.
 * @typedef {object} Manner
 * @property {number} width
 * @property {number} height
 * @property {number} unit  a hundredth of the smaller side
 * @property {number} size  of names, in pixels
 * @property {string[]} colours  of kinds
 * @property {number} least  breadth from which something counts as shared
 * @property {number[]} weight  of each line, 0..1 of the heaviest
 * @property {Name[]} names
 * @property {((line: number) => boolean) | null} nearLine
 * @property {((node: number) => boolean) | null} nearNode
 * @property {number[]} ringed  nodes pointed at
 * @property {Reading | null} against
 */

const BATCH = 60, LAND = 0.17, LAND_SCALE = 0.5;

/**
 * Set a canvas back to how a new one draws, so that what was drawn on it before, or left half drawn, changes nothing.
 * @param {CanvasRenderingContext2D} c
 * @param {number} ratio
 */
export function plain(c, ratio) {
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(c, { globalAlpha: 1, lineWidth: 1, lineCap: "butt", lineJoin: "round", textAlign: "start", textBaseline: "alphabetic" });
  c.setLineDash([]);
}

/**
 * Paint a quarter; yields between strokes so that whoever paints ahead of time can stop for the next frame.
 * @param {CanvasRenderingContext2D} c
 * @param {CanvasRenderingContext2D} scratch  of the same size, for the land
 * @param {number} ratio  pixels of the canvas for one of the page
 * @param {Scene} scene
 * @param {Reading} reading
 * @param {Manner} manner
 */
export function* painted(c, scratch, ratio, scene, reading, manner) {
  plain(c, ratio);
  c.fillStyle = PAPER;
  c.fillRect(0, 0, manner.width, manner.height);
  if (manner.against) yield* differences(c, scene, reading, manner.against, manner);
  else {
    yield* land(c, scratch, scene, reading, manner);
    yield* ties(c, scene, reading, manner);
    walkOuts(c, scene, reading, manner);
  }
  yield;
  partners(c, scene, reading, manner);
  yield;
  names(c, scene, manner);
}

/** Land under those that work as one: one wash of colour, however often it is laid over itself. */
function* land(c, scratch, scene, reading, { width, height, unit }) {
  const { x, y, r, a, b } = scene;
  scratch.setTransform(LAND_SCALE, 0, 0, LAND_SCALE, 0, 0);
  scratch.clearRect(0, 0, width, height);
  scratch.strokeStyle = scratch.fillStyle = GREEN;
  scratch.lineCap = "round";
  const on = new Uint8Array(x.length);
  let any = false;
  for (let k = 0; k < a.length; k++) {
    if (reading.one[k] < 0.5) continue;
    any = true;
    scratch.lineWidth = 4.6 * unit;
    line(scratch, x[a[k]], y[a[k]], x[b[k]], y[b[k]]);
    scratch.stroke();
    on[a[k]] = on[b[k]] = 1;
    if (k % BATCH === 0) yield;
  }
  for (let i = 0; i < x.length; i++) {
    if (!on[i] && reading.innerOne[i] < 0.5) continue;
    any = true;
    scratch.beginPath();
    scratch.arc(x[i], y[i], r[i] + 2.3 * unit, 0, 7);
    scratch.fill();
  }
  if (!any) return;
  c.globalAlpha = LAND;
  c.drawImage(scratch.canvas, 0, 0, width * LAND_SCALE, height * LAND_SCALE, 0, 0, width, height);
  c.globalAlpha = 1;
}

/** Lines only where something is shared: sand for what is agreed, green inside it for what is joined. */
function* ties(c, scene, reading, manner) {
  const { x, y, a, b } = scene, { unit, weight, nearLine, least } = manner;
  c.lineCap = "round";
  for (let k = 0; k < a.length; k++) {
    const agreed = reading.agreed[k];
    if (agreed < least) continue;
    const wide = unit * (0.2 + 0.9 * agreed), seen = (0.35 + 0.65 * Math.min(1, weight[k])) * (nearLine && !nearLine(k) ? 0.12 : 1);
    c.globalAlpha = 0.8 * seen;
    c.strokeStyle = SAND;
    c.lineWidth = wide;
    line(c, x[a[k]], y[a[k]], x[b[k]], y[b[k]]);
    c.stroke();
    const share = Math.min(1, reading.joined[k] / agreed);
    if (share > 0.1) {
      c.globalAlpha = 0.92 * seen;
      c.strokeStyle = GREEN;
      c.lineWidth = wide * share;
      c.stroke();
    }
    if (k % BATCH === 0) yield;
  }
  c.globalAlpha = 1;
}

/** A broken red line where somebody has just walked away; it fades over a year. */
function walkOuts(c, scene, reading, { unit, nearLine }) {
  const { x, y, a, b } = scene;
  c.strokeStyle = BREAK;
  c.lineWidth = Math.max(1.6, 0.45 * unit);
  c.setLineDash([1.2 * unit, 1.2 * unit]);
  for (let k = 0; k < a.length; k++) {
    if (reading.left[k] < 0.15) continue;
    c.globalAlpha = reading.left[k] * (nearLine && !nearLine(k) ? 0.12 : 1);
    line(c, x[a[k]], y[a[k]], x[b[k]], y[b[k]]);
    c.stroke();
  }
  c.setLineDash([]);
  c.globalAlpha = 1;
}

/** Where one run shares more than another (whole and blue), and where less (broken and orange). */
function* differences(c, scene, reading, other, { unit, nearLine }) {
  const { x, y, a, b } = scene;
  c.lineCap = "round";
  for (let k = 0; k < a.length; k++) {
    const gain = reading.agreed[k] - other.agreed[k], size = Math.min(1, 2 * Math.abs(gain));
    if (size < 0.05) continue;
    c.globalAlpha = (0.2 + 0.8 * size) * (nearLine && !nearLine(k) ? 0.12 : 1);
    c.strokeStyle = gain > 0 ? MORE : LESS;
    c.setLineDash(gain > 0 ? [] : [unit, 1.3 * unit]);
    c.lineWidth = unit * (0.2 + 0.8 * size);
    line(c, x[a[k]], y[a[k]], x[b[k]], y[b[k]]);
    c.stroke();
    if (k % BATCH === 0) yield;
  }
  c.setLineDash([]);
  c.globalAlpha = 1;
}

function partners(c, scene, reading, manner) {
  const { x, y, r, kind } = scene, { unit, colours, nearNode, ringed } = manner;
  for (let i = 0; i < x.length; i++) {
    c.globalAlpha = nearNode && !nearNode(i) ? 0.3 : 1;
    if (kind[i] === GROUP) neighbourhood(c, scene, reading, i, manner);
    else {
      mark(c, kind[i], x[i], y[i], r[i]);
      c.fillStyle = colours[kind[i]];
      c.strokeStyle = "#ffffff";
      c.lineWidth = 2;
      c.stroke();
      c.fill();
    }
    if (reading.strain[i] > 0.1) {
      c.beginPath();
      c.arc(x[i], y[i], 1.3 * r[i] + 0.55 * unit, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * Math.min(1, reading.strain[i]));
      c.lineWidth = Math.max(1.5, 0.38 * unit);
      c.strokeStyle = BREAK;
      c.stroke();
    }
    if (reading.fresh[i] && kind[i] !== GROUP) star(c, x[i] + 0.9 * r[i] + 3, y[i] - 0.9 * r[i] - 3, Math.max(5, unit));
    if (ringed.includes(i)) {
      c.beginPath();
      c.arc(x[i], y[i], 1.3 * r[i] + 1.3 * unit, 0, 2 * Math.PI);
      c.lineWidth = Math.max(3, 0.5 * unit);
      c.strokeStyle = INK;
      c.stroke();
    }
    c.globalAlpha = 1;
  }
}

/** A disc with how many stand in it; round it, what they share among themselves: sand agreed, green joined. */
function neighbourhood(c, scene, reading, i, { unit, size }) {
  const { x, y, r, members } = scene, wide = Math.max(4, 0.8 * unit);
  c.beginPath();
  c.arc(x[i], y[i], r[i], 0, 2 * Math.PI);
  c.fillStyle = "#ffffff";
  c.fill();
  c.lineWidth = 1.5;
  c.strokeStyle = INK;
  c.stroke();
  for (const [share, colour] of /** @type {[number, string][]} */ ([[reading.innerAgreed[i], SAND], [reading.innerJoined[i], GREEN]])) {
    if (share < 0.01) continue;
    c.beginPath();
    c.arc(x[i], y[i], r[i] - wide / 2 - 1, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * Math.min(1, share));
    c.lineWidth = wide;
    c.strokeStyle = colour;
    c.stroke();
  }
  c.font = `700 ${Math.min(size, 1.1 * r[i])}px system-ui, sans-serif`;
  c.textAlign = "center";
  c.textBaseline = "middle";
  c.fillStyle = INK;
  c.fillText(String(members[i].length), x[i], y[i]);
}

function names(c, scene, { names: placed, size, nearNode }) {
  for (const { node, lines, x, y, line: led } of placed) {
    if (nearNode && !nearNode(node)) continue;
    if (led) {
      c.strokeStyle = INK;
      c.lineWidth = 1;
      line(c, ...led);
      c.stroke();
    }
    lines.forEach((text, k) => write(c, text, x, y + 1.12 * k * size, size));
  }
}

export const font = (size, weight = 600) => `${weight} ${size}px system-ui, -apple-system, "Segoe UI", sans-serif`;

/** A name with an edge of paper, so that it can be read over lines. */
export function write(c, text, x, y, size) {
  c.font = font(size);
  c.textAlign = "center";
  c.textBaseline = "middle";
  c.lineJoin = "round";
  c.lineWidth = 4;
  c.strokeStyle = PAPER;
  c.strokeText(text, x, y);
  c.fillStyle = INK;
  c.fillText(text, x, y);
}
