// The panel beside the picture: outcome charts, and the three questions.

import { measure } from "stage/model/run_values.js";
import { fill, h } from "stage/parts/dom.js";
import { helpPanel } from "stage/parts/help_panel.js";
import { luckPanel } from "stage/parts/luck_panel.js";
import { outcomeTable, tableBox } from "stage/parts/tables.js";
import { Tabs } from "stage/parts/tabs.js";
import { verdict } from "stage/parts/verdict.js";
import { whyPanel } from "stage/parts/why_panel.js";
import { CHARTED, CHARTS, Chart } from "stage/picture/charts.js";
import { messages } from "stage/words/messages.js";

/** @typedef {import("stage/picture/charts.js").Named} Named */
/** @typedef {"outcome" | "why" | "luck" | "helps"} Question */

/**
 * What the panel asks of the stage: what is shown, and the two things it can do to it.
 * @typedef {object} Shown
 * @property {() => import("stage/model/port.js").RunRequest} request
 * @property {() => number} quarter
 * @property {() => import("stage/model/port.js").Run} run
 * @property {(partners: number[]) => void} point
 * @property {(row: import("stage/model/port.js").HelpRow) => void} act
 */

/** @type {Question[]} */
const QUESTIONS = ["outcome", "why", "luck", "helps"];

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
    this.table = tableBox(messages.charts.as_table, () => (this.runs.length ? outcomeTable(this.runs, CHARTED, data) : []));
    this.verdicts = h("div", { class: "verdicts", role: "status" });
    this.outcome = h("div", { class: "outcome" }, this.verdicts, this.charts.map((chart) => chart.element), this.table.element);
    this.box = h("div", { class: "question-box" });
    this.stale = h("div", { class: "stale", hidden: true }, h("p", { text: messages.questions.stale }), this.againButton());
    this.latest = 0;
    /** What the answer in sight is about. */
    this.about = "";
    this.tabs = new Tabs(list, panel, QUESTIONS.map((id) => ({ id, label: messages.questions[id] })), (id) => this.open(id));
    this.tabs.open("outcome");
  }

  againButton() {
    return h("button", { text: messages.questions.again, onclick: () => this.ask() });
  }

  /** @param {string} id */
  open(id) {
    this.shown.point([]);
    if (id === "outcome") fill(this.panel, this.outcome);
    else {
      fill(this.panel, this.stale, this.box);
      this.ask();
    }
  }

  async ask() {
    const mine = ++this.latest, id = this.tabs.current;
    this.stale.hidden = true;
    this.about = this.key(id);
    if (!this.runs.length) return;
    const fresh = h("div");
    fill(this.box, fresh);
    try {
      await this.answer(id, fresh);
    } catch (error) {
      if (mine === this.latest) fill(fresh, h("p", { class: "trouble", role: "alert", text: /** @type {Error} */ (error).message }), this.againButton());
    }
  }

  async answer(id, box) {
    const { shown, data, model } = this, request = shown.request(), how = /** @type {import("stage/model/port.js").Questions} */ (data.asked);
    if (id === "why") await whyPanel(box, model.why(request, Math.floor(shown.quarter()) + 1), shown.point);
    if (id === "luck") await luckPanel(box, (heard) => model.luck(request, heard), how.worlds, measure(shown.run(), data.index.integration, data.quarters - 1));
    if (id === "helps") {
      const quarter = Math.min(shown.quarter() + 1, how.help_until);
      await helpPanel(box, (heard) => model.help(request, quarter, heard), quarter, how, shown.act);
    }
  }

  /** What an answer is about: the settings, and for some questions the quarter. */
  key(id) {
    return JSON.stringify([id, this.shown.request(), id === "luck" ? 0 : Math.floor(this.shown.quarter())]);
  }

  /**
   * New runs arrived.
   * @param {Named[]} runs
   */
  show(runs) {
    this.runs = runs;
    fill(this.verdicts, runs.map(verdict));
    this.charts.forEach((chart) => chart.update(runs));
    this.table.refresh();
  }

  /** The room came to rest: reasons are asked anew, what takes longer says that it is old. */
  rested() {
    const id = this.tabs.current;
    if (id === "outcome" || this.about === this.key(id)) return;
    if (id === "why") this.ask();
    else this.stale.hidden = false;
  }

  /** @param {number} position */
  cursor(position) {
    if (this.runs.length) this.charts.forEach((chart) => chart.cursor(position));
  }
}
