// Time: play, pause, step, scrub along the river; what happened when, to click on, as far as the room has seen.

import { fill, h, reduced, s } from "stage/parts/dom.js";
import { River } from "stage/picture/river.js";
import { messages, text } from "stage/words/messages.js";
import { when } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Moment} Moment */
/** @typedef {import("stage/picture/charts.js").Named} Named */

const words = messages.timeline;
const ROWS = Object.entries(words.rows);
const ROW_OF = { event: 0, election: 1, reversal: 1, reorganisation: 1, agreement: 2, walkout: 3, compact_begun: 4, compact_over: 4, leader: 5 };
const FIRST = ["event", "election", "reversal", "reorganisation", "compact_over", "compact_begun", "walkout", "bailout", "leader", "agreement"];
const JUMPS = ["event", "election", "reversal", "reorganisation", "compact_begun", "compact_over", "walkout"];
const SPEEDS = [[1, words.slow], [3, words.normal], [8, words.fast]];
const HIGH = 16, MOST_JUMPS = 60, LONGEST = 70;

/** The bar below the picture. `moved(position)` is called whenever the time shown changes; positions are quarters from 0. */
export class Timebar {
  /**
   * @param {number} quarters
   * @param {Record<string, number>} index  the position of each measure
   * @param {import("stage/session/seen.js").Seen} seen
   * @param {(position: number) => void} moved
   */
  constructor(quarters, index, seen, moved) {
    this.quarters = quarters;
    this.seen = seen;
    this.moved = moved;
    this.position = 0;
    this.speed = 3;
    this.playing = false;
    /** @type {Named[]} */
    this.runs = [];
    /** Time that passed unseen, for those who asked for less motion. */
    this.hidden = /** @type {number | null} */ (null);
    /** What the clock, the sentence and the marks last told. */
    this.shown = { quarter: -1, seen: -1, playing: false };
    this.river = new River(quarters, index);
    this.range = h("input", { type: "range", min: 0, max: quarters - 1, step: 1, value: 0, "aria-label": words.shown, class: "time-range", oninput: () => this.jump(Number(this.range.value)) });
    this.button = h("button", { class: "play", onclick: () => this.toggle() });
    this.clock = h("output", { class: "clock", "aria-live": "off" });
    this.said = h("p", { class: "happened", "aria-live": "polite" });
    this.marks = s("svg", { class: "marks", viewBox: `0 0 1000 ${ROWS.length * HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    this.marks.addEventListener("click", (event) => this.clicked(event));
    const speed = h("select", { "aria-label": words.speed, onchange: (event) => { this.speed = Number(event.target.value); } },
      SPEEDS.map(([value, label]) => h("option", { value, selected: value === 3, text: label })));
    const step = (label, sign, by) => h("button", { "aria-label": label, title: label, text: sign, onclick: () => this.step(by) });
    this.jumps = h("select", { class: "moments", "aria-label": words.jump, onchange: (event) => this.jump(Number(event.target.value)) });
    this.main = h("div", { class: "time-main" }, this.button, h("div", { class: "flow" }, this.river.canvas, this.range), this.clock);
    this.element = h("div", { class: "timebar" }, this.main,
      h("div", { class: "time-more" }, step(words.to_start, "|‹", -quarters), step(words.back, "‹", -1), step(words.on, "›", 1), speed, this.jumps, this.said),
      h("div", { class: "time-track" }, h("div", { class: "mark-names" }, ROWS.map(([what, label]) => h("span", { class: what, text: label }))), this.marks));
    this.show();
  }

  /**
   * Show runs: their river, and their moments.
   * @param {Named[]} runs
   */
  use(runs) {
    this.runs = runs;
    this.river.use(runs);
    this.shown.quarter = this.shown.seen = -1;
    this.show();
  }

  /** Moments of all runs that a test chooses, by quarter, each with its side. */
  moments(chosen) {
    return this.runs.flatMap(({ run, name }) => run.header.moments.filter(chosen).map((moment) => ({ ...moment, side: name }))).sort((a, b) => a.quarter - b.quarter);
  }

  line({ quarter, said, side }) {
    return text(side ? words.moment_of : words.moment, { when: when(quarter), said, side });
  }

  x(quarter) {
    return 10 + (980 * quarter) / (this.quarters - 1);
  }

  /** Marks and jumps up to the last quarter that the room has seen. */
  mark(last) {
    const years = Array.from({ length: this.quarters / 4 }, (_, year) => s("line", { x1: this.x(year * 4), x2: this.x(year * 4), y1: 0, y2: ROWS.length * HIGH, class: "year" }));
    const rows = ROWS.map((_, k) => s("line", { x1: 0, x2: 1000, y1: (k + 1) * HIGH, y2: (k + 1) * HIGH, class: "row-line" }));
    fill(this.marks, years, rows, this.moments(({ quarter, what }) => quarter <= last && what in ROW_OF).map((moment) => this.tick(moment)));
    const jumps = this.moments(({ quarter, what }) => quarter <= last && JUMPS.includes(what)).slice(0, MOST_JUMPS);
    const short = (moment) => (moment.said.length > LONGEST ? { ...moment, said: `${moment.said.slice(0, LONGEST - 2)}…` } : moment);
    fill(this.jumps, h("option", { value: "", text: jumps.length ? words.jump_to : words.nothing, disabled: true, selected: true }),
      jumps.map((moment) => h("option", { value: moment.quarter, text: this.line(short(moment)) })));
  }

  /** A mark; where there are two sides, A stands in the upper half of its row and B in the lower. */
  tick(moment) {
    const two = this.runs.length > 1, room = two ? HIGH / 2 - 1 : HIGH - 3, high = Math.min(room, (two ? 2 : 4) + 1.6 * Math.sqrt(moment.count));
    const middle = ROW_OF[moment.what] * HIGH + (two ? (moment.side === "A" ? 0.27 : 0.75) * HIGH : HIGH / 2);
    return s("rect", { class: `moment ${moment.what}`, x: this.x(moment.quarter) - 3, width: 6, y: middle - high / 2, height: high, rx: 1.5 }, s("title", {}, this.line(moment)));
  }

  clicked(event) {
    const frame = this.marks.getBoundingClientRect();
    this.jump(Math.round(((event.clientX - frame.left) / frame.width) * (this.quarters - 1)));
  }

  /** Stop and show a quarter. It is read off before stopping, which sets the slider to the quarter that was playing. */
  jump(quarter) {
    this.pause();
    this.go(quarter);
  }

  /** Some quarters on or back. */
  step(by) {
    this.pause();
    this.go(Math.round(this.position) + by);
  }

  /**
   * Show a position, kept within the run.
   * @param {number} position
   */
  go(position) {
    this.position = Math.max(0, Math.min(this.quarters - 1, position));
    if (this.position > 0) this.seen.reach(this.position);
    this.show();
    this.moved(this.position);
  }

  show() {
    const quarter = Math.floor(this.position), last = Math.floor(this.seen.far), { shown, playing } = this;
    this.range.value = String(quarter);
    this.river.draw(this.position, this.seen.far);
    if (quarter === shown.quarter && last === shown.seen && shown.playing === playing) return;
    if (last !== shown.seen) this.mark(last);
    this.shown = { quarter, seen: last, playing };
    this.range.setAttribute("aria-valuetext", when(quarter));
    this.clock.textContent = when(quarter);
    this.said.setAttribute("aria-live", playing ? "off" : "polite");
    this.said.textContent = this.said.title = this.happened(quarter);
    this.button.textContent = playing ? words.pause : words.play;
  }

  /** What happened in a quarter, of each side in turn. */
  happened(quarter) {
    return this.runs.map(({ run, name }) => {
      const here = run.header.moments.filter((moment) => moment.quarter === quarter).sort((one, other) => FIRST.indexOf(one.what) - FIRST.indexOf(other.what));
      const said = here.slice(0, 3).map((moment) => moment.said).join(" ") || words.quiet;
      return name ? text(words.of_side, { side: name, said }) : said;
    }).join(" ");
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
      if (before !== null) this.advance(this.position + Math.min(0.25, (time - before) / 1000) * this.speed);
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
