// What outlives a moment: the address and the browser's history, what a reload brings back, a session saved whole and opened again.

import { fill, h } from "stage/parts/dom.js";
import { tell } from "stage/parts/notice.js";
import * as link from "stage/session/link.js";
import { opened, written } from "stage/session/record.js";
import { same } from "stage/session/store.js";
import { messages, text } from "stage/words/messages.js";

/** @typedef {import("stage/pages/stage.js").Stage} Stage */
/** @typedef {import("stage/session/record.js").SessionFile} SessionFile */

const KEPT = "stage-session";

/** Read what this tab kept; null where there is nothing, or only what a page by other rules kept. @param {string} rules  their hash */
function keptHere(rules) {
  const kept = opened(sessionStorage.getItem(KEPT) ?? "");
  return kept?.rules === rules ? kept : null;
}

export class StageKeeping {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    /** @type {{partners: string, ties: string} | null} What a place of the visitor's own was read from. */
    this.files = null;
    /** @type {import("stage/pages/page_copy.js").Own | null} What that place is to the page. */
    this.ownPlace = null;
    /** How much of that place is real. */
    this.told = "";
    this.own = "";
    /** The result that a link promises, until it is checked. */
    this.expected = /** @type {string | null} */ (null);
    /** The state that the history's present entry stands for. */
    this.entry = /** @type {unknown} */ (null);
    this.working = false;
    stage.record.changed = () => this.keep();
    window.addEventListener("popstate", () => this.back());
  }

  get version() {
    return this.stage.data.version;
  }

  /** The address of what is shown. */
  async address() {
    const { stage } = this, { A } = stage.runs.runs;
    return link.written({ state: stage.store.now, quarter: stage.quarter(), far: Math.floor(stage.seen.far), start: stage.data, place: stage.place, result: A?.header.result ?? null });
  }

  /** Write the address: a changed choice is a step of the history, another quarter is not. */
  async write() {
    const { stage } = this;
    if (!stage.runs.runs.A) return;
    this.own = await this.address();
    const state = { ...stage.store.now, place: stage.place.hash };
    if (this.entry !== null && !same(this.entry, state)) {
      history.pushState(null, "", this.own);
      this.note();
    } else history.replaceState(null, "", this.own);
    this.entry = structuredClone(state);
    this.keep();
  }

  /** Write down in what the sides differ now. */
  note() {
    const { stage } = this, { record } = messages;
    for (const side of stage.sides()) {
      const list = stage.lists[side] ?? [];
      if (list.length) stage.record.add("changed", text(record.changed, { side, what: list.join(messages.common.comma) }));
    }
  }

  /** The session as it stands. */
  session() {
    const { seen, record, data } = this.stage;
    return { version: this.version, rules: data.rules.hash, hash: this.own, far: seen.far, story: seen.story, files: this.files, record: record.kept };
  }

  keep() {
    try {
      sessionStorage.setItem(KEPT, written(this.session()));
    } catch {
      sessionStorage.removeItem(KEPT);
    }
  }

  /** The session as the text of a file. */
  async file() {
    this.own = await this.address();
    return written(this.session());
  }

  /** The page as a file that opens with what is shown; a place of the visitor's own is in it, so its files need not be. */
  async copy(title) {
    this.own = await this.address();
    return this.stage.page.copy.file(title, written({ ...this.session(), files: null }), this.ownPlace);
  }

  /** Open what the address holds, with what this tab kept of it, or the session that the page was given away with; else the opening pair. */
  async open() {
    const { stage } = this, brought = location.hash ? null : opened(stage.page.brought), kept = brought ?? keptHere(stage.data.rules.hash);
    if (kept) {
      stage.record.kept = kept.record;
      await this.openFiles(kept);
    }
    const found = await link.read(location.hash || (brought?.hash ?? ""), stage.data, stage.place);
    if (found?.damaged) tell(found.damaged, "notice");
    if (found?.opened) this.show(found.opened, kept);
    else this.opening();
  }

  /** A against B, where something happens. */
  opening() {
    const { stage } = this, { presets, opening, stories } = stage.data, preset = (name) => structuredClone(presets.find((each) => each.preset === name) ?? presets[0]);
    Object.assign(stage.store.now, { A: preset(opening.A), B: preset(opening.B), active: "B", seed: stories[opening.B].world });
    stage.store.tell(false);
  }

  /**
   * Show a state that a link or a session holds, where the room had come to.
   * @param {import("stage/session/link.js").Opened} found
   * @param {SessionFile | null} kept
   */
  show({ state, quarter, far, result, notices }, kept) {
    const { stage } = this;
    if (notices.length) tell(notices.join(" "), "notice");
    this.expected = result;
    stage.store.now = state;
    stage.store.tell(false);
    const seen = Math.max(far, kept && kept.story === stage.seen.story ? kept.far : 0, quarter);
    stage.seen.reach(seen);
    stage.ended = stage.seen.ended;
    if (seen > 0) stage.story.curtain.hide();
    stage.timebar.go(quarter);
  }

  /** The browser's Back and Forward: the state of that entry. */
  async back() {
    const { stage } = this, found = await link.read(location.hash, stage.data, stage.place);
    if (!found?.opened) return location.reload();
    const { state, quarter, far } = found.opened;
    this.own = location.hash;
    this.entry = { ...structuredClone(state), place: stage.place.hash };
    stage.store.now = state;
    stage.store.tell(false);
    stage.seen.reach(far);
    stage.timebar.go(quarter);
  }

  /** Open a place from its files' texts, as far as a session has them. */
  async openFiles({ files, hash }) {
    if (!files) return;
    try {
      const place = await this.place(files);
      tell(text(messages.notices.place_again, { place: place.title }), "notice");
    } catch (error) {
      tell(/** @type {Error} */ (error).message, "trouble");
    }
    this.own = hash;
  }

  /** Show a place read from two texts, with the report of what was assumed. */
  async place(files) {
    return this.showImported(await this.imported(files));
  }

  /**
   * Show a place that was imported.
   * @param {import("stage/model/port.js").Imported} imported
   */
  showImported({ place, held, report, files }) {
    this.files = files;
    this.ownPlace = { place, held };
    this.told = report;
    this.stage.move(place);
    return place;
  }

  /** What two clean files are to the model; they hold nothing to decide, unless another version asks more. */
  async imported({ partners, ties }) {
    const answer = await this.stage.model.importPlace([new File([partners], "partners.csv"), new File([ties], "ties.csv")], []);
    if (answer.place === null) throw new Error([...answer.faults, ...answer.decisions.map(({ where, question }) => `${where}: ${question}`)].join("\n"));
    return answer;
  }

  /** Back to the place that came with the page. */
  firstPlace() {
    this.files = null;
    this.ownPlace = null;
    this.told = "";
    this.stage.move(this.stage.data.place);
  }

  /** How much of a place of the visitor's own is real, and what was assumed. */
  report() {
    return fill(h("section", { class: "place-report" }), this.told ? [h("h3", { text: messages.record.report }), h("pre", { text: this.told })] : null);
  }

  /**
   * Open a session that was saved.
   * @param {string} content
   * @param {string} name  of the file
   */
  async openSession(content, name) {
    const session = opened(content), { stage } = this;
    if (!session) throw new Error(text(messages.notices.no_session, { name }));
    if (session.files) await this.place(session.files);
    else if (this.files) this.firstPlace();
    const found = await link.read(session.hash, stage.data, stage.place);
    if (!found?.opened) throw new Error(text(messages.notices.no_session, { name }));
    stage.record.kept = session.record;
    this.show(found.opened, session);
    tell([text(messages.notices.session_open, { count: session.record.entries.length }), ...found.opened.notices].join(" "), "notice");
  }

  /** Tell of a link whose result was not had again. */
  checkResult(result) {
    if (this.expected && this.expected !== result) tell(messages.notices.other_software, "notice");
    this.expected = null;
  }

  /** Tell of trouble. */
  trouble(error) {
    tell(error.message, "trouble");
  }
}
