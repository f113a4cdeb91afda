// A scenario's words resolved against a place, for the compiled model: settings as arrays, events as calls of its entries.

import { Trouble } from "stage/model/port.js";
import { messages, text } from "stage/words/messages.js";

/** @typedef {import("stage/model/engine.js").Descriptors} Descriptors */
/** @typedef {import("stage/model/engine.js").PlaceArrays} PlaceArrays */
/** @typedef {import("stage/model/engine.js").BoundEvent} BoundEvent */
/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {import("stage/model/port.js").TimedEvent} TimedEvent */

const words = messages.notices;

/**
 * The number that stands for a setting's value; throws Trouble for a value that cannot be.
 * @param {Descriptors} descriptors
 * @param {string} name
 * @param {number | string} value
 */
export function numberOf({ parameters }, name, value) {
  const declared = parameters[name];
  if (!declared) throw new Trouble(text(words.no_setting, { name }));
  const number = declared.choices.length ? declared.choices.indexOf(String(value)) : value;
  if (typeof number !== "number" || !(number >= declared.low && number <= declared.high)) throw new Trouble(text(words.no_value, { name, value }));
  return number;
}

/**
 * A scenario's settings: defaults, then everyone's, then a kind's, then a partner's own.
 * @param {Scenario} scenario
 * @param {PlaceArrays} place
 * @param {Descriptors} descriptors
 * @returns {import("stage/model/engine.js").Settings}
 */
export function settingsOf(scenario, place, descriptors) {
  const { settings, limits, parameters, kinds } = descriptors, own = settings.partner;
  const value = (name) => (name in scenario.parameters ? numberOf(descriptors, name, scenario.parameters[name]) : parameters[name].default);
  const everyone = Float64Array.from(own, value), partner = new Float64Array(place.partners * own.length);
  for (let i = 0; i < place.partners; i += 1) partner.set(everyone, i * own.length);
  const narrow = (values, who) => {
    for (const [name, given] of Object.entries(values)) for (const i of who) partner[i * own.length + own.indexOf(name)] = numberOf(descriptors, name, given);
  };
  for (const [kind, values] of Object.entries(scenario.kinds)) narrow(values, ofKind(place, kinds.indexOf(kind)));
  for (const [id, values] of Object.entries(scenario.partners)) narrow(values, [partnerOf(place, id)]);
  return { place: Float64Array.from(settings.place, value), start: Float64Array.from(settings.start, value), partner, limits: Float64Array.from(limits, value) };
}

/** @param {PlaceArrays} place */
const ofKind = (place, kind) => [...place.kind.keys()].filter((i) => place.kind[i] === kind);

/** @param {PlaceArrays} place */
function partnerOf(place, id) {
  const found = place.ids.indexOf(id);
  if (found < 0) throw new Trouble(text(words.no_partner, { partner: id }));
  return found;
}

/**
 * A scenario's events by quarter, else in the order given.
 * @param {Pick<Scenario, "events">} scenario
 * @param {{a: number[], b: number[]}} ends  of each tie
 * @param {PlaceArrays} place
 * @param {Descriptors} descriptors
 * @returns {BoundEvent[]}
 */
export const eventsOf = (scenario, ends, place, descriptors) => scenario.events.map((event) => ({ quarter: event.quarter, calls: bound(event, ends, place, descriptors) })).sort((a, b) => a.quarter - b.quarter);

/**
 * @param {TimedEvent} event
 * @returns {BoundEvent["calls"]}
 */
function bound(event, ends, place, descriptors) {
  const { settings, parameters, kinds, backgrounds, forced } = descriptors, call = /** @returns {[string, ...number[]]} */ (/** @type {string} */ entry, /** @type {number[]} */ ...numbers) => [entry, ...numbers];
  if (event.what === "set") {
    const sets = Object.entries(event.parameters ?? {}).map(([name, value]) => ({ scope: parameters[name]?.scope, name, value: numberOf(descriptors, name, value) }));
    const who = concerned(event, place, kinds), index = (scope, name) => settings[scope].indexOf(name);
    return sets.flatMap(({ scope, name, value }) => (scope === "place" ? [call("event_sets_place", index(scope, name), value)] : who.map((i) => call("event_sets_partner", i, index(scope, name), value))));
  }
  if (event.what in forced) return [call("event_forces", forced[event.what])];
  if (event.what === "leader") {
    const who = concerned(event, place, kinds), background = backgrounds.indexOf(event.background ?? ""), skill = event.skill ?? 0;
    return who.map((i) => call("event_installs", i, background, skill));
  }
  const ties = tiesOf(event, ends, place, kinds), scope = event.scope ?? 0;
  return ties.map((tie) => (event.what === "break" ? call("event_breaks", tie) : call("event_brokers", tie, scope)));
}

/** @param {TimedEvent} event */
function concerned(event, place, kinds) {
  if (event.partner !== undefined) return [partnerOf(place, event.partner)];
  return event.kind !== undefined ? ofKind(place, kinds.indexOf(event.kind)) : [...place.ids.keys()];
}

/** @param {TimedEvent} event */
function tiesOf(event, { a, b }, place, kinds) {
  const all = [...a.keys()];
  if (event.between) {
    const [one, other] = event.between.map((kind) => kinds.indexOf(kind)), kind = (i) => place.kind[i];
    return all.filter((t) => (kind(a[t]) === one && kind(b[t]) === other) || (kind(a[t]) === other && kind(b[t]) === one));
  }
  const [one, other] = [partnerOf(place, event.a), partnerOf(place, event.b)].sort((i, j) => i - j);
  const found = all.filter((t) => a[t] === one && b[t] === other);
  if (!found.length) throw new Trouble(text(words.no_tie, { a: event.a ?? "", b: event.b ?? "" }));
  return found;
}
