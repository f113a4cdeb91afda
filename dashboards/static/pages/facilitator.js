// The facilitator's own page: what to say, the time, the room's bets, the notes. It follows the stage in the same browser, and leads it.

import { byId, fill, h } from "stage/parts/dom.js";
import { openChannel } from "stage/session/facilitator_channel.js";
import { messages, text } from "stage/words/messages.js";
import { whenWithin } from "stage/words/numbers.js";

const words = messages.facilitator_page;
const NOTES = Object.entries(words.note);
const KEPT = "stage-notes", LONGEST = Number(byId("notes").dataset.longest);
const channel = openChannel();

/** The notes that this browser kept. */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {{preset: string, title: string}[]} presets */
function follow(presets) {
  let preset = "";
  const script = (name) => {
    const said = { ...messages.script.any, ...messages.script[name] };
    fill(byId("say"), [[words.before, said.before], [words.during, said.during], [words.after, said.after]].flatMap(([head, sentences]) => [h("dt", { text: head }), h("dd", { text: sentences })]));
  };
  fill(byId("choose"), presets.map((each) => h("option", { value: each.preset, text: each.title })));
  byId("choose").addEventListener("change", () => {
    channel.postMessage({ what: "choose", preset: byId("choose").value });
    script(byId("choose").value);
  });
  for (const what of ["play", "start", "ask", "reveal", "present", "draw"]) byId(what).addEventListener("click", () => channel.postMessage({ what }));
  byId("back").addEventListener("click", () => channel.postMessage({ what: "step", by: -1 }));
  byId("on").addEventListener("click", () => channel.postMessage({ what: "step", by: 1 }));
  channel.addEventListener("message", ({ data }) => {
    if (data.what !== "shown") return;
    const changed = data.changed.length ? text(words.changed, { changed: data.changed.join("; ") }) : "";
    byId("shown").textContent = text(words.shown, { title: data.title, when: whenWithin(data.quarter), said: data.said }) + changed;
    byId("ahead").textContent = text(words.ahead, { verdict: data.verdicts.join(" ") });
    bets(data.bets);
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

/** What the boxes for bets are about. */
let asked = "";

/**
 * Boxes for the room's votes on each bet of the story that is shown.
 * @param {import("stage/session/bets.js").Bet[]} shown
 */
function bets(shown) {
  const about = JSON.stringify(shown);
  if (about === asked) return;
  asked = about;
  fill(byId("hands"), shown.map(({ id, question, options }) => {
    const inputs = options.map(({ code }) => h("input", { id: `hand-${id}-${code}`, type: "number", min: 0, max: 999, value: 0 }));
    const counts = () => inputs.map((input) => Math.max(0, Math.round(Number(input.value) || 0)));
    return h("fieldset", { class: "bet" }, h("legend", { text: question }), options.map(({ code, label }, k) => h("div", { class: "hand" }, h("label", { for: `hand-${id}-${code}`, text: label }), inputs[k])),
      h("button", { text: words.show_hands, onclick: () => channel.postMessage({ what: "bet", id, counts: counts() }) }));
  }));
}

const notes = () => Object.fromEntries(NOTES.map(([name]) => [name, byId(`note-${name}`).value.slice(0, LONGEST)]).filter(([, note]) => note));

function noteBoxes() {
  const before = kept();
  const changed = () => {
    localStorage.setItem(KEPT, JSON.stringify(notes()));
    channel.postMessage({ what: "notes", notes: notes() });
  };
  fill(byId("notes"), NOTES.map(([name, label]) => h("div", {}, h("label", { for: `note-${name}`, text: label }), h("textarea", { id: `note-${name}`, rows: 4, maxlength: LONGEST, value: before[name] ?? "", oninput: changed }))));
  byId("clear-notes").addEventListener("click", () => {
    NOTES.forEach(([name]) => { byId(`note-${name}`).value = ""; });
    changed();
  });
}

noteBoxes();
follow(JSON.parse(byId("data").textContent));
timer();
document.body.dataset.ready = "yes";
