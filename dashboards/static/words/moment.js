// The one sentence about a moment of a run, and the line about people's hand-offs.

import { measure } from "stage/model/run_values.js";
import { messages, text } from "stage/words/messages.js";
import { percent } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/run_values.js").IndexedData} Data */

const words = messages.moment;
const PEOPLE = 100;

/**
 * How many work as one, how much is agreed, and how much of it is joined up.
 * @param {Run} run
 * @param {number} quarter
 * @param {import("stage/model/port.js").Place} place
 * @param {Data} data
 */
export function sentence(run, quarter, place, data) {
  const m = (code) => measure(run, data.index[code], quarter), one = Math.round(m("largest_group"));
  return text(one > 1 ? words.some : words.nobody, { one, of: place.ids.length, agreed: percent(m("form")), joined: percent(m("integration")) });
}

/**
 * Of 100 people, how many pass three hand-offs without a gap.
 * @param {Run} run
 * @param {number} quarter
 * @param {Data} data
 */
export const hands = (run, quarter, data) => text(words.hand_offs, { count: Math.round(PEOPLE * measure(run, data.index.seamless, quarter)), people: PEOPLE });
