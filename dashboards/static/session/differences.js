// In what a scenario differs from its preset: each difference in words, and how to take it back.

import { atStart } from "stage/model/in_force.js";
import { setAtStart, withoutMark } from "stage/session/scenario.js";
import { same } from "stage/session/store.js";
import { messages, text } from "stage/words/messages.js";
import { listed, whenWithin } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {import("stage/model/port.js").TimedEvent} TimedEvent */
/** @typedef {Pick<import("stage/model/port.js").PageData, "parameters" | "kinds">} Table */
/** @typedef {Pick<import("stage/model/port.js").Place, "ids" | "labels">} Names */
/** @typedef {{text: string, back: (draft: Scenario) => void}} Difference */

const words = messages.differences;

/**
 * @param {number | string} value
 * @param {import("stage/model/port.js").Parameter} p
 */
const shown = (value, p) => (p.codes.length ? p.choices[p.codes.indexOf(String(value))] : String(value));

/**
 * @param {TimedEvent} event
 * @param {Table} data
 * @param {Names} place
 */
function eventText(event, data, place) {
  const name = (id) => place.labels[place.ids.indexOf(id)] ?? id;
  const when = whenWithin(event.quarter);
  const kinds = Object.fromEntries(data.kinds.map((kind) => [kind.code, kind.plural]));
  const who = event.partner ? name(event.partner) : event.kind ? kinds[event.kind] : "";
  if (event.what === "set") {
    const values = Object.entries(event.parameters ?? {}).map(([key, value]) => text(words.event_value, { lever: data.parameters[key].label, value: shown(value, data.parameters[key]) })).join(messages.common.comma);
    return text(who ? words.set_for : words.set, { values, who, when });
  }
  if (event.what === "leader") return text(words.leader, { who, when });
  if (event.what === "reversal" || event.what === "reorganisation") return text(words.national, { what: event.what, when });
  const pair = listed(event.between ? event.between.map((code) => kinds[code]) : [name(event.a), name(event.b)]);
  return text(event.what === "break" ? words.broken : words.brokered, { pair, when });
}

/**
 * Everything in which a scenario differs from its preset.
 * @param {Scenario} scenario
 * @param {Scenario} preset
 * @param {Table} data
 * @param {Names} place
 * @returns {Difference[]}
 */
export function differences(scenario, preset, data, place) {
  return [...ofLevers(scenario, preset, data), ...ofGroups(scenario, preset, data, place), ...ofEvents(scenario, preset, data, place)];
}

function* ofLevers(scenario, preset, data) {
  for (const [name, p] of Object.entries(data.parameters)) {
    const was = atStart(preset, name, data), is = atStart(scenario, name, data);
    if (was === is) continue;
    yield { text: text(words.lever, { lever: p.label, was: shown(was, p), value: shown(is, p) }), back: (draft) => setAtStart(draft, name, was, data) };
  }
}

function* ofGroups(scenario, preset, data, place) {
  for (const group of ["kinds", "partners"]) {
    for (const code of new Set([...Object.keys(preset[group]), ...Object.keys(scenario[group])])) {
      if (same(preset[group][code], scenario[group][code])) continue;
      const who = group === "kinds" ? data.kinds.find((kind) => kind.code === code).plural : place.labels[place.ids.indexOf(code)] ?? code;
      const list = Object.entries(scenario[group][code] ?? {}).map(([name, value]) => text(words.one_value, { lever: data.parameters[name].label, value: shown(value, data.parameters[name]) }));
      yield { text: text(words.own_values, { who, values: list.join(messages.common.comma) || words.nothing_own }), back: (draft) => {
        if (preset[group][code]) draft[group][code] = structuredClone(preset[group][code]);
        else delete draft[group][code];
      } };
    }
  }
}

function* ofEvents(scenario, preset, data, place) {
  for (const event of scenario.events) {
    if (preset.events.some((other) => same(withoutMark(other), withoutMark(event)))) continue;
    yield { text: eventText(event, data, place), back: (draft) => { draft.events = draft.events.filter((other) => !same(other, event)); } };
  }
  for (const event of preset.events) {
    if (scenario.events.some((other) => same(withoutMark(other), withoutMark(event)))) continue;
    yield { text: text(words.without, { event: eventText(event, data, place) }), back: (draft) => draft.events.push(structuredClone(event)) };
  }
}
