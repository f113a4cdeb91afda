// What frames the pictures: which views stand where, buttons as the state has them, what differs from the preset.

import { byId, fill, h } from "stage/parts/dom.js";
import { differences } from "stage/session/differences.js";
import { messages, text } from "stage/words/messages.js";

/** @typedef {import("stage/session/store.js").Store} Store */
/** @typedef {import("stage/session/store.js").Side} Side */
/** @typedef {import("stage/model/port.js").Scenario} Scenario */
/** @typedef {import("stage/picture/view.js").View} View */

/**
 * Put the views and every control into the shape of the state.
 * @param {Store} store
 * @param {"pair" | "difference"} mode
 * @param {Scenario} preset
 * @param {View[]} shown
 */
export function arrange(store, mode, preset, shown) {
  const { now } = store, scenario = store.scenario(), words = messages.stage_page;
  stand(byId("views"), shown.map((view) => view.element));
  byId("views").classList.toggle("two", shown.length === 2);
  document.body.classList.toggle("comparing", Boolean(now.B));
  byId("sides").hidden = byId("compare-tools").hidden = !now.B;
  const pressed = { "side-A": now.active === "A", "side-B": now.active === "B", "as-pair": mode === "pair", "as-difference": mode === "difference", compare: Boolean(now.B) };
  for (const [id, is] of Object.entries(pressed)) byId(id).setAttribute("aria-pressed", String(is));
  byId("compare").textContent = now.B ? words.stop_comparing : words.compare;
  byId("undo").disabled = !store.past.length;
  byId("redo").disabled = !store.future.length;
  byId("preset").value = preset.preset;
  showWorld(now.seed);
  byId("question").textContent = scenario.question || scenario.title;
  byId("about").textContent = scenario.about;
  byId("replay").disabled = !store.past.length;
}

/**
 * The number of a world in its box: one beyond what a browser holds as a number stands there as text, which it leaves as it is.
 * @param {import("stage/model/port.js").Seed} seed
 */
export function showWorld(seed) {
  const box = byId("seed");
  box.type = typeof seed === "number" ? "number" : "text";
  box.value = String(seed);
}

/**
 * Let these stand in a box; what stands there already is not touched, so that nobody loses their place.
 * @param {Element} box
 * @param {Element[]} elements
 */
function stand(box, elements) {
  if (box.children.length !== elements.length || elements.some((element, k) => box.children[k] !== element)) fill(box, elements);
}

/**
 * List everything in which each side differs from its preset, each with a button to take it back; the texts by side.
 * @param {Store} store
 * @param {(scenario: Scenario) => Scenario} presetOf
 * @param {import("stage/model/port.js").PageData} data
 * @param {import("stage/model/port.js").Place} place
 * @returns {Partial<Record<Side, string[]>>}
 */
export function showDifferences(store, presetOf, data, place) {
  const { now } = store, words = messages.differences;
  /** @type {Partial<Record<Side, string[]>>} */
  const lists = {};
  const row = (side) => {
    const preset = presetOf(store.scenario(side)), found = differences(store.scenario(side), preset, data, place);
    lists[side] = found.map((difference) => difference.text);
    return found.length === 0 ? null : h("div", { class: "differ-row" }, now.B ? h("span", { class: `badge side-${side}`, text: side }) : null,
      h("span", { class: "differ-base", text: text(words.but, { preset: preset.title }) }),
      h("ul", {}, found.map((difference) => h("li", {}, difference.text,
        h("button", { class: "chip-x", "aria-label": text(words.take_back, { text: difference.text }), text: "×", onclick: () => store.change((draft) => difference.back(draft[side])) })))));
  };
  fill(byId("differs"), ["A", "B"].filter((side) => now[side]).map(row));
  return lists;
}
