// The session so far: what was bet and what came, what was opened, changed and seen, the latest first.

import { votes } from "stage/parts/curtain.js";
import { h } from "stage/parts/dom.js";
import { messages } from "stage/words/messages.js";

const words = messages.record;

/**
 * @param {import("stage/session/record.js").Kept} kept
 * @param {boolean} given  whether the page was given away: only then are the facilitator's notes for everyone who opens it
 * @returns {Node[]}
 */
export function recordPanel({ entries, bets, notes }, given) {
  const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const noted = given ? Object.entries(notes).filter(([, note]) => note) : [], { note: labels, notes: heading } = messages.facilitator_page;
  return [
    ...(noted.length ? [h("h3", { text: heading }), h("dl", { class: "noted" }, noted.flatMap(([name, note]) => [h("dt", { text: labels[name] }), h("dd", { text: note })]))] : []),
    ...(bets.length ? [h("h3", { text: words.bets }), ...bets.map((bet) => h("div", { class: "placed" }, h("p", { text: bet.question }), votes(bet)))] : []),
    h("h3", { text: words.title }),
    entries.length ? h("ol", { class: "entries" }, [...entries].reverse().map(({ at, said }) => h("li", {}, h("time", { datetime: at, text: clock(at) }), ` ${said}`))) : h("p", { text: words.empty }),
  ];
}
