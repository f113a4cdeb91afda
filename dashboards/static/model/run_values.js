// Numbers read off a run: in a quarter, and between two.

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/port.js").Column} Column */
/** @typedef {import("stage/model/port.js").PageData & {index: Record<string, number>}} IndexedData  page data with the position of each measure */
/** @typedef {{column: Column, label: string, weight: number}[]} Shared  what a tie may share, each with its weight in the breadth */

/**
 * @param {import("stage/model/port.js").PageData} data
 * @returns {IndexedData}
 */
export const indexed = (data) => ({ ...data, index: Object.fromEntries(data.measures.map(({ code }, k) => [code, k])) });

/**
 * A column's number for one item in one quarter.
 * @param {Column} column
 * @param {number} quarter
 * @param {number} item
 */
export const at = (column, quarter, item) => column.low + column.scale * column.values[quarter * column.count + item];

/**
 * As `at`, between two quarters: share 0 is the first, 1 the second.
 * @param {Column} column
 * @param {number} quarter
 * @param {number} share
 * @param {number} item
 */
export function between(column, quarter, share, item) {
  const here = at(column, quarter, item);
  return share === 0 ? here : here + share * (at(column, quarter + 1, item) - here);
}

/**
 * One measure's series over all quarters.
 * @param {Run} run
 * @param {number} index
 */
export function series(run, index) {
  return Float32Array.from({ length: run.quarters }, (_, q) => run.measures[q * run.width + index]);
}

/**
 * @param {Run} run
 * @param {number} index
 * @param {number} quarter
 */
export const measure = (run, index, quarter) => run.measures[quarter * run.width + index];

/**
 * Mean trust of both sides of a tie, 0..1.
 * @param {Run} run
 * @param {number} quarter
 * @param {number} tie
 * @param {number} [share]
 */
export const trust = (run, quarter, tie, share = 0) => 0.5 * (between(run.tie.trust_a, quarter, share, tie) + between(run.tie.trust_b, quarter, share, tie));

/**
 * @param {Run} run
 * @param {import("stage/model/port.js").Resource[]} resources
 * @returns {Shared}
 */
export const sharedIn = (run, resources) => resources.map(({ code, label, weight }) => ({ column: run.tie[`scope_${code}`], label, weight }));

/**
 * Breadth of what a tie shares, 0..1, by the model's weights of money, staff and information.
 * @param {Shared} shared
 * @param {number} quarter
 * @param {number} tie
 * @param {number} [share]
 */
export function breadth(shared, quarter, tie, share = 0) {
  let sum = 0;
  for (const { column, weight } of shared) sum += weight * between(column, quarter, share, tie);
  return sum;
}
