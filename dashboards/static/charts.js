// Small line charts of a run's measures; A solid, B broken, a line where the room is in time.

import { s } from "stage/dom.js";
import { measure, series } from "stage/message.js";
import { percent, pounds } from "stage/dom.js";

export const CHARTS = [
  { title: "Structures and substance", said: "agreed, and real", lines: [["form", "Structures", "thin"], ["integration", "Substance", "thick"]], top: 1, show: percent },
  { title: "What people get", said: "joint work delivered", lines: [["outcome", "Outcome", "thick"]], top: 1, show: percent },
  { title: "My care", said: "three seamless hand-offs in a row", lines: [["seamless", "Seamless journeys", "thick"]], top: 1, show: percent },
  { title: "Money pooled", said: "£m a year", lines: [["pooled", "Pooled", "thick"]], top: null, show: pounds },
  { title: "Trust", said: "that promises are kept", lines: [["trust", "Trust", "thick"]], top: 1, show: percent },
];

const WIDTH = 360, HEIGHT = 118, LEFT = 8, RIGHT = 8, TOP = 8, BOTTOM = 18;

/** One chart; `update` shows runs [{run, name}] and `cursor` moves the line. */
export class Chart {
  constructor(spec, words) {
    this.spec = spec;
    this.words = words;
    this.lines = s("g", {});
    this.now = s("line", { class: "now", y1: TOP, y2: HEIGHT - BOTTOM });
    this.dots = s("g", {});
    this.svg = s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img", "aria-label": spec.title, preserveAspectRatio: "none" },
      s("g", { class: "grid" }, [0, 0.5, 1].map((y) => s("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: this.y(y), y2: this.y(y) }))),
      this.lines, this.now, this.dots);
    this.values = document.createElement("p");
    this.values.className = "values";
    this.element = document.createElement("figure");
    this.element.className = "chart-box";
    const caption = document.createElement("figcaption");
    const title = document.createElement("strong");
    title.textContent = spec.title;
    const said = document.createElement("span");
    said.textContent = spec.said;
    caption.append(title, " ", said);
    this.element.append(caption, this.svg, this.values);
  }

  x(quarter) {
    return LEFT + (quarter / (this.quarters - 1)) * (WIDTH - LEFT - RIGHT);
  }

  y(share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  update(runs) {
    this.runs = runs;
    this.quarters = runs[0].run.quarters;
    const all = runs.map(({ run }) => this.spec.lines.map(([code]) => series(run, this.words.index[code])));
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
      this.lines.append(s("polyline", { class: `line ${this.spec.lines[k][2]} side-${runs[r].name || "A"}`, points }));
    }));
    const ends = runs.map(({ run, name }) => `${name ? `${name}: ` : ""}${this.spec.lines.map(([code, label]) => `${label} ${this.spec.show(measure(run, this.words.index[code], this.quarters - 1))}`).join(", ")}`);
    this.svg.setAttribute("aria-label", `${this.spec.title}. At the end: ${ends.join("; ")}.`);
  }

  cursor(position) {
    const at = Math.round(position * 4) / 4, x = this.x(at), quarter = Math.min(this.quarters - 1, Math.floor(position));
    if (at === this.at && this.runs === this.shownRuns) return;
    this.at = at;
    this.now.setAttribute("x1", x);
    this.now.setAttribute("x2", x);
    if (quarter === this.shown && this.runs === this.shownRuns) return;
    [this.shown, this.shownRuns] = [quarter, this.runs];
    this.values.replaceChildren(...this.runs.flatMap(({ run, name }) => this.spec.lines.map(([code, label, style]) => {
      const value = document.createElement("span");
      value.className = `key ${style} side-${name || "A"}`;
      value.textContent = `${name ? `${name} ` : ""}${label} ${this.spec.show(measure(run, this.words.index[code], quarter))}`;
      return value;
    })));
  }
}

function niceTop(value) {
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((k) => k * size).find((top) => top >= value) ?? value;
}
