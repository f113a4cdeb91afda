// The panel beside the picture: charts of what came of it, the three questions, the quarter in words, the record of the session.

import { measure } from "stage/model/run_values.js";
import { fill, h } from "stage/parts/dom.js";
import { helpPanel } from "stage/parts/help_panel.js";
import { luckPanel, openPanel } from "stage/parts/luck_panel.js";
import { recordPanel } from "stage/parts/record_panel.js";
import { outcomeTable, tableBox } from "stage/parts/tables.js";
import { Tabs } from "stage/parts/tabs.js";
import { turnPanel } from "stage/parts/turn_panel.js";
import { verdict } from "stage/parts/verdict.js";
import { whyPanel } from "stage/parts/why_panel.js";
import { CHARTED, CHARTS, Chart } from "stage/picture/charts.js";
import { messages } from "stage/words/messages.js";

/** @typedef {import("stage/picture/charts.js").Named} Named */
/** @typedef {import("stage/model/port.js").RunRequest} RunRequest */
/** @typedef {import("stage/model/port.js").Progress} Progress */
/** @typedef {"outcome" | "why" | "luck" | "helps" | "turn" | "words" | "record"} Question */

/**
 * What the panel asks of the stage: what is shown, and the two things it can do to it.
 * @typedef {object} Shown
 * @property {(side: string) => RunRequest} request  of a side; the name of a single side is empty
 * @property {() => number} quarter
 * @property {import("stage/session/seen.js").Seen} seen
 * @property {import("stage/session/record.js").SessionRecord} record
 * @property {boolean} given  whether the page was given away, with the notes of the session
 * @property {() => Node[]} inWords
 * @property {(partners: number[]) => void} point
 * @property {(row: import("stage/model/port.js").HelpRow, side: string) => void} act
 * @property {import("stage/parts/turn_panel.js").Circumstanced & {pair: () => RunRequest[]}} circumstances
 */

/** @type {Question[]} */
const QUESTIONS = ["outcome", "why", "luck", "helps", "turn", "words", "record"];
const TIMELESS = ["luck", "turn"], LONG = ["luck", "helps", "turn"];

const badge = (name) => (name ? h("span", { class: `badge side-${name}`, text: name }) : null);

export class Answers {
  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} panel
   * @param {import("stage/model/run_values.js").IndexedData} data
   * @param {import("stage/model/port.js").Model} model
   * @param {Shown} shown
   */
  constructor(list, panel, data, model, shown) {
    this.panel = panel;
    this.data = data;
    this.model = model;
    this.shown = shown;
    /** @type {Named[]} */
    this.runs = [];
    this.charts = CHARTS.map((spec) => new Chart(spec, data.index));
    this.table = tableBox(messages.charts.as_table, () => (this.runs.length ? outcomeTable(this.runs, CHARTED, data, Math.floor(shown.seen.far)) : []));
    this.verdicts = h("div", { class: "verdicts", role: "status" });
    this.whole = h("button", { class: "quiet", "aria-pressed": "false", text: messages.charts.whole, onclick: () => this.fit() });
    this.outcome = h("div", { class: "outcome" }, this.verdicts, this.whole, this.charts.map((chart) => chart.element), this.table.element);
    this.box = h("div", { class: "question-box" });
    this.stale = h("div", { class: "stale", hidden: true }, h("p", { text: messages.questions.stale }), this.againButton());
    this.latest = 0;
    /** What the answer in sight is about. */
    this.about = "";
    this.told = "";
    /** @type {() => void} What the answer in sight does where the stage has changed. */
    this.refresh = () => undefined;
    this.tabs = new Tabs(list, panel, QUESTIONS.map((id) => ({ id, label: messages.questions[id] })), (id) => this.open(id));
    this.tabs.open("outcome");
  }

  againButton() {
    return h("button", { text: messages.questions.again, onclick: () => this.ask() });
  }

  /** Let the charts fit what is seen, or show the whole range. */
  fit() {
    const whole = this.whole.getAttribute("aria-pressed") === "false";
    this.whole.setAttribute("aria-pressed", String(whole));
    for (const chart of this.charts) {
      chart.whole = whole;
      chart.shown.seen = -1;
    }
    this.cursor(this.shown.quarter());
  }

  /** @param {string} id */
  open(id) {
    this.shown.point([]);
    if (id === "outcome") fill(this.panel, this.outcome);
    else if (id === "words") fill(this.panel, this.shown.inWords());
    else if (id === "record") this.showRecord();
    else {
      fill(this.panel, this.stale, this.box);
      this.ask();
    }
  }

  /** The record, kept up to date while it is in sight. */
  showRecord() {
    if (this.tabs?.current === "record") fill(this.panel, recordPanel(this.shown.record.kept, this.shown.given));
  }

  async ask() {
    const mine = ++this.latest, id = this.tabs.current;
    this.stale.hidden = true;
    this.about = this.key(id);
    this.refresh = () => undefined;
    if (!this.runs.length) return;
    const fresh = h("div");
    fill(this.box, fresh);
    try {
      await this.answer(id, fresh, (heard) => (progress) => {
        if (mine !== this.latest) throw new Error("another question was asked since");
        heard(progress);
      });
    } catch (error) {
      if (mine === this.latest) fill(fresh, h("p", { class: "trouble", role: "alert", text: /** @type {Error} */ (error).message }), this.againButton());
    }
  }

  /**
   * @param {string} id  of the question
   * @param {HTMLElement} box
   * @param {(heard: (progress: Progress) => void) => (progress: Progress) => void} wanted  hears progress while the answer is still wanted; ends the work otherwise
   */
  async answer(id, box, wanted) {
    const { shown, data, model } = this, how = /** @type {import("stage/model/port.js").Questions} */ (data.asked);
    if (id === "turn") {
      const [one, other] = shown.circumstances.pair(), own = h("div", { class: "of-turn" });
      fill(box, own);
      await turnPanel(own, (heard) => model.turn(one, other, wanted(heard)), data, shown.circumstances,
        { again: () => this.ask(), told: (said) => shown.record.add("turned", said), watch: (refresh) => { this.refresh = refresh; } });
      return;
    }
    const quarter = shown.quarter(), names = this.runs.map(({ name }) => name);
    const boxes = names.map((name) => h("section", { class: "of-side" }, badge(name), h("div")));
    fill(box, boxes);
    const inside = (k) => /** @type {HTMLElement} */ (boxes[k].lastElementChild);
    if (id === "why") await Promise.all(names.map((name, k) => whyPanel(inside(k), model.why(shown.request(name), quarter + 1), shown.point)));
    if (id === "luck") {
      const asked = this.runs.map(({ run, name }) => ({ name, ask: (heard, open) => model.luck(shown.request(name), wanted(heard), open), own: { end: measure(run, data.index.integration, data.quarters - 1), regime: run.header.regime } }));
      const contest = names.length > 1 ? (heard, open) => model.contest(shown.request(names[0]), shown.request(names[1]), wanted(heard), open) : null;
      const told = { worlds: how.worlds, alike: data.thresholds.alike, add: (said) => shown.record.add("luck", said) };
      await luckPanel(box, asked, contest, told, false);
      const known = this.known();
      if (known) box.append(openPanel(known, (inner) => luckPanel(inner, asked, contest, told, true)));
    }
    if (id === "helps") {
      const from = Math.min(quarter + 1, how.help_until);
      for (const [k, name] of names.entries()) await helpPanel(inside(k), (heard) => model.help(shown.request(name), from, wanted(heard)), from, how, (row) => shown.act(row, name));
    }
  }

  /** What is known after the data, where it holds for the place in sight. */
  known() {
    const { known } = this.data, place = this.shown.request(this.runs[0].name).place;
    return known && (known.places.length !== 1 || known.places[0] === place) ? known : null;
  }

  /** What an answer is about: the settings, and for some questions the quarter. */
  key(id) {
    const asked = id === "turn" ? this.shown.circumstances.pair() : this.runs.map(({ name }) => this.shown.request(name));
    return JSON.stringify([id, asked, TIMELESS.includes(id) ? 0 : Math.floor(this.shown.quarter())]);
  }

  /**
   * New runs arrived.
   * @param {Named[]} runs
   */
  show(runs) {
    this.runs = runs;
    this.told = "";
    this.charts.forEach((chart) => chart.update(runs));
    this.table.refresh();
    if (this.tabs.current === "words") this.open("words");
  }

  /** The verdicts once the ending has been seen, and until then that they are hidden. */
  judge() {
    const { ended } = this.shown.seen, key = `${ended}`;
    if (key === this.told) return;
    this.told = key;
    fill(this.verdicts, ended ? this.runs.map(verdict) : h("p", { class: "hidden-ending", text: messages.questions.hidden }));
    this.table.refresh();
  }

  /** The room came to rest: reasons are asked anew, what takes longer says that it is old. */
  rested() {
    const id = this.tabs.current;
    this.refresh();
    if (!["why", ...LONG].includes(id) || this.about === this.key(id)) return;
    if (id === "why") this.ask();
    else this.stale.hidden = false;
  }

  /** @param {number} position */
  cursor(position) {
    if (!this.runs.length) return;
    this.charts.forEach((chart) => chart.cursor(position, this.shown.seen.far));
    this.judge();
  }
}
