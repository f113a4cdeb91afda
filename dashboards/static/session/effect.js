// Whether a change of settings makes a difference that can be seen.

import { series } from "stage/model/run_values.js";

/** @typedef {import("stage/model/port.js").Run} Run */

/** Half a point of shared spending: less cannot be seen in any chart. */
const SEEN = 0.005;

/**
 * Whether what is agreed and what is joined stay within half a point of each other in every quarter.
 * @param {Run} before
 * @param {Run} after
 * @param {import("stage/model/run_values.js").IndexedData} data
 */
export function carriesNothing(before, after, data) {
  return ["form", "integration"].every((code) => {
    const was = series(before, data.index[code]), is = series(after, data.index[code]);
    return was.every((value, q) => Math.abs(value - is[q]) < SEEN);
  });
}
