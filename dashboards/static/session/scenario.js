// A scenario as the visitor edits it: values at the start and from a quarter on, and what is sent of it.

import { messages, text } from "stage/words/messages.js";

/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {Pick<import("stage/model/port.js").PageData, "parameters">} Table */

/** Titles of events are cut here, as the model does. */
export const LONGEST_TITLE = 300;

/**
 * Set a lever for everyone from the start; what the scenario says for a kind or a partner gives way.
 * @param {Scenario} scenario
 * @param {string} name
 * @param {number | string} value
 * @param {Table} data
 */
export function setAtStart(scenario, name, value, data) {
  if (value === data.parameters[name].default) delete scenario.parameters[name];
  else scenario.parameters[name] = value;
  for (const group of [scenario.kinds, scenario.partners]) {
    for (const [who, values] of Object.entries(group)) {
      delete values[name];
      if (!Object.keys(values).length) delete group[who];
    }
  }
}

/**
 * Set a lever for everyone from a quarter on: one event of the quarter gathers all such changes.
 * @param {Scenario} scenario
 * @param {string} name
 * @param {number | string} value
 * @param {number} quarter
 * @param {Table} data
 */
export function setFrom(scenario, name, value, quarter, data) {
  const found = scenario.events.find((event) => event.quarter === quarter && event.mine && event.what === "set");
  const event = found ?? { quarter, what: "set", parameters: {}, mine: true };
  if (!found) scenario.events.push(event);
  const parameters = (event.parameters ??= {});
  parameters[name] = value;
  const levers = Object.keys(parameters).map((key) => data.parameters[key].label).join(messages.common.comma);
  event.title = text(messages.differences.from_now, { levers }).slice(0, LONGEST_TITLE);
}

/**
 * An event without the mark of what the visitor added.
 * @param {import("stage/model/port.js").TimedEvent} event
 */
export const withoutMark = ({ mine, ...event }) => event;

/**
 * What is sent to the model: without marks of the page's own.
 * @param {Scenario} scenario
 * @returns {Scenario}
 */
export function withoutMarks(scenario) {
  const { events, ...rest } = scenario;
  return { ...rest, events: events.map(withoutMark) };
}
