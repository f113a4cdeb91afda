// The guided opening: from two people to a place and its levers, in six screens.

import { fill, h, openDialog, s } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";

const words = messages.guide;
const INK = "#1c2530";

/**
 * Two people and what is between them.
 * @param {import("stage/model/port.js").PageData} data
 * @param {{trust?: number | null, label: string}} between
 */
function two(data, { trust = null, label }) {
  const [council, hospital] = [data.kinds[1].colour, data.kinds[0].colour];
  const colour = trust === null ? "none" : trust < 0.4 ? "#c4540c" : trust < 0.6 ? "#b0aaa0" : "#085496";
  return s("svg", { viewBox: "0 0 600 220", class: "guide-picture", role: "img", "aria-label": label },
    s("line", { x1: 140, y1: 100, x2: 460, y2: 100, stroke: colour, "stroke-width": trust === null ? 0 : 3 + 14 * trust, "stroke-linecap": "round" }),
    s("polygon", { points: "140,48 192,100 140,152 88,100", fill: council }), s("rect", { x: 418, y: 58, width: 84, height: 84, fill: hospital }),
    s("text", { x: 140, y: 190, "text-anchor": "middle", fill: INK, "font-size": 22 }, words.council), s("text", { x: 460, y: 190, "text-anchor": "middle", fill: INK, "font-size": 22 }, words.hospital));
}

/** The place as a picture of its own. */
function whole(data, place, label) {
  const scale = 360, shapes = place.xy.map(([x, y], i) => s("circle", { cx: x * scale * place.aspect, cy: y * scale, r: Math.max(3, place.radius[i] * scale), fill: data.kinds[place.kind[i]].colour }));
  const lines = place.a.map((a, e) => s("line", { x1: place.xy[a][0] * scale * place.aspect, y1: place.xy[a][1] * scale, x2: place.xy[place.b[e]][0] * scale * place.aspect, y2: place.xy[place.b[e]][1] * scale, stroke: "#b0aaa0", "stroke-width": 0.8 }));
  return s("svg", { viewBox: `0 0 ${scale * place.aspect} ${scale}`, class: "guide-picture", role: "img", "aria-label": label }, lines, shapes);
}

/** Title, sentences and picture of every screen. */
function screens(data, place) {
  const values = { place: place.title, partners: place.ids.length, ties: place.a.length, caution: data.caution };
  const pictures = [(label) => two(data, { label }), (label) => two(data, { trust: 0.25, label }), (label) => two(data, { trust: 0.85, label }), (label) => whole(data, place, label)];
  return words.screens.map(({ title, picture, said }, k) => ({
    title: text(title, values), said: said.map((sentence) => text(sentence, values)), picture: pictures[k]?.(text(picture, values)) ?? null,
  }));
}

/**
 * Open the guide as a dialog.
 * @param {import("stage/model/port.js").PageData} data
 * @param {import("stage/model/port.js").Place} place
 */
export function openGuide(data, place) {
  const all = screens(data, place);
  let k = 0;
  const body = h("div", { class: "guide-body" });
  const count = h("span", { class: "small" });
  const back = h("button", { text: words.back, onclick: () => show(k - 1) });
  const on = h("button", { class: "primary", onclick: () => (k === all.length - 1 ? dialog.close() : show(k + 1)) });
  const dialog = h("dialog", { class: "guide", "aria-labelledby": "guide-title" }, body,
    h("div", { class: "guide-foot" }, h("button", { class: "quiet", text: words.skip, onclick: () => dialog.close() }), count, back, on));
  function show(next) {
    k = Math.max(0, Math.min(all.length - 1, next));
    const { title, said, picture } = all[k];
    fill(body, h("h2", { id: "guide-title", tabindex: "-1", text: title }), picture, said.map((sentence) => h("p", { text: sentence })));
    count.textContent = text(words.count, { screen: k + 1, screens: all.length });
    back.disabled = k === 0;
    on.textContent = k === all.length - 1 ? words.begin : words.next;
    body.querySelector("h2")?.focus();
  }
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") show(k + 1);
    if (event.key === "ArrowLeft") show(k - 1);
  });
  openDialog(dialog);
  show(0);
}
