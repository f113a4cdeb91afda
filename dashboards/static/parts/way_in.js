// The way in: one pair, then a third, then a place. Every step is the model running; the picture is the run's own.

import { fill, h, openDialog } from "stage/parts/dom.js";
import { View } from "stage/picture/view.js";
import { messages, text } from "stage/words/messages.js";

const words = messages.way_in;

/**
 * Open the way in as a dialog.
 * @param {import("stage/model/port.js").Model} model
 * @param {import("stage/model/run_values.js").IndexedData} data
 * @param {string} place  hash of the place that it leads to
 */
export async function openWayIn(model, data, place) {
  const body = h("div", { class: "way-body" }, h("p", { class: "busy", text: words.busy })), count = h("span", { class: "small" });
  const back = h("button", { text: words.back, onclick: () => show(k - 1) });
  const on = h("button", { class: "primary", onclick: () => (k >= steps.length - 1 ? dialog.close() : show(k + 1)) });
  const dialog = h("dialog", { class: "way-in", "aria-labelledby": "way-title" }, h("h2", { id: "way-title", tabindex: "-1", text: words.title }), body,
    h("div", { class: "guide-foot" }, h("button", { class: "quiet", text: words.skip, onclick: () => dialog.close() }), count, back, on));
  let k = 0;
  /** @type {import("stage/model/port.js").WayInStep[]} */
  let steps = [];
  /** @type {Map<string, View>} */
  const views = new Map();

  async function show(next) {
    k = Math.max(0, Math.min(steps.length - 1, next));
    const mine = k, { title, said, show: shown } = steps[k];
    count.textContent = text(words.count, { screen: k + 1, screens: steps.length });
    back.disabled = k === 0;
    on.textContent = k === steps.length - 1 ? words.begin : words.next;
    const heading = /** @type {HTMLElement} */ (dialog.querySelector("h2"));
    heading.textContent = title;
    heading.focus();
    const box = h("div", { class: "way-picture" });
    fill(body, box, h("div", { class: "way-said" }, said.map((each) => h("p", { text: each }))));
    const view = /** @type {View} */ (views.get(shown.place));
    const run = await model.run({ place: shown.place, scenario: shown.scenario, seed: shown.seed });
    if (mine !== k) return;
    fill(box, view.element);
    view.show(run, "");
    view.at(shown.quarter);
    view.resize();
  }

  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "PageDown") show(k + 1);
    else if (event.key === "ArrowLeft" || event.key === "PageUp") show(k - 1);
    else return;
    event.preventDefault();
  });
  openDialog(dialog);
  try {
    const found = await model.wayIn(place);
    for (const each of found.places) views.set(each.hash, new View("A", data, each));
    steps = found.steps;
    await show(0);
  } catch (error) {
    fill(body, h("p", { class: "trouble", role: "alert", text: /** @type {Error} */ (error).message }));
  }
}
