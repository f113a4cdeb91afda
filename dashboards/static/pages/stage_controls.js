// The stage's buttons, boxes and keys, each with what it does.

import { nextSeed, seedOf } from "stage/model/seeds.js";
import { shareStage, takeDrops } from "stage/pages/stage_share.js";
import { byId } from "stage/parts/dom.js";
import { showWorld } from "stage/parts/frame.js";
import { tell } from "stage/parts/notice.js";
import { compare, keepOnlyB } from "stage/session/edits.js";
import { messages, text } from "stage/words/messages.js";

const TYPED_IN = /^(textarea|text|number|search)$/;
const HAS_ARROWS = /^(range|radio|select-one|number|text|search|textarea)$/;

/** @param {import("stage/pages/stage.js").Stage} stage */
export function connectControls(stage) {
  const { store, room, data: { largest_seed: largest } } = stage;
  const on = (id, what, work) => byId(id).addEventListener(what, work);
  const reseed = (seed) => store.change((draft) => { draft.seed = seed; });
  const activate = (side) => store.change((draft) => { draft.active = side; });
  on("preset", "change", () => stage.choose(byId("preset").value));
  on("seed", "change", () => {
    const given = byId("seed").value, seed = seedOf(given, largest);
    if (seed !== null) return reseed(seed);
    showWorld(store.now.seed);
    tell(text(messages.notices.no_world, { given, largest }), "trouble");
  });
  on("other-world", "click", () => reseed(nextSeed(store.now.seed, largest)));
  on("undo", "click", () => store.undo());
  on("redo", "click", () => store.redo());
  on("guide", "click", () => stage.wayIn());
  on("share", "click", () => shareStage(stage));
  takeDrops(stage);
  on("compare", "click", () => store.change(compare));
  on("present", "click", () => room.present());
  on("ask", "click", () => stage.story.ask());
  on("reveal", "click", () => room.reveal());
  on("replay", "click", () => room.replay());
  on("tabs", "click", () => { if (document.body.classList.contains("present")) byId("tabs").scrollIntoView({ block: "start" }); });
  on("side-A", "click", () => activate("A"));
  on("side-B", "click", () => activate("B"));
  on("as-pair", "click", () => stage.compareAs("pair"));
  on("as-difference", "click", () => stage.compareAs("difference"));
  on("keep-B", "click", () => store.change(keepOnlyB));
  on("from-start", "change", () => stage.showLevers());
  on("from-now", "change", () => stage.showLevers());
  document.addEventListener("keydown", (event) => { if (!event.defaultPrevented && (shortcut(event, store) || clicker(event, stage))) event.preventDefault(); });
}

/** Undo and redo by key, but not while something is typed. */
function shortcut(event, store) {
  if (!(event.ctrlKey || event.metaKey) || TYPED_IN.test(event.target.type ?? "")) return false;
  if (event.key === "z" && !event.shiftKey) store.undo();
  else if (event.key === "y" || (event.key === "z" && event.shiftKey)) store.redo();
  else return false;
  return true;
}

/** Keys of a clicker: space, arrow and page keys; whatever has the focus and needs them itself keeps them. */
function clicker(event, { timebar, room }) {
  const { target, key } = event, { type = "" } = target;
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return false;
  if (key === "PageDown" || key === "PageUp") {
    if (TYPED_IN.test(type) && type !== "number") return false;
    if (!document.body.classList.contains("present") && target !== document.body) return false;
    if (key === "PageDown") room.on();
    else room.back();
    return true;
  }
  if (key === "Escape" && document.body.classList.contains("drawn")) {
    room.draw(false);
    return true;
  }
  if (HAS_ARROWS.test(type) || target.closest?.("[role=tablist], [role=application], summary, button") && key === " ") return false;
  if (key === " ") room.on();
  else if (key === "ArrowRight") timebar.step(1);
  else if (key === "ArrowLeft") timebar.step(-1);
  else return false;
  return true;
}
