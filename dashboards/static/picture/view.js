// One side of the stage: the picture of a run, what is said about it, and what is pointed at.

import { fill, h } from "stage/parts/dom.js";
import { pictureTables, tableBox } from "stage/parts/tables.js";
import { toward, under } from "stage/picture/focus.js";
import { Network } from "stage/picture/network.js";
import { messages, text } from "stage/words/messages.js";
import { listed } from "stage/words/numbers.js";
import { aboutPartner, aboutTie } from "stage/words/partner_and_tie.js";
import { summary } from "stage/words/quarter.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {import("stage/picture/focus.js").Focus} Focus */

const words = messages.picture;

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A figure with a canvas, and what is said about the partner or tie in focus; `actions`, where set, offers what can be done to it. */
export class View {
  /**
   * @param {"A" | "B"} name
   * @param {import("stage/model/run_values.js").IndexedData} data
   * @param {Place} place
   */
  constructor(name, data, place) {
    this.data = data;
    this.place = place;
    /** @type {Run | null} */
    this.run = null;
    this.position = 0;
    /** @type {Focus | null} */
    this.focus = null;
    this.pinned = false;
    /** @type {number[]} */
    this.pointed = [];
    /** @type {Run | null} */
    this.against = null;
    /** @type {((focus: Focus) => Node) | null} */
    this.actions = null;
    /** The partner whose ties are gone round, and how far. */
    this.round = { of: -1, k: 0 };
    /** The quarter that was last put in words. */
    this.spoken = -1;
    this.frames = 0;
    this.canvas = h("canvas", { class: "network" });
    this.board = h("div", { class: "board", tabindex: "0", role: "application", "aria-roledescription": words.role, "aria-label": words.keys }, this.canvas);
    this.card = h("div", { class: "card", hidden: true, "aria-live": "polite" });
    this.badge = h("span", { class: `badge side-${name}`, text: name });
    this.title = h("strong", { class: "side-title" });
    this.verdict = h("span", { class: "side-verdict" });
    this.said = h("p", { class: "summary" });
    this.table = tableBox(words.as_table, () => this.run ? pictureTables(this.run, this.quarter, this.place, this.data) : []);
    this.element = h("figure", { class: "view", id: `view-${name}` }, h("figcaption", { class: "view-head" }, this.badge, this.title, this.verdict),
      h("div", { class: "board-box" }, this.board, this.card));
    this.inWords = h("div", { class: "in-words" }, this.said, this.table.element);
    this.network = new Network(this.canvas, place, data);
    this.listen();
  }

  get quarter() {
    return Math.min(this.data.quarters - 1, Math.floor(this.position));
  }

  listen() {
    const board = this.board;
    new ResizeObserver(() => { this.network.resize(); this.draw(); }).observe(this.canvas);
    board.addEventListener("pointermove", (event) => { if (!this.pinned) this.look(this.under(event), event); });
    board.addEventListener("pointerleave", () => { if (!this.pinned) this.look(null); });
    board.addEventListener("click", (event) => this.pin(this.under(event), /** @type {PointerEvent} */ (event)));
    board.addEventListener("keydown", (event) => this.key(event));
    board.addEventListener("blur", () => { if (!this.pinned) this.look(null); });
  }

  under(event) {
    const frame = this.canvas.getBoundingClientRect();
    return under(this.network, event.clientX - frame.left, event.clientY - frame.top);
  }

  key(event) {
    const largest = this.place.income.indexOf(Math.max(...this.place.income));
    if (event.key in ARROWS) {
      const from = this.focus?.partner ?? (this.focus ? this.place.a[Number(this.focus.tie)] : undefined);
      this.pinned = false;
      this.look({ partner: from === undefined ? largest : toward(this.network, from, ...ARROWS[event.key]) });
    } else if (event.key.toLowerCase() === "n" && !event.ctrlKey && !event.metaKey) this.nextTie(largest);
    else if (event.key === "Enter" || event.key === " ") this.pin(this.focus);
    else if (event.key === "Escape") this.pin(null);
    else return;
    event.preventDefault();
  }

  /** Go round the ties of the partner last looked at, the weightiest first. */
  nextTie(largest) {
    const of = this.focus?.partner ?? (this.round.of < 0 ? largest : this.round.of);
    const ties = [...this.network.neighbours[of].values()].sort((a, b) => this.place.weight[b] - this.place.weight[a]);
    if (!ties.length) return;
    const next = this.round.of === of && this.focus?.tie !== undefined ? (this.round.k + 1) % ties.length : 0;
    this.round = { of, k: next };
    this.pinned = false;
    this.look({ tie: ties[next] });
  }

  /**
   * Tell about what is under the pointer or has the keyboard's attention.
   * @param {Focus | null} focus
   * @param {PointerEvent | null} [event]
   */
  look(focus, event = null) {
    if (JSON.stringify(focus) === JSON.stringify(this.focus) && !this.pinned) return;
    this.focus = focus;
    this.tell(event);
    this.draw();
  }

  /**
   * Keep a partner or a tie in view, or let go with null.
   * @param {Focus | null} focus
   * @param {PointerEvent | null} [event]
   */
  pin(focus, event = null) {
    this.focus = focus;
    this.pinned = focus !== null;
    this.tell(event);
    this.draw();
  }

  /** @param {PointerEvent | null} [event]  where the pointer was, if it was one */
  tell(event = null) {
    if (!this.focus || !this.run) {
      this.card.hidden = true;
      return;
    }
    const { focus, run, quarter, place, data } = this;
    const about = focus.tie === undefined ? aboutPartner(run, quarter, Number(focus.partner), place, data, this.network.neighbours) : aboutTie(run, quarter, focus.tie, place, data);
    const frame = this.canvas.getBoundingClientRect();
    const x = event?.clientX ? event.clientX - frame.left : this.network.x[focus.partner ?? place.a[Number(focus.tie)]];
    this.card.classList.toggle("to-left", x > frame.width / 2);
    fill(this.card, h("h3", { text: about.title }), about.said.map((sentence) => h("p", { text: sentence })),
      about.rows.length ? h("ul", {}, (this.pinned ? about.rows : about.rows.slice(0, 2)).map((sentence) => h("li", { text: sentence }))) : null,
      about.rows.length > 2 && !this.pinned ? h("p", { class: "small", text: text(words.more_neighbours, { count: about.rows.length }) }) : null,
      this.pinned ? this.actions?.(focus) : null,
      this.pinned ? h("button", { class: "quiet close", text: messages.common.close, onclick: () => this.pin(null) }) : null);
    this.card.hidden = false;
  }

  /** Show a run: a new picture of the same place, or of another. */
  show(run, title) {
    this.run = run;
    this.title.textContent = title;
    this.verdict.textContent = run.header.verdict;
    this.element.dataset.result = run.header.result;
    this.element.dataset.regime = run.header.regime;
    this.tell();
    this.at(this.position, true);
  }

  /** Show where this run shares more or less than another, or null for the run alone. */
  compareWith(run) {
    this.against = run;
    this.verdict.textContent = run ? words.against : this.run?.header.verdict ?? "";
  }

  /** Show a moment of the run. */
  at(position, anew = false) {
    const before = this.spoken;
    this.position = position;
    if (!this.run) return;
    if (anew || before !== this.quarter) {
      this.spoken = this.quarter;
      this.said.textContent = summary(this.run, this.quarter, this.place, this.data);
      this.canvas.setAttribute("aria-hidden", "true");
      this.table.refresh();
      if (this.focus) this.tell();
    }
    this.draw();
  }

  draw() {
    if (!this.run) return;
    this.network.draw(this.run, this.position, { focus: this.focus, pointed: this.pointed, against: this.against });
    this.frames += 1;
  }

  use(place) {
    this.place = place;
    this.run = this.focus = this.against = null;
    this.pinned = false;
    this.pointed = [];
    this.card.hidden = true;
    this.network.use(place);
  }

  point(partners) {
    this.pointed = partners;
    this.draw();
  }
}

/**
 * What the marks mean, for the foot of the picture.
 * @param {Pick<import("stage/model/port.js").PageData, "kinds" | "resources">} data
 */
export function legend({ kinds, resources }) {
  const shapes = ["■", "◆", "●", "▲"];
  return h("ul", { class: "legend" }, kinds.map((kind, k) => h("li", {}, h("span", { class: "shape", style: `color:${kind.colour}`, "aria-hidden": "true", text: shapes[k] }), kind.plural)),
    h("li", {}, h("span", { class: "ramp", "aria-hidden": "true" }), words.tie_marks),
    h("li", {}, h("span", { class: "shape small-marks", "aria-hidden": "true", text: "■ ● ▲" }), text(words.shared, { resources: listed(resources.map(({ label }) => label)) })),
    h("li", {}, h("span", { class: "arc", "aria-hidden": "true" }), words.strain), h("li", {}, h("span", { "aria-hidden": "true", text: "★ " }), words.new_leader),
    h("li", {}, h("span", { "aria-hidden": "true", text: "✕ " }), words.walk_out));
}
