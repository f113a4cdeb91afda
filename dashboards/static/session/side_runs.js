// The runs of both sides: each follows the latest wish for its side, and one that was overtaken never counts as settled.

import { LatestWish } from "stage/model/latest_wish.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").RunRequest} RunRequest */
/** @typedef {import("stage/session/store.js").Side} Side */

/**
 * @typedef {object} Told
 * @property {(side: Side, settled: boolean) => void} arrived  a run is at hand; settled: it is the one last wished for
 * @property {(error: any) => void} trouble
 * @property {() => void} waiting
 * @property {() => void} fine
 * @property {(sides: number) => void} working  how many sides wait for an answer
 */

export class SideRuns {
  /**
   * @param {import("stage/model/port.js").Model} model
   * @param {Told} told
   */
  constructor(model, told) {
    this.told = told;
    /** @type {Partial<Record<Side, Run>>} */
    this.runs = {};
    /** @type {Partial<Record<Side, Run>>} The runs that were settled last, before those at hand. */
    this.before = {};
    /** @type {Partial<Record<Side, Run>>} */
    this.settled = {};
    /** @type {Partial<Record<Side, string>>} */
    this.wished = {};
    /** @type {Partial<Record<Side, string>>} The wish that the settled run answers. */
    this.answered = {};
    this.atWork = 0;
    const wishes = (/** @type {Side} */ side) => new LatestWish(model, {
      trouble: told.trouble, waiting: told.waiting, fine: told.fine,
      arrived: (run, request) => this.arrived(side, run, request), working: (change) => told.working(this.atWork += change),
    });
    this.wishes = { A: wishes("A"), B: wishes("B") };
  }

  /**
   * Wish for a side's run, unless it is what was wished last; null for a side that is not open.
   * @param {Side} side
   * @param {RunRequest | null} request
   */
  want(side, request) {
    if (!request) {
      for (const each of [this.runs, this.wished, this.settled, this.before, this.answered]) delete each[side];
      return;
    }
    const key = JSON.stringify(request);
    if (this.wished[side] === key) return;
    this.wished[side] = key;
    this.wishes[side].want(request);
  }

  /** Let go of everything: the place is another. */
  forget() {
    Object.assign(this, { wished: {}, runs: {}, settled: {}, before: {}, answered: {} });
  }

  /** A run arrived; one for a place or a side that is no longer shown is let go. */
  arrived(side, run, request) {
    const wish = this.wished[side];
    if (wish === undefined || JSON.parse(wish).place !== request.place) return;
    this.runs[side] = run;
    const settled = JSON.stringify(request) === wish;
    if (settled) {
      this.before[side] = this.settled[side];
      this.settled[side] = run;
      this.answered[side] = wish;
    }
    this.told.arrived(side, settled);
  }

  /**
   * Whether the run at hand is the one that was wished for.
   * @param {Side} side
   */
  current(side) {
    return this.answered[side] !== undefined && this.answered[side] === this.wished[side];
  }

  /**
   * Whether nothing more is on its way to a side.
   * @param {Side} side
   */
  rests(side) {
    return this.wishes[side].wish === null;
  }
}
