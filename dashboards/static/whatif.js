// What if, from now on: a new leader, a brokered or broken agreement, as events of the quarter that comes next.

import { h } from "stage/dom.js";

/** The actions for what is in focus; `act(event)` adds a timed event. */
export function actions(focus, place, words, quarter, act) {
  const head = h("h4", { text: "What if, from now on…" });
  if (quarter >= words.quarters - 1) return h("div", { class: "actions" }, head, h("p", { text: "This is the last quarter; go back in time to change what follows." }));
  return h("div", { class: "actions" }, head, focus.tie === undefined ? leader(focus.partner, place, words, quarter, act) : agreement(focus.tie, place, quarter, act));
}

function leader(i, place, words, quarter, act) {
  const background = h("select", { id: "new-background" }, words.backgrounds.map(({ code, label }) => h("option", { value: code, text: label, selected: code === "integrator" })));
  const skill = h("input", { id: "new-skill", type: "range", min: 0, max: 1, step: 0.1, value: 0.8 });
  return h("div", { class: "action" }, h("label", { for: "new-background", text: "Its new leader comes from" }), background,
    h("label", { for: "new-skill", text: "Skill in joining services up" }), skill,
    h("button", { text: `Give ${place.labels[i]} this leader`, onclick: () => act({ quarter: quarter + 1, what: "leader", partner: place.ids[i], background: background.value, skill: Number(skill.value), mine: true,
      title: `From now on: a new leader for ${place.labels[i]}`.slice(0, 300) }) }));
}

function agreement(e, place, quarter, act) {
  const a = place.ids[place.a[e]], b = place.ids[place.b[e]], names = `${place.labels[place.a[e]]} and ${place.labels[place.b[e]]}`;
  const scope = h("input", { id: "new-scope", type: "range", min: 0.1, max: 1, step: 0.1, value: 0.5 });
  return h("div", { class: "action" }, h("label", { for: "new-scope", text: "How much they share" }), scope,
    h("button", { text: "Broker an agreement", onclick: () => act({ quarter: quarter + 1, what: "broker", a, b, scope: Number(scope.value), mine: true, title: `From now on: ${names} are brought to share`.slice(0, 300) }) }),
    h("button", { text: "Break their agreement", onclick: () => act({ quarter: quarter + 1, what: "break", a, b, mine: true, title: `From now on: what ${names} shared is broken off`.slice(0, 300) }) }));
}
