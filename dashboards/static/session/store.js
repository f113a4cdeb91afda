// What the room has chosen: scenario A, perhaps B, the seed; with undo and redo. Nothing here is drawn or sent.

/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {"A" | "B"} Side */
/** @typedef {{A: Scenario, B: Scenario | null, active: Side, seed: import("stage/model/port.js").Seed}} State */

/**
 * Whether two pieces of plain data are alike.
 * @param {unknown} a
 * @param {unknown} b
 */
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Every change of the state goes through `change`. */
export class Store {
  /** @param {State} first */
  constructor(first) {
    this.now = first;
    /** @type {State[]} */
    this.past = [];
    /** @type {State[]} */
    this.future = [];
    /** @type {State | null} */
    this.before = null;
    /** @type {((now: State, passing: boolean) => void)[]} */
    this.listeners = [];
    /** The lever that was moved last, until something else is changed. */
    this.lever = "";
  }

  /** The scenario of a side, the active one unless named; raises an error where that side is not open. */
  scenario(side = this.now.active) {
    const found = this.now[side];
    if (!found) throw new Error(`side ${side} is not open`);
    return found;
  }

  /** @param {(now: State, passing: boolean) => void} listener */
  listen(listener) {
    this.listeners.push(listener);
  }

  /**
   * Edit a copy of the state. A passing change (a lever still moving) joins the next kept one as a single step to undo.
   * @param {(draft: State) => void} edit
   */
  change(edit, { passing = false, lever = "" } = {}) {
    this.lever = lever;
    const next = structuredClone(this.now);
    edit(next);
    if (passing) this.before ??= this.now;
    else {
      const before = this.before ?? this.now;
      this.before = null;
      if (!same(before, next)) {
        this.past = [...this.past.slice(-99), before];
        this.future = [];
      }
    }
    this.now = next;
    this.tell(passing);
  }

  undo() {
    this.step(this.past, this.future);
  }

  redo() {
    this.step(this.future, this.past);
  }

  /**
   * @param {State[]} from
   * @param {State[]} to
   */
  step(from, to) {
    const next = from.pop();
    if (!next) return;
    to.push(this.now);
    this.now = next;
    this.before = null;
    this.tell(false);
  }

  /** @param {boolean} passing */
  tell(passing) {
    this.listeners.forEach((listener) => listener(this.now, passing));
  }
}
