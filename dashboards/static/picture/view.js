// One side of the stage: the picture of a run, the words that lie on it, and what is pointed at.

import { fill, h } from "stage/parts/dom.js";
import { pictureTables, tableBox } from "stage/parts/tables.js";
import { toward, under } from "stage/picture/focus.js";
import { Network } from "stage/picture/network.js";
import { GROUP } from "stage/picture/scene.js";
import { hands, sentence } from "stage/words/moment.js";
import { messages, text } from "stage/words/messages.js";
import { aboutPartner, aboutTie } from "stage/words/partner_and_tie.js";
import { summary } from "stage/words/quarter.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {import("stage/picture/focus.js").Focus} Focus */

const words = messages.picture;
/** Milliseconds of each frame for painting what comes next. */
const AHEAD = 4;

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
    this.canvas = h("canvas", { class: "network", "aria-hidden": "true" });
    this.board = h("div", { class: "board", tabindex: "0", role: "application", "aria-roledescription": words.role, "aria-label": words.keys }, this.canvas);
    this.card = h("div", { class: "card", hidden: true, "aria-live": "polite" });
    this.badge = h("span", { class: `badge side-${name}`, text: name });
    this.title = h("strong", { class: "side-title" });
    this.handOffs = h("span", { class: "hand-offs" });
    this.out = h("button", { class: "way-out", hidden: true, text: words.way_out, onclick: () => this.look(null) });
    this.tag = h("figcaption", { class: "tag" }, this.badge, this.title, this.handOffs, this.out);
    this.say = h("p", { class: "say" });
    this.said = h("p", { class: "summary" });
    this.table = tableBox(words.as_table, () => this.run ? pictureTables(this.run, this.quarter, this.place, this.data) : []);
    this.element = h("figure", { class: "view", id: `view-${name}` }, this.board, this.tag, this.say, this.card);
    this.inWords = h("div", { class: "in-words" }, h("span", { class: `badge side-${name}`, text: name }), this.said, this.table.element);
    this.network = new Network(this.canvas, place, data);
    /** What stands where in the picture can be asked of its element, as one asks any element for its size. */
    Object.assign(this.element, { picture: this.network });
    this.listen();
  }

  get quarter() {
    return Math.min(this.data.quarters - 1, Math.floor(this.position));
  }

  listen() {
    const board = this.board;
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    board.addEventListener("pointermove", (event) => { if (!this.pinned) this.attend(this.under(event), event); });
    board.addEventListener("pointerleave", () => { if (!this.pinned) this.attend(null); });
    board.addEventListener("click", (event) => this.clicked(/** @type {PointerEvent} */ (event)));
    board.addEventListener("keydown", (event) => this.key(event));
    board.addEventListener("blur", () => { if (!this.pinned) this.attend(null); });
  }

  /** Fit the picture between the words above and below it; names are as large as the style sheet says. */
  resize() {
    this.network.insets = this.room();
    this.network.size = parseFloat(getComputedStyle(this.canvas).fontSize) || this.network.size;
    this.network.resize();
    this.draw();
  }

  /** What the words above and below take of the picture. */
  room() {
    const { tag, say, element } = this;
    return element.clientHeight ? { top: tag.offsetTop + tag.offsetHeight + 4, bottom: element.clientHeight - say.offsetTop + 4 } : this.network.insets;
  }

  /** The neighbourhood under the pointer, if that is what is there. */
  groupUnder(event) {
    const found = this.found(event);
    return found?.node !== undefined && this.network.scene.kind[found.node] === GROUP ? found.node : null;
  }

  found(event) {
    const frame = this.canvas.getBoundingClientRect();
    return under(this.network.scene, event.clientX - frame.left, event.clientY - frame.top);
  }

  /** @returns {Focus | null} */
  under(event) {
    const found = this.found(event), { scene } = this.network;
    if (!found) return null;
    if (found.node !== undefined) return scene.kind[found.node] === GROUP ? null : { partner: scene.members[found.node][0] };
    const ties = scene.ties[Number(found.line)];
    return ties.length === 1 ? { tie: ties[0] } : null;
  }

  clicked(event) {
    const group = this.groupUnder(event);
    if (group !== null) this.look(group);
    else this.pin(this.under(event), event);
  }

  /** Look into a neighbourhood, or out again with null. */
  look(inside) {
    this.focus = null;
    this.pinned = false;
    this.card.hidden = true;
    this.network.look(inside);
    this.out.hidden = inside === null;
    this.draw();
  }

  key(event) {
    const largest = this.place.income.indexOf(Math.max(...this.place.income)), { scene } = this.network;
    if (event.key in ARROWS) {
      const from = this.focus?.partner ?? (this.focus ? this.place.a[Number(this.focus.tie)] : undefined);
      const node = from === undefined ? -1 : scene.nodeOf[from];
      const next = node < 0 ? Math.max(0, scene.nodeOf[largest]) : toward(scene, node, ...ARROWS[event.key]);
      this.pinned = false;
      this.attend({ partner: scene.members[next][0] });
    } else if (event.key.toLowerCase() === "n" && !event.ctrlKey && !event.metaKey) this.nextTie(largest);
    else if (event.key === "Enter") this.enter();
    else if (event.key === "Escape" && this.network.inside !== null && !this.focus) this.look(null);
    else if (event.key === "Escape") this.pin(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Keep what is looked at in view; where it stands in a neighbourhood, look into that. */
  enter() {
    const node = this.focus?.partner === undefined ? -1 : this.network.scene.nodeOf[this.focus.partner];
    if (node >= 0 && this.network.scene.kind[node] === GROUP) this.look(node);
    else this.pin(this.focus);
  }

  /** Go round the ties of the partner last looked at, the weightiest first. */
  nextTie(largest) {
    const of = this.focus?.partner ?? (this.round.of < 0 ? largest : this.round.of);
    const ties = [...this.network.neighbours[of].values()].sort((a, b) => this.place.weight[b] - this.place.weight[a]);
    if (!ties.length) return;
    const next = this.round.of === of && this.focus?.tie !== undefined ? (this.round.k + 1) % ties.length : 0;
    this.round = { of, k: next };
    this.pinned = false;
    this.attend({ tie: ties[next] });
  }

  /**
   * Tell about what is under the pointer or has the keyboard's attention.
   * @param {Focus | null} focus
   * @param {PointerEvent | null} [event]
   */
  attend(focus, event = null) {
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
    const frame = this.canvas.getBoundingClientRect(), node = this.network.scene.nodeOf[focus.partner ?? place.a[Number(focus.tie)]];
    const x = event?.clientX ? event.clientX - frame.left : this.network.scene.x[Math.max(0, node)];
    this.card.classList.toggle("to-left", x > frame.width / 2);
    fill(this.card, h("h3", { text: about.title }), about.said.map((each) => h("p", { text: each })),
      about.rows.length ? h("ul", {}, (this.pinned ? about.rows : about.rows.slice(0, 2)).map((each) => h("li", { text: each }))) : null,
      about.rows.length > 2 && !this.pinned ? h("p", { class: "small", text: text(words.more_neighbours, { count: about.rows.length }) }) : null,
      this.pinned ? this.actions?.(focus) : null,
      this.pinned ? h("button", { class: "quiet close", text: messages.common.close, onclick: () => this.pin(null) }) : null);
    this.card.hidden = false;
  }

  /** Show a run: a new picture of the same place, or of another. */
  show(run, title) {
    this.run = run;
    this.title.textContent = title;
    this.element.dataset.result = run.header.result;
    this.spoken = -1;
    this.tell();
    this.at(this.position);
    if (this.network.insets.top !== this.room().top) this.resize();
  }

  /** Show where this run shares more or less than another, or null for the run alone. */
  compareWith(run) {
    if (this.against === run) return;
    this.against = run;
    this.spoken = -1;
  }

  /** Show a moment of the run; `playing` says that the next will follow. */
  at(position, playing = false) {
    this.position = position;
    if (!this.run) return;
    if (this.spoken !== this.quarter) {
      this.spoken = this.quarter;
      this.say.textContent = this.against ? words.against : sentence(this.run, this.quarter, this.place, this.data);
      this.handOffs.textContent = this.against ? "" : hands(this.run, this.quarter, this.data);
      this.said.textContent = summary(this.run, this.quarter, this.place, this.data);
      this.table.refresh();
      if (this.focus) this.tell();
    }
    this.draw();
    if (playing) this.network.ahead(this.run, this.quarter + 2, this.shown(), AHEAD);
  }

  shown() {
    return { focus: this.focus, pointed: this.pointed, against: this.against };
  }

  draw() {
    if (!this.run || !this.canvas.isConnected) return;
    this.network.draw(this.run, this.position, this.shown());
    this.frames += 1;
  }

  use(place) {
    this.place = place;
    this.run = this.focus = this.against = null;
    this.pinned = false;
    this.pointed = [];
    this.card.hidden = true;
    this.out.hidden = true;
    this.network.use(place);
  }

  point(partners) {
    this.pointed = partners;
    this.draw();
  }
}
