// The facilitator's own page: what to say, the time, the show of hands, the notes. It follows the stage in the same browser.

import { byId, fill, h, when } from "stage/dom.js";
import { say } from "stage/say.js";

const NOTES = [["question", "The room's question"], ["hypothesis", "What we expected, and why"], ["findings", "What we saw"], ["decision", "What we will do"]];
const KEPT = "stage-notes";
const channel = new BroadcastChannel("stage");

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

function follow(start) {
  let preset = "";
  const script = (name) => {
    const words = say(name);
    fill(byId("say"), [["Before", words.before], ["While it plays", words.during], ["After", words.after]].flatMap(([head, text]) => [h("dt", { text: head }), h("dd", { text })]));
  };
  fill(byId("choose"), start.presets.map((each) => h("option", { value: each.preset, text: each.title })));
  byId("choose").addEventListener("change", () => {
    channel.postMessage({ what: "choose", preset: byId("choose").value });
    script(byId("choose").value);
  });
  byId("play").addEventListener("click", () => channel.postMessage({ what: "play" }));
  channel.addEventListener("message", ({ data }) => {
    if (data.what !== "shown") return;
    const changed = data.changed.length ? ` Changed: ${data.changed.join("; ")}.` : "";
    byId("shown").textContent = `${data.title}, ${when(data.quarter).toLowerCase()}. ${data.verdict}${changed}`;
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
  let begun = null, before = 0;
  const passed = () => before + (begun ? Date.now() - begun : 0);
  const show = () => {
    const seconds = Math.floor(passed() / 1000), left = Math.round(Number(byId("minutes").value) - seconds / 60);
    byId("timer").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    byId("planned").textContent = left >= 0 ? `${left} minutes left` : `${-left} minutes over`;
    byId("timer-go").textContent = begun ? "Pause" : "Start";
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

function hands(start) {
  const inputs = start.regimes.map(({ code, meaning }) => h("div", { class: "hand" }, h("label", { for: `hand-${code}`, text: meaning[0].toUpperCase() + meaning.slice(1) }), h("input", { id: `hand-${code}`, type: "number", min: 0, max: 999, value: 0 })));
  fill(byId("hands"), inputs);
  byId("show-hands").addEventListener("click", () => {
    const rows = start.regimes.map(({ code, meaning }) => ({ code, meaning: meaning[0].toUpperCase() + meaning.slice(1), count: Math.max(0, Math.round(Number(byId(`hand-${code}`).value) || 0)) }));
    channel.postMessage({ what: "hands", question: "What did the room expect?", rows, total: rows.reduce((sum, { count }) => sum + count, 0) });
  });
  byId("clear-hands").addEventListener("click", () => start.regimes.forEach(({ code }) => { byId(`hand-${code}`).value = "0"; }));
}

const notes = () => Object.fromEntries(NOTES.map(([name]) => [name, byId(`note-${name}`).value.slice(0, 4000)]).filter(([, text]) => text));

function noteBoxes() {
  const before = kept();
  const changed = () => {
    localStorage.setItem(KEPT, JSON.stringify(notes()));
    channel.postMessage({ what: "notes", notes: notes() });
  };
  fill(byId("notes"), NOTES.map(([name, label]) => h("div", {}, h("label", { for: `note-${name}`, text: label }), h("textarea", { id: `note-${name}`, rows: 4, maxlength: 4000, value: before[name] ?? "", oninput: changed }))));
  byId("clear-notes").addEventListener("click", () => {
    NOTES.forEach(([name]) => { byId(`note-${name}`).value = ""; });
    changed();
  });
}

const start = await (await fetch("/api/start")).json();
noteBoxes();
follow(start);
timer();
hands(start);
document.body.dataset.ready = "yes";
