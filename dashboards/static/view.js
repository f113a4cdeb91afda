// One side of the stage: the picture of a run, what is said about it, and what is pointed at.

import { fill, h, listed } from "stage/dom.js";
import { measure } from "stage/message.js";
import { Network } from "stage/network.js";
import { pictureTables, summary, tableBox } from "stage/summary.js";
import { aboutPartner, aboutTie } from "stage/tells.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A figure with a canvas; `chosen(focus)` is called when a partner or tie is clicked, with null when let go. */
export class View {
  constructor(name, words, place, chosen) {
    Object.assign(this, { name, words, place, chosen });
    this.run = null;
    this.position = 0;
    this.focus = null;
    this.pinned = false;
    this.pointed = [];
    this.against = null;
    this.canvas = h("canvas", { class: "network" });
    this.board = h("div", { class: "board", tabindex: "0", role: "application", "aria-roledescription": "picture of the place",
      "aria-label": "The place. Arrow keys go from partner to partner, N to the next tie, Enter keeps one in view, Escape lets go." }, this.canvas);
    this.card = h("div", { class: "card", hidden: true, "aria-live": "polite" });
    this.badge = h("span", { class: `badge side-${name}`, text: name });
    this.title = h("strong", { class: "side-title" });
    this.verdict = h("span", { class: "side-verdict" });
    this.said = h("p", { class: "summary" });
    this.table = tableBox("This picture as a table", () => this.run ? pictureTables(this.run, this.quarter, this.place, this.words) : []);
    this.element = h("figure", { class: "view", id: `view-${name}` }, h("figcaption", { class: "view-head" }, this.badge, this.title, this.verdict),
      h("div", { class: "board-box" }, this.board, this.card));
    this.inWords = h("div", { class: "in-words" }, this.said, this.table.element);
    this.network = new Network(this.canvas, place, words.kinds);
    this.listen();
  }

  get quarter() {
    return Math.min(this.run.quarters - 1, Math.floor(this.position));
  }

  listen() {
    const board = this.board;
    new ResizeObserver(() => { this.network.resize(); this.draw(); }).observe(this.canvas);
    board.addEventListener("pointermove", (event) => { if (!this.pinned) this.look(this.under(event), event); });
    board.addEventListener("pointerleave", () => { if (!this.pinned) this.look(null); });
    board.addEventListener("click", (event) => this.pin(this.under(event), event));
    board.addEventListener("keydown", (event) => this.key(event));
    board.addEventListener("blur", () => { if (!this.pinned) this.look(null); });
  }

  under(event) {
    const frame = this.canvas.getBoundingClientRect();
    return this.network.hit(event.clientX - frame.left, event.clientY - frame.top);
  }

  key(event) {
    const largest = this.place.income.indexOf(Math.max(...this.place.income));
    if (event.key in ARROWS) {
      const from = this.focus?.partner ?? (this.focus ? this.place.a[this.focus.tie] : undefined);
      this.pinned = false;
      this.look({ partner: from === undefined ? largest : this.network.toward(from, ...ARROWS[event.key]) });
    } else if (event.key.toLowerCase() === "n" && !event.ctrlKey && !event.metaKey) this.nextTie(largest);
    else if (event.key === "Enter" || event.key === " ") this.pin(this.focus);
    else if (event.key === "Escape") this.pin(null);
    else return;
    event.preventDefault();
  }

  /** Go round the ties of the partner last looked at, the weightiest first. */
  nextTie(largest) {
    const of = this.focus?.partner ?? this.round?.of ?? largest;
    const ties = [...this.network.neighbours[of].values()].sort((a, b) => this.place.weight[b] - this.place.weight[a]);
    if (!ties.length) return;
    const next = this.round?.of === of && this.focus?.tie !== undefined ? (this.round.k + 1) % ties.length : 0;
    this.round = { of, k: next };
    this.pinned = false;
    this.look({ tie: ties[next] });
  }

  /** Tell about what is under the pointer or has the keyboard's attention. */
  look(focus, event = null) {
    if (JSON.stringify(focus) === JSON.stringify(this.focus) && !this.pinned) return;
    this.focus = focus;
    this.tell(event);
    this.draw();
  }

  pin(focus, event = null) {
    this.focus = focus;
    this.pinned = focus !== null;
    this.tell(event);
    this.draw();
    this.chosen(focus);
  }

  tell(event = null) {
    if (!this.focus || !this.run) {
      this.card.hidden = true;
      return;
    }
    const { focus, run, quarter, place, words } = this;
    const about = focus.tie === undefined ? aboutPartner(run, quarter, focus.partner, place, words, this.network.neighbours) : aboutTie(run, quarter, focus.tie, place, words);
    const frame = this.canvas.getBoundingClientRect();
    const x = event?.clientX !== undefined && event?.clientX ? event.clientX - frame.left : this.network.x[focus.partner ?? place.a[focus.tie]];
    this.card.classList.toggle("to-left", x > frame.width / 2);
    fill(this.card, h("h3", { text: about.title }), about.said.map((text) => h("p", { text })),
      about.rows.length ? h("ul", {}, (this.pinned ? about.rows : about.rows.slice(0, 2)).map((text) => h("li", { text }))) : null,
      about.rows.length > 2 && !this.pinned ? h("p", { class: "small", text: `Click, or press Enter, for all ${about.rows.length} neighbours.` }) : null,
      this.pinned ? this.actions?.(focus) : null,
      this.pinned ? h("button", { class: "quiet close", text: "Close", onclick: () => this.pin(null) }) : null);
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
    this.verdict.textContent = run ? "against A: blue where B shares more, orange where A does" : this.run?.header.verdict ?? "";
  }

  /** Show a moment of the run. */
  at(position, anew = false) {
    const before = this.spoken;
    this.position = position;
    if (!this.run) return;
    if (anew || before !== this.quarter) {
      this.spoken = this.quarter;
      this.said.textContent = summary(this.run, this.quarter, this.place, this.words);
      this.canvas.setAttribute("aria-hidden", "true");
      this.table.refresh();
      if (this.focus) this.tell();
    }
    this.draw();
  }

  draw() {
    if (!this.run) return;
    this.network.draw(this.run, this.position, { focus: this.focus, pointed: this.pointed, against: this.against });
    this.frames = (this.frames ?? 0) + 1;
  }

  use(place) {
    Object.assign(this, { place, run: null, focus: null, pinned: false, pointed: [], against: null });
    this.card.hidden = true;
    this.network.use(place);
  }

  point(partners) {
    this.pointed = partners;
    this.draw();
  }

  value(code) {
    return measure(this.run, this.words.index[code], this.run.quarters - 1);
  }
}

/** What the marks mean, for the foot of the picture. */
export function legend(words) {
  const shapes = ["■", "◆", "●", "▲"];
  return h("ul", { class: "legend" }, words.kinds.map((kind, k) => h("li", {}, h("span", { class: "shape", style: `color:${kind.colour}`, "aria-hidden": "true", text: shapes[k] }), kind.plural)),
    h("li", {}, h("span", { class: "ramp", "aria-hidden": "true" }), "a tie: orange and thin is little trust, blue and wide is much; solid where something is shared"),
    h("li", {}, h("span", { class: "shape small-marks", "aria-hidden": "true", text: "■ ● ▲" }), ` shared ${listed(words.resources)}`),
    h("li", {}, h("span", { class: "arc", "aria-hidden": "true" }), "strain"), h("li", {}, h("span", { "aria-hidden": "true", text: "★ " }), "new leader"),
    h("li", {}, h("span", { "aria-hidden": "true", text: "✕ " }), "walk-out"));
}
