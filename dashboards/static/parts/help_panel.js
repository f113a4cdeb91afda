// What would help most from here? Every lever on its own, ranked.

import { fill, h, s } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";
import { percent, plain, signed, whenWithin } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Help} Help */
/** @typedef {import("stage/model/port.js").HelpRow} HelpRow */
/** @typedef {import("stage/model/port.js").Progress} Progress */

const words = messages.help;
const NOTHING = 0.0005, BEST = 6, WORST = 2, SOON = 300;

/**
 * @param {Element} box
 * @param {(heard: (progress: Progress) => void) => Promise<Help>} ask
 * @param {number} quarter  from which levers are moved
 * @param {import("stage/model/port.js").Questions} how
 * @param {(row: HelpRow) => void} act  makes the change from now on
 */
export async function helpPanel(box, ask, quarter, how, act) {
  const from = whenWithin(quarter);
  const bar = h("progress", { max: 1, value: 0, "aria-label": words.done });
  fill(box, h("p", { class: "lead", "aria-live": "polite", text: text(words.busy, { when: from, worlds: how.help_worlds }) }), bar);
  const soon = h("div");
  let told = 0;
  box.append(soon);
  const found = await ask(({ done, of, ranked }) => {
    [bar.max, bar.value] = [of, done];
    if (!ranked || performance.now() - told < SOON) return;
    told = performance.now();
    fill(soon, h("p", { class: "small", text: text(words.so_far, { count: ranked.worlds }) }), list(ranked, act));
  });
  fill(box, h("p", { class: "lead", text: text(words.summary, { when: from, worlds: found.worlds, share: percent(found.unchanged) }) }), list(found, act),
    h("p", { class: "small", text: text(words.step, { tenths: words.tenths[Math.round(10 * how.help_step)] }) }));
}

/**
 * The levers that help most and those that hurt most.
 * @param {Help} found
 * @param {(row: HelpRow) => void} act
 */
function list(found, act) {
  const best = found.rows.filter((row) => row.gain > NOTHING).slice(0, BEST), worst = found.rows.filter((row) => row.gain < -NOTHING).slice(-WORST).reverse();
  const span = Math.max(0.02, ...[...best, ...worst].flatMap((row) => [Math.abs(row.low), Math.abs(row.high)]));
  const item = (row) => h("li", {},
    h("div", { class: "help-head" }, h("strong", { text: row.label }), h("span", { text: text(words.moved, { was: plain(row.was), value: plain(row.value) }) })),
    spread(row, span),
    h("div", { class: "help-foot" }, h("span", { text: text(words.gain, { gain: signed(row.gain), low: signed(row.low), high: signed(row.high) }) }),
      h("button", { class: "quiet", text: words.try, onclick: () => act(row) })));
  return [best.length ? h("ol", { class: "helps" }, best.map(item)) : h("p", { text: words.nothing }), worst.length ? [h("h3", { text: words.hurts }), h("ol", { class: "helps" }, worst.map(item))] : null];
}

/**
 * The middle gain and where four worlds in five lie, around zero.
 * @param {HelpRow} row
 * @param {number} span
 */
function spread(row, span) {
  const x = (v) => (180 + (v / span) * 172).toFixed(1);
  return s("svg", { viewBox: "0 0 360 16", class: "spread", "aria-hidden": "true", preserveAspectRatio: "none" },
    s("line", { class: "zero", x1: 180, x2: 180, y1: 0, y2: 16 }),
    s("line", { class: "range", x1: x(row.low), x2: x(row.high), y1: 8, y2: 8 }), s("circle", { class: row.gain >= 0 ? "gain" : "loss", cx: x(row.gain), cy: 8, r: 5.5 }));
}
