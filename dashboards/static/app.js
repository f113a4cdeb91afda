// The stage: puts the parts together.

import { Answers } from "stage/answers.js";
import { byId, fill, h, when } from "stage/dom.js";
import { openGuide } from "stage/guide.js";
import { Levers } from "stage/levers.js";
import * as link from "stage/link.js";
import { Room } from "stage/room.js";
import { Runner, upload } from "stage/server.js";
import { arrangePage, settleNotice, showDifferences, tell } from "stage/page.js";
import { openShare } from "stage/share.js";
import { Store, forServer, setFrom } from "stage/store.js";
import { Timeline } from "stage/timeline.js";
import { View, legend } from "stage/view.js";
import { actions } from "stage/whatif.js";

const SHORT = { form: "Structures", integration: "Substance", outcome: "Outcome", seamless: "My care", pooled: "Pooled £m", trust: "Trust" };
const SETTLE = 400;

class Stage {
  constructor(start) {
    this.start = start;
    this.words = { ...start, index: Object.fromEntries(start.measures.map(({ code }, k) => [code, k])), short: SHORT };
    this.place = start.place;
    this.notes = {};
    this.runs = {};
    this.mode = "pair";
    this.store = new Store({ A: structuredClone(start.presets[0]), B: null, active: "A", seed: 1 });
    this.timeline = new Timeline(start.quarters, (position) => this.moved(position));
    this.levers = new Levers(this.words, this.store, () => this.fromNow(), (draft) => this.branch(draft));
    this.views = {};
    this.runners = {};
    for (const side of ["A", "B"]) {
      this.views[side] = new View(side, this.words, this.place, () => {});
      this.views[side].actions = (focus) => actions(focus, this.place, this.words, this.views[side].quarter, (event) => this.happen(side, event));
      this.runners[side] = new Runner({ arrived: (run, request) => this.arrived(side, run, request), trouble: (error) => this.trouble(error), waiting: () => tell("The model is still working; the last picture stays.", "waiting"), fine: settleNotice });
    }
    this.answers = new Answers(byId("tabs"), byId("panel"), this.words, {
      request: () => this.request(this.store.now.active), quarter: () => Math.floor(this.timeline.position), place: () => this.place,
      point: (partners) => this.shownViews().forEach((view) => view.point(partners)), act: (row) => this.tryFromNow(row), lastRun: () => this.runs[this.store.now.active],
    });
    this.lay();
    this.store.listen((now, passing) => this.changed(now, passing));
  }

  lay() {
    const { start, words } = this;
    fill(byId("preset"), start.presets.map(({ preset, title }) => h("option", { value: preset, text: title })));
    fill(byId("lever-box"), this.levers.element);
    fill(byId("time"), this.timeline.element);
    fill(byId("legend"), legend(words));
    fill(byId("views"), this.views.A.element);
    byId("place-title").textContent = this.place.title;
    new ResizeObserver(() => document.documentElement.style.setProperty("--head", `${byId("head").offsetHeight}px`)).observe(byId("head"));
    const on = (id, what, work) => byId(id).addEventListener(what, work);
    on("preset", "change", () => this.choose(byId("preset").value));
    on("seed", "change", () => this.reseed(Number(byId("seed").value)));
    on("other-world", "click", () => this.reseed(this.store.now.seed + 1));
    on("undo", "click", () => this.store.undo());
    on("redo", "click", () => this.store.redo());
    on("guide", "click", () => openGuide(words, this.place, start));
    on("share", "click", () => this.share());
    on("compare", "click", () => this.compare());
    on("present", "click", () => this.present());
    on("side-A", "click", () => this.activate("A"));
    on("side-B", "click", () => this.activate("B"));
    on("as-pair", "click", () => this.compareAs("pair"));
    on("as-difference", "click", () => this.compareAs("difference"));
    on("keep-B", "click", () => this.store.change((draft) => Object.assign(draft, { A: draft.B, B: null, active: "A" })));
    on("from-start", "change", () => this.showLevers());
    on("from-now", "change", () => this.showLevers());
    document.addEventListener("keydown", (event) => this.shortcut(event));
    window.addEventListener("hashchange", () => { if (location.hash !== this.own) location.reload(); });
  }

  shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || /^(textarea|text|number)$/.test(event.target.type ?? "")) return;
    if (event.key === "z" && !event.shiftKey) this.store.undo();
    else if (event.key === "y" || (event.key === "z" && event.shiftKey)) this.store.redo();
    else return;
    event.preventDefault();
  }

  /** The quarter from which changes hold, or null for the start. */
  fromNow() {
    return byId("from-now").checked ? Math.min(this.start.quarters - 1, Math.floor(this.timeline.position) + 1) : null;
  }

  preset(scenario) {
    return this.start.presets.find(({ preset }) => preset === scenario.preset) ?? this.start.presets[0];
  }

  request(side) {
    return { place: this.place.hash, scenario: forServer(this.store.now[side]), seed: this.store.now.seed };
  }

  /** Keep the original as A before anything is changed from now on. */
  branch(draft) {
    if (this.fromNow() !== null && !draft.B) Object.assign(draft, { B: structuredClone(draft.A), active: "B" });
  }

  happen(side, event) {
    this.store.change((draft) => {
      let on = side;
      if (!draft.B) {
        draft.B = structuredClone(draft.A);
        on = "B";
      }
      draft.active = on;
      draft[on].events.push(event);
    });
    this.views[side].pin(null);
  }

  tryFromNow(row) {
    const from = Math.min(this.start.quarters - 1, Math.floor(this.timeline.position) + 1);
    byId("from-now").checked = true;
    this.store.change((draft) => {
      this.branch(draft);
      setFrom(draft[draft.active], row.name, row.value, from, this.words);
    });
  }

  choose(name) {
    const preset = this.start.presets.find((each) => each.preset === name);
    if (preset) this.store.change((draft) => { draft[draft.active] = structuredClone(preset); });
  }

  reseed(seed) {
    this.store.change((draft) => { draft.seed = seed; });
  }

  compare() {
    this.store.change((draft) => Object.assign(draft, draft.B ? { B: null, active: "A" } : { B: structuredClone(draft.A), active: "B" }));
  }

  activate(side) {
    this.store.change((draft) => { draft.active = side; });
  }

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
    for (const side of ["A", "B"]) {
      if (!now[side]) {
        delete this.runs[side];
        continue;
      }
      const request = this.request(side);
      const key = JSON.stringify(request);
      if (this.wished?.[side] !== key) {
        this.wished = { ...this.wished, [side]: key };
        this.runners[side].want(request);
      }
    }
    if (!now.B && this.wished) delete this.wished.B;
    this.deliver();
    if (!passing) this.settle();
  }

  arrange() {
    arrangePage(this.store, this.mode, this.preset(this.store.now[this.store.now.active]), this.shownViews());
    this.lists = showDifferences(this.store, (scenario) => this.preset(scenario), this.words, this.place);
  }

  showLevers() {
    const { now } = this.store;
    byId("now-word").textContent = `(${when(Math.min(this.start.quarters - 1, Math.floor(this.timeline.position) + 1)).toLowerCase()})`;
    this.levers.show(now[now.active], this.preset(now[now.active]));
  }

  arrived(side, run, request) {
    if (run.header.place !== this.place.hash || !this.store.now[side]) return;
    this.runs[side] = run;
    this.deliver();
    if (JSON.stringify(request) === this.wished[side]) {
      document.body.dataset[`done${side}`] = run.header.result;
      this.checkResult(side, run);
      if (!this.runners[side].wish) this.settle();
    }
  }

  /** Hand the runs at hand to everything that shows them. */
  deliver() {
    const { now } = this.store;
    if (!this.runs.A || (now.B && !this.runs.B)) return;
    const sides = now.B ? ["A", "B"] : ["A"];
    const title = (side) => `${now[side].title}${this.lists[side]?.length ? ", changed" : ""}`;
    if (sides.some((side) => this.views[side].run !== this.runs[side] || this.views[side].title.textContent !== title(side)) || this.answers.runs.length !== sides.length) {
      sides.forEach((side) => this.views[side].show(this.runs[side], title(side)));
      this.answers.show(sides.map((side) => ({ run: this.runs[side], name: now.B ? side : "" })));
    }
    const marks = this.runs[now.active] ?? this.runs.A;
    if (this.marked !== marks) this.timeline.use((this.marked = marks).header.moments);
    this.paint();
    document.body.dataset.ready = "yes";
  }

  checkResult(side, run) {
    if (side !== "A" || !this.expected) return;
    if (this.expected !== run.header.result) tell("This link's result cannot be had again here: it was made on other software. Its settings are the same.", "notice");
    this.expected = null;
  }

  moved(position) {
    this.paint();
    if (this.timeline.playing) return;
    if (this.fromNow() !== null) this.showLevers();
    else byId("now-word").textContent = `(${when(Math.min(this.start.quarters - 1, Math.floor(position) + 1)).toLowerCase()})`;
    this.settle();
  }

  paint() {
    const position = this.timeline.position, { now } = this.store;
    if (!this.runs.A) return;
    const against = now.B && this.mode === "difference" ? this.runs.A : null;
    this.views.B.compareWith(against);
    this.shownViews().forEach((view) => view.at(position));
    this.answers.cursor(position);
  }

  /** When things have come to rest, the address is written and questions are asked anew. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(async () => {
      await this.writeAddress();
      this.answers.rested();
      this.room?.said();
    }, SETTLE);
  }

  async writeAddress() {
    if (!this.runs.A) return;
    this.own = await link.written({ state: this.store.now, quarter: Math.floor(this.timeline.position), start: this.start, place: this.place, result: this.runs.A.header.result });
    history.replaceState(null, "", this.own);
  }

  share() {
    const { now } = this.store;
    openShare({
      title: () => `${now[now.active].title} ${this.place.title}`, request: () => this.request(now.active), quarter: () => Math.floor(this.timeline.position),
      changed: () => this.lists[now.active], notes: () => this.notes, canvas: () => this.shownViews().at(-1).canvas,
      link: async () => { await this.writeAddress(); return location.href; },
      opened: ({ scenario, seed, notes }) => { this.notes = notes; this.store.change((draft) => { draft[draft.active] = scenario; draft.seed = seed; }); tell(`Opened: ${scenario.title}.`, "notice"); },
      ownPlace: () => this.place.hash !== this.start.place.hash, place: (place, report, form) => this.move(place ?? this.start.place, report, form),
    });
  }

  /** Show another place; what is told of single partners and ties does not follow. */
  move(place, report, form) {
    this.place = place;
    this.form = form ?? null;
    this.runs = {};
    this.wished = null;
    for (const view of Object.values(this.views)) view.use(place);
    byId("place-title").textContent = place.title;
    this.store.past = [];
    this.store.change((draft) => {
      for (const side of ["A", "B"]) if (draft[side]) Object.assign(draft[side], { partners: {}, events: draft[side].events.filter((event) => !event.partner && !event.a) });
    });
    if (report) tell(`${place.title} is open. ${place.warnings.join(". ")}`, "notice");
  }

  async trouble(error) {
    if (error.status === 410 && this.form) {
      try {
        await upload("/api/place", this.form);
        this.wished = null;
        this.changed(this.store.now, true);
        return;
      } catch (again) {
        tell(again.message, "trouble");
        return;
      }
    }
    tell(error.message, "trouble");
  }

  present() {
    const on = document.body.classList.toggle("present");
    byId("present").setAttribute("aria-pressed", String(on));
    byId("present").textContent = on ? "Stop presenting" : "Present";
    for (const view of Object.values(this.views)) {
      view.network.big = on;
      view.network.resize();
    }
    this.paint();
  }

  async open() {
    const found = await link.read(location.hash, this.start);
    let quarter = this.start.quarters - 1;
    if (found?.damaged) tell(found.damaged, "notice");
    if (found?.state) {
      this.store.now = found.state;
      quarter = found.quarter;
      this.expected = found.result;
      if (found.notices.length) tell(found.notices.join(" "), "notice");
    }
    this.room = new Room(this);
    this.timeline.go(quarter);
    this.store.tell(false);
  }
}

async function begin() {
  const start = await (await fetch("/api/start")).json();
  const stage = new Stage(start);
  await stage.open();
}

begin().catch((error) => {
  const bar = byId("notice");
  bar.textContent = `The page could not start: ${error.message}. Is the program still running in the terminal?`;
  bar.hidden = false;
});
