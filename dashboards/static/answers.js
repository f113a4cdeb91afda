// The panel beside the picture: outcome charts, and the three questions.

import { helpsPanel, luckPanel, whyPanel } from "stage/asides.js";
import { CHARTS, Chart } from "stage/charts.js";
import { fill, h } from "stage/dom.js";
import { measure } from "stage/message.js";
import { outcomeTable, tableBox } from "stage/summary.js";
import { Tabs } from "stage/tabs.js";

const CODES = ["form", "integration", "outcome", "seamless", "pooled", "trust"];

/** room: {request(), quarter(), place(), point(partners), act(row), lastRun()} */
export class Answers {
  constructor(list, panel, words, room) {
    Object.assign(this, { panel, words, room });
    this.runs = [];
    this.charts = CHARTS.map((spec) => new Chart(spec, words));
    this.table = tableBox("The charts as a table", () => (this.runs.length ? outcomeTable(this.runs, CODES, words) : []));
    this.verdicts = h("div", { class: "verdicts", role: "status" });
    this.outcome = h("div", { class: "outcome" }, this.verdicts, this.charts.map((chart) => chart.element), this.table.element);
    this.box = h("div", { class: "question-box" });
    this.stale = h("div", { class: "stale", hidden: true }, h("p", { text: "The settings have changed since this was asked." }), h("button", { text: "Ask again", onclick: () => this.ask() }));
    this.asked = 0;
    this.tabs = new Tabs(list, panel, [{ id: "outcome", label: "Outcome" }, { id: "why", label: "Why did it stall?" }, { id: "luck", label: "Is it luck?" }, { id: "helps", label: "What would help?" }], (id) => this.open(id));
    this.tabs.open("outcome");
  }

  open(id) {
    this.room.point([]);
    if (id === "outcome") fill(this.panel, this.outcome);
    else {
      fill(this.panel, this.stale, this.box);
      this.ask();
    }
  }

  async ask() {
    const mine = ++this.asked, { words, room, box } = this, id = this.tabs.current;
    this.stale.hidden = true;
    this.about = this.key(id);
    if (!this.runs.length) return;
    const fresh = h("div");
    fill(box, fresh);
    try {
      if (id === "why") await whyPanel(fresh, room.request(), Math.floor(room.quarter()) + 1, room.point);
      if (id === "luck") await luckPanel(fresh, room.request(), words, { integration: measure(room.lastRun(), words.index.integration, room.lastRun().quarters - 1) });
      if (id === "helps") await helpsPanel(fresh, room.request(), Math.min(room.quarter() + 1, words.quarters - 8), words, room.act);
    } catch (error) {
      if (mine === this.asked) fill(fresh, h("p", { class: "trouble", role: "alert", text: error.message }), h("button", { text: "Ask again", onclick: () => this.ask() }));
    }
  }

  /** What an answer is about: the settings, and for some questions the quarter. */
  key(id) {
    return JSON.stringify([id, this.room.request(), id === "luck" ? 0 : Math.floor(this.room.quarter())]);
  }

  /** New runs [{run, name, title}] arrived. */
  show(runs) {
    this.runs = runs;
    fill(this.verdicts, runs.map(({ run, name }) => h("p", { class: `verdict ${run.header.regime}` }, name ? h("span", { class: `badge side-${name}`, text: name }) : null, h("strong", { text: run.header.regime_label }), ` ${run.header.verdict}`)));
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

  cursor(position) {
    if (this.runs.length) this.charts.forEach((chart) => chart.cursor(position));
  }
}
