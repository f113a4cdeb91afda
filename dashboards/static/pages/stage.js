// The stage: puts the parts together.

import { indexed } from "stage/model/run_values.js";
import { remembering } from "stage/model/remembered.js";
import { StageCircumstances } from "stage/pages/stage_circumstances.js";
import { connectControls } from "stage/pages/stage_controls.js";
import { connectFacilitator } from "stage/pages/stage_facilitator.js";
import { StageKeeping } from "stage/pages/stage_keeping.js";
import { StageRoom } from "stage/pages/stage_room.js";
import { StageStory } from "stage/pages/stage_story.js";
import { Answers } from "stage/parts/answers.js";
import { byId, fill, h } from "stage/parts/dom.js";
import { arrange, showDifferences } from "stage/parts/frame.js";
import { Levers } from "stage/parts/levers.js";
import { settleNotice, showBusy, tell } from "stage/parts/notice.js";
import { Timebar } from "stage/parts/timebar.js";
import { openWayIn } from "stage/parts/way_in.js";
import { actions } from "stage/parts/what_if.js";
import { legend } from "stage/picture/legend.js";
import { View } from "stage/picture/view.js";
import { branchOff, choose, forAnotherPlace, happen, tryFrom } from "stage/session/edits.js";
import { SessionRecord } from "stage/session/record.js";
import { withoutMarks } from "stage/session/scenario.js";
import { Seen } from "stage/session/seen.js";
import { SideRuns } from "stage/session/side_runs.js";
import { Store } from "stage/session/store.js";
import { telling } from "stage/words/happened.js";
import { messages, text } from "stage/words/messages.js";
import { whenWithin } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").RunRequest} RunRequest */
/** @typedef {import("stage/session/store.js").Side} Side */
/** @typedef {import("stage/pages/page_copy.js").Page} Page */

const SETTLE = 400;
/** @type {Side[]} */
const SIDES = ["A", "B"];

export class Stage {
  /**
   * @param {import("stage/model/port.js").Model} model
   * @param {import("stage/model/port.js").PageData} data
   * @param {Page} page
   */
  constructor(model, data, page) {
    this.model = model;
    this.page = page;
    this.data = indexed(data);
    this.place = data.place;
    /** @type {Partial<Record<Side, string[]>>} In what each side differs from its preset. */
    this.lists = {};
    /** @type {"pair" | "difference"} */
    this.mode = "pair";
    this.record = new SessionRecord();
    this.seen = new Seen(data.quarters);
    this.store = new Store({ A: structuredClone(data.presets[0]), B: null, active: "A", seed: 1 });
    this.timebar = new Timebar(data.quarters, this.data.index, this.seen, (position) => this.moved(position));
    this.levers = new Levers(data, this.store, () => this.fromNow(), (draft) => branchOff(draft));
    this.views = { A: this.view("A"), B: this.view("B") };
    this.runs = new SideRuns(model, {
      arrived: (side, settled) => this.arrived(side, settled), trouble: (error) => this.keeping.trouble(error), working: showBusy,
      waiting: () => tell(messages.notices.still_working, "waiting"), fine: settleNotice,
    });
    this.circumstances = new StageCircumstances(this);
    this.answers = new Answers(byId("tabs"), byId("panel"), this.data, model, {
      request: (side) => this.request(side === "B" ? "B" : "A"), quarter: () => this.quarter(), seen: this.seen, record: this.record, given: page.brought !== "",
      inWords: () => [this.keeping.report(), ...this.shownViews().map((view) => view.inWords)],
      point: (partners) => this.shownViews().forEach((view) => view.point(partners)), act: (row, side) => this.tryFromNow(row, side), circumstances: this.circumstances,
    });
    this.story = new StageStory(this);
    this.room = new StageRoom(this);
    this.keeping = new StageKeeping(this);
    /** Whether the ending of what is on the stage was told or need not be; it is owed while runs are on their way. */
    this.ended = false;
    this.owed = false;
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
    fill(byId("time"), this.timebar.element);
    fill(byId("views"), this.views.A.element);
    this.showPlace();
    connectControls(this);
  }

  showPlace() {
    byId("place-title").textContent = this.place.title;
    fill(byId("legend"), legend(this.data, this.place));
  }

  wayIn() {
    openWayIn(this.model, this.data, this.place.hash);
  }

  quarter() {
    return Math.floor(this.timebar.position);
  }

  /** The quarter that comes next. */
  next(position = this.timebar.position) {
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

  /** @returns {Side[]} */
  sides() {
    return this.store.now.B ? SIDES : ["A"];
  }

  /** The runs at hand, each with the name of its side where there are two; none before all are there. */
  named() {
    const { runs } = this.runs, { B } = this.store.now;
    return this.sides().every((side) => runs[side]) ? this.sides().map((side) => ({ run: /** @type {Run} */ (runs[side]), name: B ? side : "" })) : [];
  }

  /** @param {Side} side */
  titleOf(side) {
    const { title } = this.store.scenario(side);
    return this.lists[side]?.length ? text(messages.stage_page.changed, { title }) : title;
  }

  /** @param {string} side  empty where there is one */
  tryFromNow(row, side) {
    const from = this.next();
    byId("from-now").checked = true;
    this.store.change((draft) => {
      if (side) draft.active = /** @type {Side} */ (side);
      tryFrom(draft, row, from, this.data);
    });
  }

  /** @param {string} name */
  choose(name) {
    const preset = this.data.presets.find((each) => each.preset === name);
    const world = this.data.stories[name]?.world;
    if (preset) this.store.change((draft) => choose(draft, preset, world));
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
    this.story.begin();
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

  showNext(position = this.timebar.position) {
    byId("now-word").textContent = text(messages.stage_page.from_when, { when: whenWithin(this.next(position)) });
  }

  /**
   * @param {Side} side
   * @param {boolean} settled
   */
  arrived(side, settled) {
    const before = this.runs.before[side];
    this.deliver();
    if (!settled) return;
    const { result } = /** @type {Run} */ (this.runs.runs[side]).header;
    document.body.dataset[`done${side}`] = result;
    if (side === "A") this.keeping.checkResult(result);
    if (!this.runs.rests(side)) return;
    if (this.owed) this.end();
    this.settle();
    if (before && side === this.store.now.active && this.store.lever) this.story.sayNothingMoves(before, /** @type {Run} */ (this.runs.runs[side]));
  }

  /** Hand the runs at hand to everything that shows them. */
  deliver() {
    const named = this.named();
    if (!named.length) return;
    const sides = this.sides();
    if (this.answers.runs.length !== named.length || named.some(({ run }, k) => this.views[sides[k]].run !== run || this.views[sides[k]].title.textContent !== this.titleOf(sides[k]))) {
      named.forEach(({ run }, k) => this.views[sides[k]].show(run, this.titleOf(sides[k])));
      this.answers.show(named);
      this.timebar.use(named);
      this.ended = this.seen.ended;
    }
    this.paint();
    document.body.dataset.ready = "yes";
  }

  moved(position) {
    this.paint();
    if (this.seen.ended && !this.ended) this.end();
    if (this.timebar.playing) return;
    if (this.fromNow() !== null) this.showLevers();
    else this.showNext(position);
    if (position > 0 && this.story.curtain.open && !this.seen.ended) this.story.curtain.hide();
    this.settle();
  }

  /** The ending is seen for the first time. It is told of the runs that were wished for, once they are here. */
  end() {
    this.ended = true;
    this.owed = !this.sides().every((side) => this.runs.current(side));
    if (this.owed) return;
    this.timebar.show();
    this.paint();
    this.story.end();
  }

  paint() {
    const { position, playing } = this.timebar, { A: original } = this.runs.runs;
    if (!original) return;
    this.views.B.compareWith(this.store.now.B && this.mode === "difference" ? original : null);
    this.shownViews().forEach((view) => view.at(position, playing));
    this.answers.cursor(position);
  }

  /** When things have come to rest, the address is written and questions are asked anew. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(async () => {
      await this.keeping.write();
      this.answers.rested();
      this.answers.showRecord();
      this.facilitator?.tell();
    }, SETTLE);
  }

  /** Show another place. */
  move(place) {
    this.place = place;
    this.runs.forget();
    for (const view of Object.values(this.views)) view.use(place);
    this.showPlace();
    this.store.past = [];
    this.store.change(forAnotherPlace);
  }

  async open() {
    this.facilitator = connectFacilitator(this);
    await this.keeping.open();
  }
}

/**
 * Open the stage on a model.
 * @param {import("stage/model/port.js").Model} model
 * @param {Page} page
 */
export async function openStage(model, page) {
  const data = await model.pageData();
  await new Stage(remembering(telling(model, data)), data, page).open();
}
