// Which value of a lever holds: at the start, and in a quarter.

/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {Pick<import("stage/model/port.js").PageData, "parameters">} Table */

/**
 * The value of a lever at the start, as people write it.
 * @param {Scenario} scenario
 * @param {string} name
 * @param {Table} data
 */
export const atStart = (scenario, name, data) => scenario.parameters[name] ?? data.parameters[name].default;

/**
 * The value for everyone in a quarter: the start's, or that of the latest event for everyone.
 * @param {Scenario} scenario
 * @param {string} name
 * @param {number} quarter
 * @param {Table} data
 */
export function inForce(scenario, name, quarter, data) {
  let value = atStart(scenario, name, data);
  for (const event of [...scenario.events].sort((a, b) => a.quarter - b.quarter)) {
    if (event.what !== "set" || event.kind || event.partner || event.quarter > quarter) continue;
    value = event.parameters?.[name] ?? value;
  }
  return value;
}
