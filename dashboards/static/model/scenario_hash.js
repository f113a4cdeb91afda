// The hash by which a scenario is known: everything in it that acts on a run, as the model writes and digests it.

import { numberOf } from "stage/model/binding.js";
import { sha256 } from "stage/model/sha256.js";
import { exact } from "stage/model/written_numbers.js";

/** @typedef {import("stage/model/engine.js").Descriptors} Descriptors */
/** @typedef {import("stage/model/port.js").TimedEvent} TimedEvent */

/** JSON as the model writes it, of parts that are written already: keys in order, nothing but ASCII. */
const table = (/** @type {[string, string][]} */ parts) => `{${[...parts].sort(([one], [other]) => (before(one, other) ? -1 : 1)).map(([key, value]) => `${written(key)}: ${value}`).join(", ")}}`;
const list = (/** @type {string[]} */ parts) => `[${parts.join(", ")}]`;
const written = (/** @type {string | null | undefined} */ text) => (text === undefined || text === null ? "null" : JSON.stringify(text).replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`));
const number = (/** @type {number | undefined} */ given) => (given === undefined ? "null" : exact(given));

/** Order by code points, in which a letter beyond the first 65,536 comes last. */
function before(one, other) {
  const [a, b] = [one, other].map((text) => Array.from(text, (letter) => letter.codePointAt(0))), k = a.findIndex((point, at) => point !== b[at]);
  return k < 0 || (k < b.length && a[k] < b[k]);
}

/**
 * @param {import("stage/model/port.js").Scenario} scenario
 * @param {Descriptors} descriptors
 */
export async function scenarioHash(scenario, descriptors) {
  const { parameters, settings, kinds, backgrounds } = descriptors, own = new Set(settings.partner);
  const values = (given) => table(Object.entries(given ?? {}).map(([name, value]) => [name, number(numberOf(descriptors, name, value))]));
  const all = (wanted) => table(Object.keys(parameters).filter(wanted).map((name) => [name, name in scenario.parameters ? number(numberOf(descriptors, name, scenario.parameters[name])) : parameters[name].written]));
  const narrowed = (given) => table(Object.entries(given).map(([who, each]) => [who, values(each)]));
  const place = (names, name) => (name === undefined ? "null" : String(names.indexOf(name)));
  const acting = (/** @type {TimedEvent} */ event) => table([
    ["quarter", String(event.quarter)], ["what", written(event.what)], ["parameters", values(event.parameters)],
    ["kind", place(kinds, event.kind)], ["partner", written(event.partner)], ["background", place(backgrounds, event.background)], ["skill", number(event.skill)],
    ["tie", list([event.a ?? "None", event.b ?? "None"].sort((one, other) => (before(one, other) ? -1 : 1)).map(written))],
    ["between", list((event.between ?? []).map((kind) => kinds.indexOf(kind)).sort((i, j) => i - j).map(String))], ["scope", number(event.scope)],
  ]);
  const told = table([
    ["settings", all((name) => !own.has(name))], ["everyone", all((name) => own.has(name))], ["kinds", narrowed(scenario.kinds)], ["partners", narrowed(scenario.partners)],
    ["events", list([...scenario.events].sort((one, other) => one.quarter - other.quarter).map(acting))],
  ]);
  return sha256(new TextEncoder().encode(told));
}
