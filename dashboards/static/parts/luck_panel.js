// Is it luck? The same settings in many worlds.

import { fill, h, s } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";
import { percent } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Luck} Luck */
/** @typedef {import("stage/model/port.js").Progress} Progress */

const words = messages.luck;

/**
 * @param {Element} box
 * @param {(heard: (progress: Progress) => void) => Promise<Luck>} ask
 * @param {number} worlds  how many are asked for
 * @param {number} own  integration at the end of the run in the picture
 */
export async function luckPanel(box, ask, worlds, own) {
  const line = h("p", { class: "lead", "aria-live": "polite", text: text(words.busy, { worlds }) });
  const bar = h("progress", { max: worlds, value: 0, "aria-label": words.done });
  fill(box, line, bar);
  const found = await ask(({ done, of, integrated = 0 }) => {
    bar.max = of;
    bar.value = done;
    line.textContent = text(words.so_far, { integrated, done });
  });
  const lower = found.ends.filter((end) => end < own).length;
  const rows = found.regimes.filter(({ count }) => count);
  fill(box, h("p", { class: "answer", "aria-live": "polite", text: found.said }),
    h("ul", { class: "regimes" }, rows.map(({ code, label, meaning, count }) => h("li", {},
      h("span", { class: `swatch ${code}`, "aria-hidden": "true" }), h("strong", { text: text(words.regime, { count, regime: label }) }), ` ${meaning}`,
      h("div", { class: "bar", "aria-hidden": "true" }, h("span", { class: code, style: `width:${(100 * count) / found.of}%` }))))),
    h("h3", { text: words.how_far }), band(found.bands.integration, found.bands.form),
    h("p", { class: "small", text: words.lines }),
    h("p", { text: text(words.ahead, { lower, worlds: found.of }) }));
}

/**
 * Bands of integration over time with the middle of form; rows are the 10, 25, 50, 75, 90% quantiles.
 * @param {number[][]} integration
 * @param {number[][]} form
 */
function band(integration, form) {
  const W = 360, H = 150, n = integration[0].length;
  const x = (q) => (8 + (q / (n - 1)) * (W - 16)).toFixed(1), y = (v) => (H - 8 - Math.min(1, v) * (H - 16)).toFixed(1);
  const area = (low, high) => [...low.map((v, q) => `${x(q)},${y(v)}`), ...high.map((v, q) => `${x(q)},${y(v)}`).reverse()].join(" ");
  const path = (values) => values.map((v, q) => `${x(q)},${y(v)}`).join(" ");
  const end = (k) => percent(integration[k][n - 1]);
  return s("svg", { viewBox: `0 0 ${W} ${H}`, class: "chart band", role: "img", "aria-label": text(words.band, { middle: end(2), low: end(0), high: end(4) }) },
    s("g", { class: "grid" }, [0, 0.5, 1].map((v) => s("line", { x1: 8, x2: W - 8, y1: y(v), y2: y(v) }))),
    s("polygon", { class: "wide", points: area(integration[0], integration[4]) }), s("polygon", { class: "half", points: area(integration[1], integration[3]) }),
    s("polyline", { class: "line thick side-A", points: path(integration[2]) }), s("polyline", { class: "line thin side-A", points: path(form[2]) }));
}
