// What frames the pictures: which views stand where, buttons as the state has them, what differs, and notices.

import { byId, fill, h } from "stage/dom.js";
import { differences } from "stage/store.js";

/** Put the views and every control into the shape of the state. */
export function arrangePage(store, mode, preset, shown) {
  const { now } = store, scenario = now[now.active];
  stand(byId("views"), shown.map((view) => view.element));
  stand(byId("in-words"), shown.map((view) => view.inWords));
  for (const id of ["views", "in-words"]) byId(id).classList.toggle("two", shown.length === 2);
  document.body.classList.toggle("comparing", Boolean(now.B));
  byId("sides").hidden = byId("compare-tools").hidden = !now.B;
  const pressed = { "side-A": now.active === "A", "side-B": now.active === "B", "as-pair": mode === "pair", "as-difference": mode === "difference", compare: Boolean(now.B) };
  for (const [id, is] of Object.entries(pressed)) byId(id).setAttribute("aria-pressed", String(is));
  byId("compare").textContent = now.B ? "Stop comparing" : "Compare";
  byId("undo").disabled = !store.past.length;
  byId("redo").disabled = !store.future.length;
  byId("preset").value = preset.preset;
  byId("seed").value = String(now.seed);
  byId("question").textContent = scenario.question || scenario.title;
  byId("about").textContent = byId("about").title = scenario.about;
}

/** Let these stand in a box; what stands there already is not touched, so that nobody loses their place. */
function stand(box, elements) {
  if (box.children.length !== elements.length || elements.some((element, k) => box.children[k] !== element)) fill(box, elements);
}

/** List everything in which each side differs from its preset, each with a button to take it back; the texts by side. */
export function showDifferences(store, presetOf, words, place) {
  const { now } = store, lists = {};
  const row = (side) => {
    const preset = presetOf(now[side]), found = differences(now[side], preset, words, place);
    lists[side] = found.map(({ text }) => text);
    return h("div", { class: "differ-row" }, now.B ? h("span", { class: `badge side-${side}`, text: side }) : null,
      h("span", { class: "differ-base", text: found.length ? `“${preset.title}”, but:` : `“${preset.title}”, as it comes.` }),
      h("ul", {}, found.map(({ text, back }) => h("li", {}, text,
        h("button", { class: "chip-x", "aria-label": `Take back: ${text}`, text: "×", onclick: () => store.change((draft) => back(draft[side])) })))));
  };
  fill(byId("differs"), ["A", "B"].filter((side) => now[side]).map(row));
  return lists;
}

/** Say something above the picture; kind: notice, waiting or trouble. */
export function tell(message, kind) {
  const bar = byId("notice");
  bar.className = `notice ${kind}`;
  fill(bar, h("span", { text: message }), h("button", { class: "quiet", text: "Close", onclick: () => { bar.hidden = true; } }));
  bar.hidden = false;
}

/** All is well again: trouble and waiting are over, a notice stays. */
export function settleNotice() {
  const bar = byId("notice");
  if (bar.classList.contains("trouble") || bar.classList.contains("waiting")) bar.hidden = true;
}
