// The river: what is agreed (sand) and what is joined (green) over the years, only as far as the room has seen.

import { series } from "stage/model/run_values.js";
import { h } from "stage/parts/dom.js";
import { GREEN, INK, SAND } from "stage/picture/shapes.js";
import { messages, text } from "stage/words/messages.js";
import { percent } from "stage/words/numbers.js";

/** @typedef {import("stage/picture/charts.js").Named} Named */

const TOPS = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1];
/** Years between two that are named. */
const EVERY = [1, 3, 5];
const SOFT = "#5d6673";

/** The least round number that values stay below. */
export const topOf = (most) => TOPS.find((top) => most <= top * 0.98) ?? 1;

export class River {
  /**
   * @param {number} quarters
   * @param {Record<string, number>} index  the position of each measure
   */
  constructor(quarters, index) {
    this.quarters = quarters;
    this.index = index;
    this.canvas = h("canvas", { class: "river", "aria-hidden": "true" });
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    /** @type {{name: string, agreed: Float32Array, joined: Float32Array}[]} */
    this.runs = [];
    this.layer = /** @type {HTMLCanvasElement} */ (document.createElement("canvas"));
    this.drawn = "";
    this.version = 0;
    new ResizeObserver(() => { this.drawn = ""; this.draw(this.position, this.seen); }).observe(this.canvas);
    this.position = this.seen = 0;
  }

  /** @param {Named[]} runs */
  use(runs) {
    this.runs = runs.map(({ run, name }) => ({ name, agreed: series(run, this.index.form), joined: series(run, this.index.integration) }));
    this.version += 1;
  }

  /**
   * @param {number} position
   * @param {number} seen  the furthest position that the room has seen
   */
  draw(position, seen) {
    this.position = position;
    this.seen = seen;
    const { canvas, layer, context: c } = this, ratio = Math.min(2, window.devicePixelRatio || 1);
    const width = canvas.clientWidth, high = canvas.clientHeight, last = Math.floor(seen);
    if (!width || !this.runs.length) return;
    const key = [this.version, width, high, last].join();
    if (key !== this.drawn) {
      this.drawn = key;
      for (const each of [canvas, layer]) Object.assign(each, { width: Math.round(width * ratio), height: Math.round(high * ratio) });
      this.paint(/** @type {CanvasRenderingContext2D} */ (layer.getContext("2d")), ratio, width, high, last);
    }
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, canvas.width, canvas.height);
    c.drawImage(layer, 0, 0);
    c.fillStyle = INK;
    c.fillRect(Math.round(this.x(position, width) * ratio) - 1, 0, Math.max(2, 2 * ratio), canvas.height - Math.round(this.foot * ratio));
  }

  /** Room at the foot for the years. */
  get foot() {
    return Math.max(11, Math.min(32, this.canvas.clientHeight * 0.24));
  }

  x(quarter, width) {
    return 10 + (quarter / (this.quarters - 1)) * (width - 20);
  }

  paint(c, ratio, width, high, last) {
    const foot = this.foot, count = this.runs.length;
    const most = Math.max(0.01, ...this.runs.flatMap(({ agreed, joined }) => [...agreed.subarray(0, last + 1), ...joined.subarray(0, last + 1)]));
    const top = topOf(most), x = (q) => this.x(q, width), y = (v) => high - foot - (v / top) * (high - foot - 6);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.font = `600 ${foot * 0.86}px system-ui, sans-serif`;
    c.textBaseline = "bottom";
    c.strokeStyle = "#e4dfd3";
    c.lineWidth = 1;
    const years = this.quarters / 4, room = c.measureText(text(messages.river.year, { year: years })).width * 1.5;
    const every = EVERY.find((gap) => (gap / years) * width > room) ?? years;
    for (let year = 0; year <= years; year++) {
      const at = x(Math.max(0, year * 4 - 1));
      c.beginPath();
      c.moveTo(at, 4);
      c.lineTo(at, high - foot);
      c.stroke();
      if (year % every || !year) continue;
      c.fillStyle = SOFT;
      c.textAlign = "center";
      c.fillText(text(messages.river.year, { year }), Math.min(at, width - 2.2 * foot), high);
    }
    this.runs.forEach(({ name, agreed, joined }, k) => {
      const dash = count > 1 && k === 0 ? [7, 4] : [];
      for (const [values, colour, wash] of /** @type {[Float32Array, string, number][]} */ ([[agreed, SAND, count > 1 ? 0.14 : 0.38], [joined, GREEN, count > 1 ? 0.2 : 0.5]])) {
        c.beginPath();
        c.moveTo(x(0), y(0));
        for (let q = 0; q <= last; q++) c.lineTo(x(q), y(values[q]));
        c.lineTo(x(last), y(0));
        c.globalAlpha = wash;
        c.fillStyle = colour;
        c.fill();
        c.globalAlpha = 1;
        c.beginPath();
        for (let q = 0; q <= last; q++) c[q ? "lineTo" : "moveTo"](x(q), y(values[q]));
        c.setLineDash(dash);
        c.strokeStyle = colour === SAND ? "#a3854f" : colour;
        c.lineWidth = 3;
        c.stroke();
        c.setLineDash([]);
      }
      if (count > 1 && last > 1) this.badge(c, name, x(last), y(joined[last]), y(this.runs[1 - k].joined[last]), foot);
    });
    c.fillStyle = SOFT;
    c.textAlign = "left";
    c.fillText(percent(top), 0, foot + 2);
  }

  /** The name of a side at the end of its line, clear of the other's. */
  badge(c, name, x, y, other, size) {
    c.font = `800 ${size * 1.1}px system-ui, sans-serif`;
    c.textAlign = "left";
    c.fillStyle = GREEN;
    const apart = Math.abs(y - other) < size ? (y < other || (y === other && name === "B") ? -size / 2 : size / 2) : 0;
    c.fillText(name, Math.min(x + 5, this.canvas.clientWidth - size), Math.min(y + apart + size / 2, this.canvas.clientHeight - this.foot + 2));
  }
}
