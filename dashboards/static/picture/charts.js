// Small line charts of a run's measures as far as the room has seen; A broken, B solid, a line where the room is in time.

import { measure, series } from "stage/model/run_values.js";
import { h, s } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";
import { percent, pounds, when } from "stage/words/numbers.js";

/** @typedef {{code: string, lines: [string, "thin" | "thick"][], whole: number | null, show: (value: number) => string}} Spec  whole: the whole range, where there is one */
/** @typedef {{run: import("stage/model/port.js").Run, name: string}} Named  a run, and its side where there are two */

const words = messages.charts;

/** @type {Spec[]} */
export const CHARTS = [
  { code: "joined", lines: [["form", "thin"], ["integration", "thick"]], whole: 1, show: percent },
  { code: "seamless", lines: [["seamless", "thick"]], whole: 1, show: percent },
  { code: "outcome", lines: [["outcome", "thick"]], whole: 1, show: percent },
  { code: "pooled", lines: [["pooled", "thick"]], whole: null, show: pounds },
  { code: "trust", lines: [["trust", "thick"]], whole: 1, show: percent },
];

/** The measures of the charts, in the order of the table of years. */
export const CHARTED = Object.keys(words.lines);

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
    /** Whether the whole range is shown rather than what fits. */
    this.whole = false;
    this.quarters = 0;
    this.shown = { at: -1, quarter: -1, seen: -1 };
    this.lines = s("g", {});
    this.now = s("line", { class: "now", y1: TOP, y2: HEIGHT - BOTTOM });
    this.svg = s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img", "aria-label": this.words.title, preserveAspectRatio: "none" },
      s("g", { class: "grid" }, [0, 0.5, 1].map((y) => s("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: this.y(y), y2: this.y(y) }))),
      this.lines, this.now);
    this.values = h("p", { class: "values" });
    this.top = h("span", { class: "chart-top" });
    this.element = h("figure", { class: "chart-box" },
      h("figcaption", {}, h("strong", { text: this.words.title }), " ", h("span", { text: this.words.said })), h("div", { class: "chart-plot" }, this.svg, this.top), this.values);
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
    this.shown = { at: -1, quarter: -1, seen: -1 };
  }

  /** Draw the lines up to the last quarter that the room has seen. */
  paint(seen) {
    const { spec, runs } = this;
    const all = runs.map(({ run }) => spec.lines.map(([code]) => series(run, this.index[code]).subarray(0, seen + 1)));
    const most = Math.max(1e-9, ...all.flat().map((values) => values.reduce((a, b) => Math.max(a, b), 0)));
    const top = this.whole && spec.whole ? spec.whole : niceTop(most);
    const points = (values) => [...values].map((v, q) => `${this.x(q).toFixed(1)},${this.y(v / top).toFixed(1)}`);
    this.lines.replaceChildren();
    if (spec.lines.length === 2 && runs.length === 1) {
      const [upper, lower] = all[0];
      this.lines.append(s("polygon", { class: "gap", points: [...points(upper), ...points(lower).reverse()].join(" ") }));
    }
    all.forEach((set, r) => set.forEach((values, k) => {
      this.lines.append(s("polyline", { class: `line ${spec.lines[k][1]} side-${runs[r].name || "A"}`, points: points(values).join(" ") }));
    }));
    this.top.textContent = spec.show(top);
    const said = runs.map(({ run, name }) => {
      const values = spec.lines.map(([code]) => this.line(run, code, seen)).join(messages.common.comma);
      return name ? text(words.of_side, { side: name, values }) : values;
    });
    this.svg.setAttribute("aria-label", text(words.so_far, { title: this.words.title, when: when(seen), values: said.join("; ") }));
  }

  /** A line's name and value in a quarter. */
  line(run, code, quarter) {
    return text(words.line, { label: words.lines[code], value: this.spec.show(measure(run, this.index[code], quarter)) });
  }

  /**
   * @param {number} position
   * @param {number} seen  the furthest position that the room has seen
   */
  cursor(position, seen) {
    const at = Math.round(position * 4) / 4, quarter = Math.min(this.quarters - 1, Math.floor(position)), last = Math.min(this.quarters - 1, Math.floor(seen)), { shown } = this;
    if (at === shown.at && last === shown.seen) return;
    if (last !== shown.seen) this.paint(last);
    this.shown = { at, quarter, seen: last };
    this.now.setAttribute("x1", String(this.x(at)));
    this.now.setAttribute("x2", String(this.x(at)));
    if (quarter === shown.quarter) return;
    this.values.replaceChildren(...this.runs.flatMap(({ run, name }) => this.spec.lines.map(([code, style]) => {
      return h("span", { class: `key ${style} side-${name || "A"}`, text: `${name ? `${name} ` : ""}${this.line(run, code, quarter)}` });
    })));
  }
}

function niceTop(value) {
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((k) => k * size).find((top) => top >= value) ?? value;
}
