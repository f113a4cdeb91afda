// What if, from now on: a new leader, a brokered or broken agreement, as events of the quarter that comes next.

import { h } from "stage/parts/dom.js";
import { LONGEST_TITLE } from "stage/session/scenario.js";
import { messages, text } from "stage/words/messages.js";

/** @typedef {(event: import("stage/model/port.js").TimedEvent) => void} Act  adds a timed event */
/** @typedef {import("stage/model/port.js").Place} Place */
/** @typedef {import("stage/model/port.js").PageData} PageData */

const words = messages.what_if;

/**
 * The actions for what is in focus.
 * @param {import("stage/picture/focus.js").Focus} focus
 * @param {Place} place
 * @param {PageData} data
 * @param {number} quarter
 * @param {Act} act
 */
export function actions(focus, place, data, quarter, act) {
  const head = h("h4", { text: words.heading });
  if (quarter >= data.quarters - 1) return h("div", { class: "actions" }, head, h("p", { text: words.last_quarter }));
  return h("div", { class: "actions" }, head, focus.tie === undefined ? leader(Number(focus.partner), place, data, quarter, act) : agreement(focus.tie, place, quarter, act));
}

/**
 * @param {number} i
 * @param {Place} place
 * @param {PageData} data
 * @param {number} quarter
 * @param {Act} act
 */
function leader(i, place, data, quarter, act) {
  const background = h("select", { id: "new-background" }, data.backgrounds.map(({ code, label }) => h("option", { value: code, text: label, selected: code === "integrator" })));
  const skill = h("input", { id: "new-skill", type: "range", min: 0, max: 1, step: 0.1, value: 0.8 });
  return h("div", { class: "action" }, h("label", { for: "new-background", text: words.background }), background,
    h("label", { for: "new-skill", text: words.skill }), skill,
    h("button", { text: text(words.give, { who: place.labels[i] }), onclick: () => act({ quarter: quarter + 1, what: "leader", partner: place.ids[i], background: background.value, skill: Number(skill.value), mine: true,
      title: text(words.leader, { who: place.labels[i] }).slice(0, LONGEST_TITLE) }) }));
}

/**
 * @param {number} e
 * @param {Place} place
 * @param {number} quarter
 * @param {Act} act
 */
function agreement(e, place, quarter, act) {
  const a = place.ids[place.a[e]], b = place.ids[place.b[e]], pair = text(words.pair, { a: place.labels[place.a[e]], b: place.labels[place.b[e]] });
  const scope = h("input", { id: "new-scope", type: "range", min: 0.1, max: 1, step: 0.1, value: 0.5 });
  return h("div", { class: "action" }, h("label", { for: "new-scope", text: words.scope }), scope,
    h("button", { text: words.broker, onclick: () => act({ quarter: quarter + 1, what: "broker", a, b, scope: Number(scope.value), mine: true, title: text(words.brokered, { pair }).slice(0, LONGEST_TITLE) }) }),
    h("button", { text: words.break, onclick: () => act({ quarter: quarter + 1, what: "break", a, b, mine: true, title: text(words.broken, { pair }).slice(0, LONGEST_TITLE) }) }));
}
