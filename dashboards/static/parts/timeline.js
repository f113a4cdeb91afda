// Time: play, pause, step, scrub; what happened when, to click on.

import { fill, h, reduced, s } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";
import { when } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Moment} Moment */

const words = messages.timeline;
const ROWS = Object.entries(words.rows);
const ROW_OF = { event: 0, election: 1, reversal: 1, reorganisation: 1, agreement: 2, walkout: 3, bailout: -1, leader: 4 };
const FIRST = ["event", "election", "reversal", "reorganisation", "walkout", "bailout", "leader", "agreement"];
const SPEEDS = [[1, words.slow], [3, words.normal], [8, words.fast]];
const HIGH = 13;

/** The bar below the picture. `moved(position)` is called whenever the time shown changes; positions are quarters from 0. */
export class Timeline {
  /**
   * @param {number} quarters
   * @param {(position: number) => void} moved
   */
  constructor(quarters, moved) {
    this.quarters = quarters;
    this.moved = moved;
    this.position = 0;
    this.speed = 3;
    this.playing = false;
    /** @type {Moment[]} */
    this.moments = [];
    /** Time that passed unseen, for those who asked for less motion. */
    this.hidden = /** @type {number | null} */ (null);
    /** What the clock and the sentence last told. */
    this.shown = { quarter: -1, moments: this.moments, playing: false };
    this.range = h("input", { type: "range", min: 0, max: quarters - 1, step: 1, value: 0, "aria-label": words.shown, class: "time-range", oninput: () => { this.pause(); this.go(Number(this.range.value)); } });
    this.button = h("button", { class: "play", onclick: () => this.toggle() });
    this.clock = h("output", { class: "clock", "aria-live": "off" });
    this.said = h("p", { class: "happened", "aria-live": "polite" });
    this.marks = s("svg", { class: "marks", viewBox: `0 0 1000 ${ROWS.length * HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    this.marks.addEventListener("click", (event) => this.clicked(event));
    const speed = h("select", { "aria-label": words.speed, onchange: (event) => { this.speed = Number(event.target.value); } },
      SPEEDS.map(([value, label]) => h("option", { value, selected: value === 3, text: label })));
    const step = (label, sign, by) => h("button", { "aria-label": label, title: label, text: sign, onclick: () => { this.pause(); this.go(Math.round(this.position) + by); } });
    this.events = h("select", { class: "moments", "aria-label": words.jump, onchange: (event) => { this.pause(); this.go(Number(event.target.value)); } });
    this.element = h("div", { class: "timeline" },
      h("div", { class: "time-buttons" }, this.button, step(words.back, "‹", -1), step(words.on, "›", 1), speed, this.clock, this.events),
      h("div", { class: "time-track" }, h("div", { class: "mark-names", "aria-hidden": "true" }, ROWS.map(([what, label]) => h("span", { class: what, text: label }))),
        h("div", { class: "track" }, this.marks, this.range)), this.said);
    this.show();
  }

  /**
   * Mark a run's moments.
   * @param {Moment[]} moments
   */
  use(moments) {
    this.moments = moments;
    fill(this.marks, this.grid(), moments.filter(({ what }) => ROW_OF[what] >= 0).map((moment) => this.mark(moment)));
    const big = moments.filter(({ what, count }) => ["event", "election", "reversal", "reorganisation"].includes(what) || (what === "walkout" && count >= 1));
    const first = moments.find(({ what }) => what === "agreement");
    const chosen = [...(first ? [first] : []), ...big].sort((a, b) => a.quarter - b.quarter).slice(0, 60);
    fill(this.events, h("option", { value: "", text: chosen.length ? words.jump_to : words.nothing, disabled: true, selected: true }),
      chosen.map(({ quarter, said }) => h("option", { value: quarter, text: this.line(quarter, said.length > 70 ? `${said.slice(0, 68)}…` : said) })));
    this.show();
  }

  line(quarter, said) {
    return text(words.moment, { when: when(quarter), said });
  }

  grid() {
    return Array.from({ length: this.quarters / 4 + 1 }, (_, year) => s("line", { x1: this.x(year * 4), x2: this.x(year * 4), y1: 0, y2: ROWS.length * HIGH, class: "year" }));
  }

  x(quarter) {
    return (1000 * quarter) / (this.quarters - 1);
  }

  mark({ quarter, what, count, said }) {
    const row = ROW_OF[what], high = Math.min(HIGH - 2, 4 + 2.2 * Math.sqrt(count));
    return s("rect", { class: `moment ${what}`, x: this.x(quarter) - 3.5, width: 7, y: row * HIGH + (HIGH - high) / 2, height: high, rx: 2 }, s("title", {}, this.line(quarter, said)));
  }

  clicked(event) {
    const frame = this.marks.getBoundingClientRect();
    this.pause();
    this.go(Math.round(((event.clientX - frame.left) / frame.width) * (this.quarters - 1)));
  }

  /**
   * Show a position, kept within the run.
   * @param {number} position
   */
  go(position) {
    this.position = Math.max(0, Math.min(this.quarters - 1, position));
    this.show();
    this.moved(this.position);
  }

  show() {
    const quarter = Math.floor(this.position);
    this.range.value = String(quarter);
    const { shown, moments, playing } = this;
    if (quarter === shown.quarter && shown.moments === moments && shown.playing === playing) return;
    this.shown = { quarter, moments, playing };
    this.range.setAttribute("aria-valuetext", when(quarter));
    this.clock.textContent = when(quarter);
    this.said.setAttribute("aria-live", this.playing ? "off" : "polite");
    const here = this.moments.filter((moment) => moment.quarter === quarter);
    here.sort((one, other) => FIRST.indexOf(one.what) - FIRST.indexOf(other.what));
    this.said.textContent = here.slice(0, 3).map(({ said }) => said).join(" ") || words.quiet;
    this.button.textContent = this.playing ? words.pause : words.play;
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.playing) return;
    if (this.position >= this.quarters - 1) this.go(0);
    this.playing = true;
    this.show();
    /** @type {number | null} */
    let before = null;
    /** @param {number} time */
    const tick = (time) => {
      if (!this.playing) return;
      if (before !== null) {
        const next = this.position + Math.min(0.25, (time - before) / 1000) * this.speed;
        this.advance(next);
      }
      before = time;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  /** One frame on; whole quarters only for those who asked for less motion. */
  advance(next) {
    if (reduced()) {
      this.hidden = (this.hidden ?? this.position) + next - this.position;
      if (Math.floor(this.hidden) > this.position) this.go(Math.floor(this.hidden));
    } else this.go(next);
    if (this.position >= this.quarters - 1) this.pause();
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.hidden = null;
    this.go(Math.round(this.position));
  }
}
