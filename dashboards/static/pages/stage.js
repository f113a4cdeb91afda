// The stage: puts the parts together.

import { indexed } from "stage/model/run_values.js";
import { serverModel } from "stage/model/server.js";
import { connectControls } from "stage/pages/stage_controls.js";
import { connectFacilitator } from "stage/pages/stage_facilitator.js";
import { Answers } from "stage/parts/answers.js";
import { byId, fill, h } from "stage/parts/dom.js";
import { arrange, showDifferences } from "stage/parts/frame.js";
import { openGuide } from "stage/parts/guide.js";
import { Levers } from "stage/parts/levers.js";
import { settleNotice, showBusy, tell } from "stage/parts/notice.js";
import { Timeline } from "stage/parts/timeline.js";
import { actions } from "stage/parts/what_if.js";
import { View, legend } from "stage/picture/view.js";
import { branchOff, choose, forAnotherPlace, happen, tryFrom } from "stage/session/edits.js";
import * as link from "stage/session/link.js";
import { withoutMarks } from "stage/session/scenario.js";
import { SideRuns } from "stage/session/side_runs.js";
import { Store } from "stage/session/store.js";
import { messages, text } from "stage/words/messages.js";
import { whenWithin } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").RunRequest} RunRequest */
/** @typedef {import("stage/session/store.js").Side} Side */

const SETTLE = 400;
/** @type {Side[]} */
const SIDES = ["A", "B"];

export class Stage {
  /**
   * @param {import("stage/model/port.js").Model} model
   * @param {import("stage/model/port.js").PageData} data
   */
  constructor(model, data) {
    this.model = model;
    this.data = indexed(data);
    this.place = data.place;
    /** @type {[File, File] | undefined} */
    this.placeFiles = undefined;
    /** @type {import("stage/model/port.js").Notes} */
    this.notes = {};
    /** @type {Partial<Record<Side, string[]>>} In what each side differs from its preset. */
    this.lists = {};
    /** @type {"pair" | "difference"} */
    this.mode = "pair";
    this.store = new Store({ A: structuredClone(data.presets[0]), B: null, active: "A", seed: 1 });
    this.timeline = new Timeline(data.quarters, (position) => this.moved(position));
    this.levers = new Levers(data, this.store, () => this.fromNow(), (draft) => branchOff(draft));
    this.views = { A: this.view("A"), B: this.view("B") };
    this.runs = new SideRuns(model, {
      arrived: (side, settled) => this.arrived(side, settled), trouble: (error) => this.trouble(error), working: showBusy,
      waiting: () => tell(messages.notices.still_working, "waiting"), fine: settleNotice,
    });
    this.answers = new Answers(byId("tabs"), byId("panel"), this.data, model, {
      request: () => this.request(this.store.now.active), quarter: () => this.quarter(), run: () => this.activeRun(),
      point: (partners) => this.shownViews().forEach((view) => view.point(partners)), act: (row) => this.tryFromNow(row),
    });
    this.lay();
    this.store.listen((now, passing) => this.changed(now, passing));
  }

  /** @param {Side} side */
  view(side) {
    const view = new View(side, this.data, this.place);
    view.actions = (focus) => actions(focus, this.place, this.data, view.quarter, (event) => {
      this.store.change((draft) => happen(draft, side, event));
      view.pin(null);
    });
    return view;
  }

  lay() {
    fill(byId("preset"), this.data.presets.map(({ preset, title }) => h("option", { value: preset, text: title })));
    fill(byId("lever-box"), this.levers.element);
    fill(byId("time"), this.timeline.element);
    fill(byId("legend"), legend(this.data));
    fill(byId("views"), this.views.A.element);
    byId("place-title").textContent = this.place.title;
    new ResizeObserver(() => document.documentElement.style.setProperty("--head", `${byId("head").offsetHeight}px`)).observe(byId("head"));
    connectControls(this);
  }

  guide() {
    openGuide(this.data, this.place);
  }

  quarter() {
    return Math.floor(this.timeline.position);
  }

  /** The quarter that comes next. */
  next(position = this.timeline.position) {
    return Math.min(this.data.quarters - 1, Math.floor(position) + 1);
  }

  /** The quarter from which changes hold, or null for the start. */
  fromNow() {
    return byId("from-now").checked ? this.next() : null;
  }

  /** @param {import("stage/model/port.js").Scenario} scenario */
  preset(scenario) {
    return this.data.presets.find(({ preset }) => preset === scenario.preset) ?? this.data.presets[0];
  }

  /**
   * @param {Side} side
   * @returns {RunRequest}
   */
  request(side) {
    return { place: this.place.hash, scenario: withoutMarks(this.store.scenario(side)), seed: this.store.now.seed };
  }

  activeRun() {
    return /** @type {Run} */ (this.runs.runs[this.store.now.active]);
  }

  tryFromNow(row) {
    const from = this.next();
    byId("from-now").checked = true;
    this.store.change((draft) => tryFrom(draft, row, from, this.data));
  }

  /** @param {string} name */
  choose(name) {
    const preset = this.data.presets.find((each) => each.preset === name);
    if (preset) this.store.change((draft) => choose(draft, preset));
  }

  /** @param {"pair" | "difference"} mode */
  compareAs(mode) {
    this.mode = mode;
    this.arrange();
    this.paint();
  }

  shownViews() {
    return !this.store.now.B ? [this.views.A] : this.mode === "difference" ? [this.views.B] : [this.views.A, this.views.B];
  }

  /** Everything that follows from a changed choice. */
  changed(now, passing) {
    this.arrange();
    this.showLevers();
    for (const side of SIDES) this.runs.want(side, now[side] ? this.request(side) : null);
    this.deliver();
    if (!passing) this.settle();
  }

  arrange() {
    arrange(this.store, this.mode, this.preset(this.store.scenario()), this.shownViews());
    this.lists = showDifferences(this.store, (scenario) => this.preset(scenario), this.data, this.place);
  }

  showLevers() {
    this.showNext();
    this.levers.show(this.store.scenario(), this.preset(this.store.scenario()));
  }

  showNext(position = this.timeline.position) {
    byId("now-word").textContent = text(messages.stage_page.from_when, { when: whenWithin(this.next(position)) });
  }

  /**
   * @param {Side} side
   * @param {boolean} settled
   */
  arrived(side, settled) {
    this.deliver();
    if (!settled) return;
    const { result } = /** @type {Run} */ (this.runs.runs[side]).header;
    document.body.dataset[`done${side}`] = result;
    if (side === "A") this.checkResult(result);
    if (this.runs.rests(side)) this.settle();
  }

  /** Hand the runs at hand to everything that shows them. */
  deliver() {
    const { now } = this.store, { runs: atHand } = this.runs;
    if (!atHand.A || (now.B && !atHand.B)) return;
    const runs = (now.B ? SIDES : SIDES.slice(0, 1)).map((side) => {
      const { title } = this.store.scenario(side);
      return { side, run: /** @type {Run} */ (atHand[side]), name: now.B ? side : "", title: this.lists[side]?.length ? text(messages.stage_page.changed, { title }) : title };
    });
    if (this.answers.runs.length !== runs.length || runs.some(({ side, run, title }) => this.views[side].run !== run || this.views[side].title.textContent !== title)) {
      runs.forEach(({ side, run, title }) => this.views[side].show(run, title));
      this.answers.show(runs);
    }
    const { moments } = (atHand[now.active] ?? atHand.A).header;
    if (this.timeline.moments !== moments) this.timeline.use(moments);
    this.paint();
    document.body.dataset.ready = "yes";
  }

  /** Tell of a link whose result was not had again. */
  checkResult(result) {
    if (this.expected && this.expected !== result) tell(messages.notices.other_software, "notice");
    this.expected = null;
  }

  moved(position) {
    this.paint();
    if (this.timeline.playing) return;
    if (this.fromNow() !== null) this.showLevers();
    else this.showNext(position);
    this.settle();
  }

  paint() {
    const { position } = this.timeline, { A: original } = this.runs.runs;
    if (!original) return;
    this.views.B.compareWith(this.store.now.B && this.mode === "difference" ? original : null);
    this.shownViews().forEach((view) => view.at(position));
    this.answers.cursor(position);
  }

  /** When things have come to rest, the address is written and questions are asked anew. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(async () => {
      await this.writeAddress();
      this.answers.rested();
      this.facilitator?.tell();
    }, SETTLE);
  }

  async writeAddress() {
    const { A: original } = this.runs.runs;
    if (!original) return;
    this.own = await link.written({ state: this.store.now, quarter: this.quarter(), start: this.data, place: this.place, result: original.header.result });
    history.replaceState(null, "", this.own);
  }

  /** Show another place; `files` are what a place of the visitor's own was read from. */
  move(place, files) {
    this.place = place;
    this.placeFiles = files;
    this.runs.forget({ runs: true });
    for (const view of Object.values(this.views)) view.use(place);
    byId("place-title").textContent = place.title;
    this.store.past = [];
    this.store.change(forAnotherPlace);
    if (files) tell(text(messages.notices.place_open, { place: place.title, warnings: place.warnings.join(". ") }), "notice");
  }

  /** Tell of trouble; where the model has let go of the visitor's own place, it is given again. */
  async trouble(error) {
    if (!error.gone || !this.placeFiles) return tell(error.message, "trouble");
    try {
      await this.model.place(...this.placeFiles);
      this.runs.forget();
      this.changed(this.store.now, true);
    } catch (again) {
      tell(/** @type {Error} */ (again).message, "trouble");
    }
  }

  present() {
    const on = document.body.classList.toggle("present"), words = messages.stage_page;
    byId("present").setAttribute("aria-pressed", String(on));
    byId("present").textContent = on ? words.stop_presenting : words.present;
    for (const view of Object.values(this.views)) {
      view.network.big = on;
      view.network.resize();
    }
    this.paint();
  }

  async open() {
    const found = await link.read(location.hash, this.data);
    let quarter = this.data.quarters - 1;
    if (found?.damaged) tell(found.damaged, "notice");
    if (found?.opened) {
      this.store.now = found.opened.state;
      quarter = found.opened.quarter;
      this.expected = found.opened.result;
      if (found.opened.notices.length) tell(found.opened.notices.join(" "), "notice");
    }
    this.facilitator = connectFacilitator(this);
    this.timeline.go(quarter);
    this.store.tell(false);
  }
}

async function begin() {
  const model = serverModel();
  await new Stage(model, await model.pageData()).open();
}

begin().catch((error) => {
  byId("notice").textContent = text(messages.notices.not_started, { trouble: error.message });
  byId("notice").hidden = false;
});
