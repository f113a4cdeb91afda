// The stage's buttons, boxes and keys, each with what it does.

import { shareStage } from "stage/pages/stage_share.js";
import { byId } from "stage/parts/dom.js";
import { compare, keepOnlyB } from "stage/session/edits.js";

const TYPED_IN = /^(textarea|text|number)$/;

/** @param {import("stage/pages/stage.js").Stage} stage */
export function connectControls(stage) {
  const { store } = stage;
  const on = (id, what, work) => byId(id).addEventListener(what, work);
  const reseed = (seed) => store.change((draft) => { draft.seed = seed; });
  const activate = (side) => store.change((draft) => { draft.active = side; });
  on("preset", "change", () => stage.choose(byId("preset").value));
  on("seed", "change", () => reseed(Number(byId("seed").value)));
  on("other-world", "click", () => reseed(store.now.seed + 1));
  on("undo", "click", () => store.undo());
  on("redo", "click", () => store.redo());
  on("guide", "click", () => stage.guide());
  on("share", "click", () => shareStage(stage));
  on("compare", "click", () => store.change(compare));
  on("present", "click", () => stage.present());
  on("side-A", "click", () => activate("A"));
  on("side-B", "click", () => activate("B"));
  on("as-pair", "click", () => stage.compareAs("pair"));
  on("as-difference", "click", () => stage.compareAs("difference"));
  on("keep-B", "click", () => store.change(keepOnlyB));
  on("from-start", "change", () => stage.showLevers());
  on("from-now", "change", () => stage.showLevers());
  document.addEventListener("keydown", (event) => shortcut(event, store));
  window.addEventListener("hashchange", () => { if (location.hash !== stage.own) location.reload(); });
}

/** Undo and redo by key, but not while something is typed. */
function shortcut(event, store) {
  if (!(event.ctrlKey || event.metaKey) || TYPED_IN.test(event.target.type ?? "")) return;
  if (event.key === "z" && !event.shiftKey) store.undo();
  else if (event.key === "y" || (event.key === "z" && event.shiftKey)) store.redo();
  else return;
  event.preventDefault();
}
