// Small line charts of a run's measures; A solid, B broken, a line where the room is in time.

import { measure, series } from "stage/model/run_values.js";
import { h, s } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";
import { percent, pounds } from "stage/words/numbers.js";

/** @typedef {{code: string, lines: [string, "thin" | "thick"][], top: number | null, show: (value: number) => string}} Spec */
/** @typedef {{run: import("stage/model/port.js").Run, name: string}} Named  a run, and its side where there are two */

const words = messages.charts;

/**
 * The measures that are drawn; their words stand under their codes in the messages. top: null fits the values.
 * @type {Spec[]}
 */
export const CHARTS = [
  { code: "form", lines: [["form", "thin"], ["integration", "thick"]], top: 1, show: percent },
  { code: "outcome", lines: [["outcome", "thick"]], top: 1, show: percent },
  { code: "seamless", lines: [["seamless", "thick"]], top: 1, show: percent },
  { code: "pooled", lines: [["pooled", "thick"]], top: null, show: pounds },
  { code: "trust", lines: [["trust", "thick"]], top: 1, show: percent },
];

/** The measures of the charts, in the order of the table of years. */
export const CHARTED = Object.keys(words.columns);

const WIDTH = 360, HEIGHT = 118, LEFT = 8, RIGHT = 8, TOP = 8, BOTTOM = 18;

/** One chart; `update` shows runs and `cursor` moves the line. */
export class Chart {
  /**
   * @param {Spec} spec
   * @param {Record<string, number>} index  the position of each measure
   */
  constructor(spec, index) {
    this.spec = spec;
    this.index = index;
    /** @type {{title: string, said: string}} */
    this.words = words[spec.code];
    /** @type {Named[]} */
    this.runs = [];
    this.quarters = 0;
    /** Where the line stands, and the values that are told. */
    this.shown = { at: -1, quarter: -1, runs: this.runs };
    this.top = 1;
    this.lines = s("g", {});
    this.now = s("line", { class: "now", y1: TOP, y2: HEIGHT - BOTTOM });
    this.dots = s("g", {});
    this.svg = s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img", "aria-label": this.words.title, preserveAspectRatio: "none" },
      s("g", { class: "grid" }, [0, 0.5, 1].map((y) => s("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: this.y(y), y2: this.y(y) }))),
      this.lines, this.now, this.dots);
    this.values = h("p", { class: "values" });
    this.element = h("figure", { class: "chart-box" },
      h("figcaption", {}, h("strong", { text: this.words.title }), " ", h("span", { text: this.words.said })), this.svg, this.values);
  }

  x(quarter) {
    return LEFT + (quarter / (this.quarters - 1)) * (WIDTH - LEFT - RIGHT);
  }

  y(share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  /** @param {Named[]} runs */
  update(runs) {
    this.runs = runs;
    this.quarters = runs[0].run.quarters;
    const all = runs.map(({ run }) => this.spec.lines.map(([code]) => series(run, this.index[code])));
    const most = Math.max(1e-9, ...all.flat().map((values) => values.reduce((a, b) => Math.max(a, b), 0)));
    this.top = this.spec.top ?? niceTop(most);
    this.lines.replaceChildren();
    if (this.spec.lines.length === 2 && runs.length === 1) {
      const [upper, lower] = all[0];
      const there = [...upper].map((v, q) => `${this.x(q).toFixed(1)},${this.y(v / this.top).toFixed(1)}`);
      const back = [...lower].map((v, q) => `${this.x(q).toFixed(1)},${this.y(v / this.top).toFixed(1)}`).reverse();
      this.lines.append(s("polygon", { class: "gap", points: [...there, ...back].join(" ") }));
    }
    all.forEach((set, r) => set.forEach((values, k) => {
      const points = [...values].map((v, q) => `${this.x(q).toFixed(1)},${this.y(Math.min(1, v / this.top)).toFixed(1)}`).join(" ");
      this.lines.append(s("polyline", { class: `line ${this.spec.lines[k][1]} side-${runs[r].name || "A"}`, points }));
    }));
    const ends = runs.map(({ run, name }) => {
      const values = this.spec.lines.map(([code]) => this.line(run, code, this.quarters - 1)).join(messages.common.comma);
      return name ? text(words.of_side, { side: name, values }) : values;
    });
    this.svg.setAttribute("aria-label", text(words.at_the_end, { title: this.words.title, values: ends.join("; ") }));
  }

  /** A line's name and value in a quarter. */
  line(run, code, quarter) {
    return text(words.line, { label: words.lines[code], value: this.spec.show(measure(run, this.index[code], quarter)) });
  }

  /** @param {number} position */
  cursor(position) {
    const at = Math.round(position * 4) / 4, x = String(this.x(at)), quarter = Math.min(this.quarters - 1, Math.floor(position)), { shown, runs } = this;
    if (at === shown.at && runs === shown.runs) return;
    this.shown = { at, quarter, runs };
    this.now.setAttribute("x1", x);
    this.now.setAttribute("x2", x);
    if (quarter === shown.quarter && runs === shown.runs) return;
    this.values.replaceChildren(...this.runs.flatMap(({ run, name }) => this.spec.lines.map(([code, style]) => {
      return h("span", { class: `key ${style} side-${name || "A"}`, text: `${name ? `${name} ` : ""}${this.line(run, code, quarter)}` });
    })));
  }
}

function niceTop(value) {
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((k) => k * size).find((top) => top >= value) ?? value;
}
