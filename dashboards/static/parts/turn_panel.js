// What would turn this round? The nearest circumstances in which the comparison comes out another way: sought before the room's eyes, stopped at any moment, opened on both sides and left again.

import { fill, h, s } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";
import { points } from "stage/words/numbers.js";
import { found, move, soFar, stands, sure, then, unsure } from "stage/words/turned.js";

/** @typedef {import("stage/model/port.js").Turn} Turn */
/** @typedef {import("stage/model/port.js").TurnSoFar} TurnSoFar */
/** @typedef {import("stage/model/port.js").Circumstances} Circumstances */
/** @typedef {import("stage/model/port.js").Progress} Progress */
/** @typedef {import("stage/model/run_values.js").IndexedData} Data */

/**
 * What the stage does for it: whether there are two sides that differ, opening circumstances in a world (its own where none is named) and going back, whether they are what is shown, and in which world.
 * @typedef {object} Circumstanced
 * @property {() => "two" | "the_same" | ""} lacking
 * @property {() => void} compare
 * @property {(found: Circumstances, seed?: import("stage/model/port.js").Seed) => void} open
 * @property {() => void} back
 * @property {boolean} there
 * @property {import("stage/model/port.js").Seed} world
 */

const words = messages.turn;
const SOON = 300;

/**
 * @param {Element} box
 * @param {(heard: (progress: Progress) => void) => Promise<Turn>} ask
 * @param {Data} data
 * @param {Circumstanced} stage
 * @param {{again: () => void, told: (said: string) => void, watch: (refresh: () => void) => void}} panel  again: asks once more; watch: takes what is to be called when the stage has changed
 */
export async function turnPanel(box, ask, data, stage, { again, told, watch }) {
  const lacking = stage.lacking();
  if (lacking) return fill(box, h("p", { text: words[lacking] }), lacking === "two" ? h("button", { text: messages.stage_page.compare, onclick: () => stage.compare() }) : null);
  const { turn, last } = await sought(box, ask, data);
  if (turn) {
    const said = answer(box, turn, data, (found, seed) => way(found, seed, stage, watch));
    return told(said);
  }
  const open = last?.found ? [h("p", { class: "small", text: words.not_again }), way(last.found, undefined, stage, watch)] : [];
  fill(box, h("p", { class: "lead", role: "status", text: words.stopped }), h("button", { text: words.on, onclick: again }), last ? known(last, data) : null, open);
  box.querySelector("button")?.focus();
}

/** The search as it goes; no answer where it was stopped. @returns {Promise<{turn: Turn | null, last: TurnSoFar | null}>} */
async function sought(box, ask, data) {
  const line = h("p", { class: "lead", "aria-live": "polite" }), bar = h("progress", { max: 1, value: 0, "aria-label": words.done }), tried = h("p", { class: "small" }), stop = h("button", { text: words.stop }), soon = h("div");
  fill(box, h("p", { class: "small", text: words.lead }), line, bar, h("div", { class: "turn-foot" }, tried, stop), soon);
  let step = "", shown = 0, last = /** @type {TurnSoFar | null} */ (null), stopped = false;
  const halted = new Promise((done) => stop.addEventListener("click", () => {
    stopped = true;
    done(null);
  }));
  const asked = ask(({ done, of, step: now = "", turn }) => {
    if (stopped) throw new Error(words.stopped);
    [bar.max, bar.value] = [of, done];
    last = turn ?? last;
    if (now === step && performance.now() - shown < SOON) return;
    if (now !== step) line.textContent = text(words.step[now], { worlds: data.asked.fresh_worlds });
    [step, shown] = [now, performance.now()];
    tried.textContent = last ? text(words.tried, { count: last.tried }) : "";
    fill(soon, last ? known(last, data) : null);
  });
  const turn = await Promise.race([asked.catch((error) => {
    if (!stopped) throw error;
  }), halted]);
  return { turn, last };
}

/** The answer, beginning with the sentence that is returned. @param {Turn} turn @param {(found: Circumstances, seed: Turn["seed"]) => Element} open */
function answer(box, turn, data, open) {
  const { found: at, holds, seed, standing, decided, tried } = turn, { asked: how } = data, turned = at !== null && holds;
  const said = turned ? found(at, decided, how) : decided ? words.nothing : words.nothing_alike;
  const small = [words.lead, ...(turned ? [text(words.may_be_nearer, { least: points(how.smallest) })] : []), text(words.tried, { count: tried })].join(" ");
  fill(box, h("p", { class: "answer", role: "status", text: said }), turned ? [list(at, data), h("p", { text: sure(at) }), open(at, seed)] : nothing(turn, data), h("p", { text: stands(standing, decided) }), h("p", { class: "small", text: small }));
  return said;
}

/** The way to circumstances, or back from them. @param {Circumstances} found @param {Turn["seed"] | undefined} seed @param {Circumstanced} stage */
function way(found, seed, stage, watch) {
  const box = h("div", { class: "circumstances" });
  const button = (name, act) => h("button", { text: words[name], onclick: () => {
    act();
    refresh();
    box.querySelector("button")?.focus();
  } });
  let shown = /** @type {boolean | null} */ (null);
  const refresh = () => {
    if (shown === stage.there) return;
    shown = stage.there;
    fill(box, shown ? [h("p", { text: text(words.there, { world: stage.world }) }), button("back", () => stage.back())] : button("open", () => stage.open(found, seed)));
  };
  watch(refresh);
  refresh();
  return box;
}

/** What is known so far. @param {TurnSoFar} turn */
function known({ standing, decided, found: nearest, closest }, data) {
  return [h("p", { text: stands(standing, decided) }), ...(nearest ? [h("p", { text: soFar(nearest) }), list(nearest, data)] : alone(words.so_far_none, closest, data))];
}

/** That nothing was found, and what came nearest. @param {Turn} turn */
function nothing({ found: seeming, closest }, data) {
  return [h("p", { text: words.no_proof }), ...(seeming ? [h("p", { text: unsure(seeming) }), list(seeming, data)] : alone(words.closest, closest, data))];
}

/** The one setting that comes nearest. @param {string} said @param {Circumstances | null} closest */
const alone = (said, closest, data) => (closest ? [h("p", { text: said }), list(closest, data), h("p", { text: then(closest) })] : []);

/** What would have to be otherwise, from where to where in its range. @param {Circumstances} found */
function list({ moves }, data) {
  return h("ol", { class: "helps" }, moves.map((each) => {
    const { label, moved, way } = move(each, data), p = data.parameters[each.name];
    return h("li", {}, h("div", { class: "help-head" }, h("strong", { text: label }), h("span", { text: moved })), p.codes.length ? null : range(each, p), h("div", { class: "help-foot" }, h("span", { text: way }), h("details", { class: "check" }, h("summary", { text: words.what }), p.meaning)));
  }));
}

/** Where in its range a setting stood, and where it stands then. */
function range({ was, value }, { low, high }) {
  const x = (number) => (8 + (344 * (number - low)) / (high - low)).toFixed(1);
  return s("svg", { viewBox: "0 0 360 16", class: "spread", "aria-hidden": "true", preserveAspectRatio: "none" },
    s("line", { class: "zero", x1: 8, x2: 352, y1: 8, y2: 8 }), s("line", { class: "range", x1: x(was), x2: x(value), y1: 8, y2: 8 }),
    s("line", { class: "zero", x1: x(was), x2: x(was), y1: 2, y2: 14 }), s("circle", { class: "gain", cx: x(value), cy: 8, r: 5.5 }));
}
