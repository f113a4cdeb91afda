// The circumstances in which a comparison is turned round, opened on both sides; and the way back.

import { byId } from "stage/parts/dom.js";
import { under } from "stage/session/edits.js";
import { withoutMarks } from "stage/session/scenario.js";
import { same } from "stage/session/store.js";

/** @typedef {import("stage/session/store.js").State} State */
/** @typedef {import("stage/model/port.js").Seed} Seed */

export class StageCircumstances {
  /** @param {import("stage/pages/stage.js").Stage} stage */
  constructor(stage) {
    this.stage = stage;
    /** @type {{place: string, from: State, to: State} | null} What was opened last, and from where. */
    this.opened = null;
  }

  /** Whether what was opened is what the stage shows. */
  get there() {
    const { opened, stage: { place, store: { now } } } = this, sides = ({ A, B, seed }) => ({ A, B, seed });
    return opened !== null && opened.place === place.hash && same(sides(opened.to), sides(now));
  }

  /** The sides that the question is about: those on the stage, or those from which circumstances were opened. */
  get about() {
    return this.there && this.opened ? this.opened.from : this.stage.store.now;
  }

  get world() {
    return this.stage.store.now.seed;
  }

  /** Both sides as runs to ask for; none where there are not two. */
  pair() {
    const { A, B, seed } = this.about, place = this.stage.place.hash;
    return B ? [A, B].map((scenario) => ({ place, scenario: withoutMarks(scenario), seed })) : [];
  }

  /** @returns {"two" | "the_same" | ""} */
  lacking() {
    const sides = this.pair().map(({ scenario: { parameters, kinds, partners, events } }) => ({ parameters, kinds, partners, events }));
    return !sides.length ? "two" : same(sides[0], sides[1]) ? "the_same" : "";
  }

  compare() {
    byId("compare").click();
  }

  /**
   * @param {import("stage/model/port.js").Circumstances} found
   * @param {Seed} [seed]  of a world that shows it
   */
  open({ moves }, seed = this.world) {
    const { store, place, data } = this.stage, from = structuredClone(this.about);
    this.show((draft) => under(draft, moves, seed, data));
    this.opened = { place: place.hash, from, to: structuredClone(store.now) };
  }

  back() {
    const { opened } = this;
    if (opened) this.show((draft) => Object.assign(draft, structuredClone(opened.from)));
  }

  /** As far as the room has seen, and where it was; nothing is asked or hidden again. */
  show(edit) {
    const { store, seen, story, timebar } = this.stage, { far } = seen, { position } = timebar;
    store.change(edit);
    seen.reach(far);
    this.stage.ended = seen.ended;
    story.curtain.hide();
    timebar.go(position);
  }
}
