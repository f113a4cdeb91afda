// One printed page: the question, both endings, the picture, why not further, what would help, what the model does not know, the link.

import { fill, h } from "stage/parts/dom.js";
import { verdict } from "stage/parts/verdict.js";
import { linkCode } from "stage/picture/link_code.js";
import { messages, text } from "stage/words/messages.js";
import { capital, percent, plain, signed, whenWithin } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").RunRequest} RunRequest */

/**
 * What the page is printed from.
 * @typedef {object} Printed
 * @property {string} question
 * @property {import("stage/picture/charts.js").Named[]} named
 * @property {{side: string, title: string}[]} titles
 * @property {RunRequest[]} sides
 * @property {number} quarter
 * @property {import("stage/session/seen.js").Seen} seen
 * @property {HTMLCanvasElement} picture
 * @property {string} link
 * @property {import("stage/model/port.js").Place} place
 * @property {string} difference
 * @property {(progress: import("stage/model/port.js").Progress) => void} heard  how far the longest question is
 */

const words = messages.handout;
const REASONS = 3, HELPS = 3, NOTHING = 0.0005;

/**
 * Fill the page; what it needs is asked of the model.
 * @param {HTMLElement} sheet
 * @param {import("stage/model/port.js").Model} model
 * @param {import("stage/model/run_values.js").IndexedData} data
 * @param {Printed} printed
 */
export async function fillHandout(sheet, model, data, { question, named, titles, sides, quarter, seen, picture, link, place, difference, heard }) {
  const from = Math.min(quarter + 1, data.asked.help_until);
  const whys = await Promise.all(sides.map((request) => model.why(request, quarter + 1)));
  const helps = [];
  for (const request of sides) helps.push(await model.help(request, from, heard));
  const code = linkCode(link);
  const badge = (k) => (named[k].name ? h("span", { class: `badge side-${named[k].name}`, text: named[k].name }) : null);
  const image = h("img", { alt: "", src: picture.toDataURL("image/png") });
  const why = (k) => h("div", {}, badge(k), !whys[k].reasons.length ? h("p", { text: `${whys[k].summary} ${messages.why.nothing}` }) : h("ul", {}, whys[k].reasons.slice(0, REASONS).map(({ label, share, sentences }) => h("li", {}, h("strong", { text: `${capital(label)} (${percent(share)})` }), ` ${sentences[0]?.text ?? ""}`))));
  const best = (k) => helps[k].rows.filter(({ gain }) => gain > NOTHING).slice(0, HELPS);
  const help = (k) => h("div", {}, badge(k), best(k).length ? h("ul", {}, best(k).map(({ label, was, value, gain }) => h("li", { text: text(words.gain, { label, was: plain(was), value: plain(value), gain: signed(gain) }) }))) : h("p", { text: words.none }));
  fill(sheet, h("h1", { text: question }), h("p", { class: "caution", text: data.caution }), h("p", { class: "origin", text: text(words.world, { world: sides[0].seed, place: place.title, version: data.version }) }), data.rules.said ? h("p", { class: "origin", text: data.rules.said }) : null,
    h("p", {}, titles.map(({ side, title }) => `${side ? `${side}: ` : ""}${title}`).join(" · ")), image,
    h("h2", { text: words.endings }), seen.ended ? [...named.map(verdict), difference ? h("p", { text: difference }) : null] : h("p", { text: messages.questions.hidden }),
    h("div", { class: "two-columns" }, h("section", {}, h("h2", { text: text(words.why, { when: whenWithin(quarter) }) }), named.map((_, k) => why(k))),
      h("section", {}, h("h2", { text: text(words.helps, { when: whenWithin(from) }) }), named.map((_, k) => help(k)))),
    h("div", { class: "two-columns" }, h("section", {}, h("h2", { text: words.unknown }), h("ul", {}, words.unknown_said.map((said) => h("li", { text: said })))),
      h("section", {}, h("h2", { text: words.link }), code ? h("img", { class: "qr", alt: "", src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(code)}` }) : h("p", { class: "address", text: link }))));
  await image.decode().catch(() => undefined);
}
