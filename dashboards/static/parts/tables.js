// Pictures and charts as tables.

import { at, breadth, measure, sharedIn, trust } from "stage/model/run_values.js";
import { fill, h } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";
import { percent, plain, pounds, whenWithin } from "stage/words/numbers.js";

/** @typedef {import("stage/model/port.js").Run} Run */
/** @typedef {import("stage/model/run_values.js").IndexedData} Data */

const words = messages.tables;

/**
 * @param {string} caption
 * @param {string[]} heads
 * @param {string[][]} rows
 */
function table(caption, heads, rows) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", {}, h("caption", { text: caption }), h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col", text: head })))),
      h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, k) => (k ? h("td", { text: cell }) : h("th", { scope: "row", text: cell }))))))));
}

/**
 * Partners and ties of a quarter as two tables.
 * @param {Run} run
 * @param {number} quarter
 * @param {import("stage/model/port.js").Place} place
 * @param {Data} data
 */
export function pictureTables(run, quarter, place, data) {
  const shared = sharedIn(run, data.resources);
  const partners = place.ids.map((_, i) => [place.labels[i], data.kinds[place.kind[i]].label, pounds(place.income[i]),
    percent(at(run.partner.balance, quarter, i)), percent(at(run.partner.stress, quarter, i)), percent(at(run.partner.skill, quarter, i)),
    at(run.partner.new_leader, quarter, i) ? words.yes : ""]);
  const ties = place.a.map((a, e) => [`${place.labels[a]} – ${place.labels[place.b[e]]}`, percent(trust(run, quarter, e)),
    ...shared.map(({ column }) => percent(at(column, quarter, e))),
    percent(breadth(shared, quarter, e)), percent(at(run.tie.expected, quarter, e)), at(run.tie.joined, quarter, e) ? words.yes : "",
    data.blockers[at(run.tie.blocker, quarter, e)].label, at(run.tie.walked_out, quarter, e) ? words.walked_out : ""]);
  return [table(text(words.partners, { when: whenWithin(quarter) }), words.partner_heads, partners),
    table(text(words.ties, { when: whenWithin(quarter) }), words.tie_heads, ties)];
}

/**
 * The outcome charts as a table of years.
 * @param {import("stage/picture/charts.js").Named[]} runs
 * @param {string[]} codes
 * @param {Data} data
 * @param {number} seen  the last quarter that the room has seen
 */
export function outcomeTable(runs, codes, data, seen) {
  const rows = [];
  for (let q = 3; q <= seen; q += 4) {
    rows.push([text(messages.common.year_end, { year: (q + 1) / 4 }), ...runs.flatMap(({ run }) => codes.map((code) => plain(measure(run, data.index[code], q))))]);
  }
  const columns = messages.charts.lines;
  const heads = runs.flatMap(({ name }) => codes.map((code) => (name ? text(words.of_side, { column: columns[code], side: name }) : columns[code])));
  return table(words.outcomes, [words.at_the_end_of, ...heads], rows);
}

/**
 * A box that shows a table only while it is open, and keeps it up to date.
 * @param {string} label
 * @param {() => Node | Node[]} make
 */
export function tableBox(label, make) {
  const inside = h("div");
  const details = h("details", { class: "as-table" }, h("summary", { text: label }), inside);
  const refresh = () => { if (details.open) fill(inside, ...[make()].flat()); };
  details.addEventListener("toggle", refresh);
  return { element: details, refresh };
}
