// The facilitator's own page: what to say, the time, the show of hands, the notes. It follows the stage in the same browser.

import { serverModel } from "stage/model/server.js";
import { byId, fill, h } from "stage/parts/dom.js";
import { openChannel } from "stage/session/facilitator_channel.js";
import { messages, text } from "stage/words/messages.js";
import { capital, whenWithin } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").PageData} PageData */

const words = messages.facilitator_page;
const NOTES = Object.entries(words.note);
const KEPT = "stage-notes", LONGEST_NOTE = 4000;
const channel = openChannel();

/** The notes that this browser kept. */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {PageData} start */
function follow(start) {
  let preset = "";
  const script = (name) => {
    const said = { ...messages.script.any, ...messages.script[name] };
    fill(byId("say"), [[words.before, said.before], [words.during, said.during], [words.after, said.after]].flatMap(([head, sentences]) => [h("dt", { text: head }), h("dd", { text: sentences })]));
  };
  fill(byId("choose"), start.presets.map((each) => h("option", { value: each.preset, text: each.title })));
  byId("choose").addEventListener("change", () => {
    channel.postMessage({ what: "choose", preset: byId("choose").value });
    script(byId("choose").value);
  });
  byId("play").addEventListener("click", () => channel.postMessage({ what: "play" }));
  channel.addEventListener("message", ({ data }) => {
    if (data.what !== "shown") return;
    const changed = data.changed.length ? text(words.changed, { changed: data.changed.join("; ") }) : "";
    byId("shown").textContent = text(words.shown, { title: data.title, when: whenWithin(data.quarter), verdict: data.verdict }) + changed;
    if (data.preset !== preset) {
      preset = data.preset;
      byId("choose").value = preset;
      script(preset);
    }
    channel.postMessage({ what: "notes", notes: notes() });
  });
  script("today");
  channel.postMessage({ what: "hello" });
}

function timer() {
  /** @type {number | null} */
  let begun = null;
  let before = 0;
  const passed = () => before + (begun ? Date.now() - begun : 0);
  const show = () => {
    const seconds = Math.floor(passed() / 1000), left = Math.round(Number(byId("minutes").value) - seconds / 60);
    byId("timer").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    byId("planned").textContent = left >= 0 ? text(words.left, { count: left }) : text(words.over, { count: -left });
    byId("timer-go").textContent = begun ? words.pause : words.start;
  };
  byId("timer-go").addEventListener("click", () => {
    [before, begun] = begun ? [passed(), null] : [before, Date.now()];
    show();
  });
  byId("timer-reset").addEventListener("click", () => {
    [before, begun] = [0, null];
    show();
  });
  byId("minutes").addEventListener("change", show);
  setInterval(show, 1000);
  show();
}

/** @param {PageData} start */
function hands(start) {
  const inputs = start.regimes.map(({ code, meaning }) => h("div", { class: "hand" }, h("label", { for: `hand-${code}`, text: capital(meaning) }), h("input", { id: `hand-${code}`, type: "number", min: 0, max: 999, value: 0 })));
  fill(byId("hands"), inputs);
  byId("show-hands").addEventListener("click", () => {
    const rows = start.regimes.map(({ code, meaning }) => ({ code, meaning: capital(meaning), count: Math.max(0, Math.round(Number(byId(`hand-${code}`).value) || 0)) }));
    channel.postMessage({ what: "hands", question: messages.hands.question, rows, total: rows.reduce((sum, { count }) => sum + count, 0) });
  });
  byId("clear-hands").addEventListener("click", () => start.regimes.forEach(({ code }) => { byId(`hand-${code}`).value = "0"; }));
}

const notes = () => Object.fromEntries(NOTES.map(([name]) => [name, byId(`note-${name}`).value.slice(0, LONGEST_NOTE)]).filter(([, note]) => note));

function noteBoxes() {
  const before = kept();
  const changed = () => {
    localStorage.setItem(KEPT, JSON.stringify(notes()));
    channel.postMessage({ what: "notes", notes: notes() });
  };
  fill(byId("notes"), NOTES.map(([name, label]) => h("div", {}, h("label", { for: `note-${name}`, text: label }), h("textarea", { id: `note-${name}`, rows: 4, maxlength: LONGEST_NOTE, value: before[name] ?? "", oninput: changed }))));
  byId("clear-notes").addEventListener("click", () => {
    NOTES.forEach(([name]) => { byId(`note-${name}`).value = ""; });
    changed();
  });
}

const start = await serverModel().pageData();
noteBoxes();
follow(start);
timer();
hands(start);
document.body.dataset.ready = "yes";
