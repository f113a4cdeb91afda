// What the visitor does to the state, as edits of a draft for `Store.change`.

import { setAtStart, setFrom } from "stage/session/scenario.js";

/** @typedef {import("stage/session/store.js").State} State */
/** @typedef {import("stage/session/store.js").Side} Side */
/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {import("stage/model/port.js").TimedEvent} TimedEvent */

/**
 * Keep the original as A, and go on with B.
 * @param {State} draft
 */
export function branchOff(draft) {
  if (!draft.B) Object.assign(draft, { B: structuredClone(draft.A), active: "B" });
}

/**
 * Open or close the comparison; closing keeps A.
 * @param {State} draft
 */
export function compare(draft) {
  if (draft.B) Object.assign(draft, { B: null, active: "A" });
  else branchOff(draft);
}

/** @param {State} draft */
export function keepOnlyB(draft) {
  Object.assign(draft, { A: draft.B ?? draft.A, B: null, active: "A" });
}

/**
 * Start from a preset on the active side, in a world that is typical of it; where two sides are compared, the world stays.
 * @param {State} draft
 * @param {Scenario} scenario
 * @param {number} [world]
 */
export function choose(draft, scenario, world) {
  draft[draft.active] = structuredClone(scenario);
  if (world !== undefined && !draft.B) draft.seed = world;
}

/**
 * Let an event happen on a side; where there is one side only, on a branch beside it.
 * @param {State} draft
 * @param {Side} side
 * @param {TimedEvent} event
 */
export function happen(draft, side, event) {
  if (draft.B) draft.active = side;
  else branchOff(draft);
  /** @type {Scenario} */ (draft[draft.active]).events.push(event);
}

/**
 * Move a lever from a quarter on, beside the original.
 * @param {State} draft
 * @param {{name: string, value: number | string}} lever
 * @param {number} quarter
 * @param {import("stage/session/scenario.js").Table} data
 */
export function tryFrom(draft, { name, value }, quarter, data) {
  branchOff(draft);
  setFrom(/** @type {Scenario} */ (draft[draft.active]), name, value, quarter, data);
}

/**
 * Both sides under other circumstances from the start, in a world.
 * @param {State} draft
 * @param {{name: string, value: number | string}[]} circumstances
 * @param {import("stage/model/port.js").Seed} world
 * @param {import("stage/session/scenario.js").Table} data
 */
export function under(draft, circumstances, world, data) {
  for (const { name, value } of circumstances) for (const side of [draft.A, draft.B]) if (side) setAtStart(side, name, value, data);
  draft.seed = world;
}

/**
 * For another place: what was said of single partners and ties does not follow.
 * @param {State} draft
 */
export function forAnotherPlace(draft) {
  for (const scenario of [draft.A, draft.B]) {
    if (scenario) Object.assign(scenario, { partners: {}, events: scenario.events.filter((event) => !event.partner && !event.a) });
  }
}
