// Is it luck? The same settings in many worlds, of each side; and both sides under the same luck.

import { fill, h, s } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";
import { regime } from "stage/words/of_the_model.js";
import { percent, signed } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Luck} Luck */
/** @typedef {import("stage/model/port.js").Contest} Contest */
/** @typedef {import("stage/model/port.js").Progress} Progress */
/** @typedef {import("stage/model/port.js").Known} Known */
/** @typedef {{name: string, ask: (heard: (progress: Progress) => void, open: boolean) => Promise<Luck>, own: {end: number, regime: string}}} Asked  own: how the world in the picture ended */
/** @typedef {{worlds: number, alike: number, add: (said: string) => void}} Told  how many worlds are asked for; within which endings count as alike; takes the answer in one sentence */

const words = messages.luck;

/**
 * @param {Element} box
 * @param {Asked[]} asked  one for each side
 * @param {((heard: (progress: Progress) => void, open: boolean) => Promise<Contest>) | null} contest
 * @param {Told} told
 * @param {boolean} open  whether what is not known differs from world to world too
 */
export async function luckPanel(box, asked, contest, { worlds, alike, add }, open) {
  const line = h("p", { class: "lead", "aria-live": "polite", text: text(open ? words.busy_open : words.busy, { worlds }) });
  const bar = h("progress", { max: worlds, value: 0, "aria-label": words.done });
  fill(box, line, bar);
  const heard = (/** @type {Progress} */ { done, of, integrated }) => {
    [bar.max, bar.value] = [of, done];
    if (integrated !== undefined) line.textContent = text(words.so_far, { integrated, done });
  };
  const found = [];
  for (const side of asked) found.push({ ...side, luck: await side.ask(heard, open) });
  const between = contest ? await contest(heard, open) : null;
  const said = between ? against(between, alike) : found[0].luck.said;
  fill(box, between ? h("p", { class: "answer", "aria-live": "polite", text: said }) : null, found.map((side) => ofSide(side)));
  add(open ? text(words.open_said, { said }) : said);
}

/**
 * What stands below an answer where the page knows what the data leave open: the same question, all of that differing too.
 * @param {Known} known
 * @param {(box: Element) => Promise<void>} ask
 */
export function openPanel({ file, settings }, ask) {
  const box = h("div"), button = h("button", { text: words.open_ask, onclick: async () => {
    button.hidden = true;
    try {
      await ask(box);
    } catch (error) {
      fill(box, h("p", { class: "trouble", role: "alert", text: /** @type {Error} */ (error).message }));
      button.hidden = false;
    }
  } });
  return h("section", { class: "open" }, h("h3", { text: words.open }), h("p", { text: text(words.open_about, { file, settings }) }), button, box);
}

/** How B fares against A under the same luck. */
const against = ({ of, ahead, behind, gain }, alike) => text(words.against, { ahead, behind, alike: of - ahead - behind, worlds: of, points: Math.round(100 * alike), gain: signed(gain) });

/** @param {Asked & {luck: Luck}} side */
function ofSide({ name, own, luck }) {
  const lower = luck.ends.filter((end) => end < own.end).length, label = regime(own.regime);
  const same = luck.regimes.find(({ code }) => code === own.regime)?.count ?? 0;
  return h("section", { class: "of-side" }, name ? h("span", { class: `badge side-${name}`, text: name }) : null,
    h("p", { class: name ? "lead" : "answer", text: luck.said }),
    h("p", { text: `${text(words.alike, { regime: label, count: same, worlds: luck.of })} ${text(words.ahead, { lower, worlds: luck.of })}` }),
    h("ul", { class: "regimes" }, luck.regimes.filter(({ count }) => count).map(({ code, meaning, count }) => h("li", {},
      h("span", { class: `swatch ${code}`, "aria-hidden": "true" }), h("strong", { text: text(words.regime, { count, regime: regime(code) }) }), `: ${meaning}`,
      h("div", { class: "bar", "aria-hidden": "true" }, h("span", { class: code, style: `width:${(100 * count) / luck.of}%` }))))),
    h("h3", { text: words.how_far }), band(luck.bands.integration, luck.bands.form),
    h("p", { class: "small", text: words.lines }));
}

/**
 * Bands of what is joined over time with the middle of what is agreed; rows are the 10, 25, 50, 75, 90% quantiles.
 * @param {number[][]} joined
 * @param {number[][]} agreed
 */
function band(joined, agreed) {
  const W = 360, H = 150, n = joined[0].length, top = Math.max(0.05, ...joined[4], ...agreed[2]);
  const x = (q) => (8 + (q / (n - 1)) * (W - 16)).toFixed(1), y = (v) => (H - 8 - Math.min(1, v / top) * (H - 16)).toFixed(1);
  const area = (low, high) => [...low.map((v, q) => `${x(q)},${y(v)}`), ...high.map((v, q) => `${x(q)},${y(v)}`).reverse()].join(" ");
  const path = (values) => values.map((v, q) => `${x(q)},${y(v)}`).join(" ");
  const end = (k) => percent(joined[k][n - 1]);
  const said = text(words.band, { middle: end(2), low: end(0), high: end(4) });
  return h("div", {}, s("svg", { viewBox: `0 0 ${W} ${H}`, class: "chart band", role: "img", "aria-label": said, preserveAspectRatio: "none" },
    s("g", { class: "grid" }, [0, 0.5, 1].map((v) => s("line", { x1: 8, x2: W - 8, y1: y(v * top), y2: y(v * top) }))),
    s("polygon", { class: "wide", points: area(joined[0], joined[4]) }), s("polygon", { class: "half", points: area(joined[1], joined[3]) }),
    s("polyline", { class: "line thick side-A", points: path(joined[2]) }), s("polyline", { class: "line thin side-A", points: path(agreed[2]) })), h("p", { class: "small", text: said }));
}
