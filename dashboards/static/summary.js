// Each picture in words and as a table.

import { at, breadth, measure, trust } from "stage/message.js";
import { fill, h, percent, plain, pounds, when } from "stage/dom.js";

/** One paragraph on a quarter. */
export function summary(run, quarter, place, words) {
  const m = (code) => measure(run, words.index[code], quarter);
  const ties = place.a.length;
  let sharing = 0, strained = -1, heavy = 0;
  for (let e = 0; e < ties; e++) if (breadth(run, quarter, e) >= 0.05) sharing += 1;
  place.ids.forEach((_, i) => {
    if (at(run.partner.stress, quarter, i) < 0.5) return;
    heavy += 1;
    if (strained < 0 || place.income[i] > place.income[strained]) strained = i;
  });
  const gone = m("walk_outs");
  return [
    `${when(quarter)}: ${sharing} of ${ties} pairs share something, ${pounds(m("pooled"))} of their money is pooled, and trust stands at ${percent(m("trust"))}.`,
    strained >= 0 ? heavy === 1 ? `${place.labels[strained]} is under heavy strain.` : `${heavy} partners are under heavy strain, ${place.labels[strained]} the largest of them.` : "",
    gone ? `${gone} walk-out${gone === 1 ? "" : "s"} this quarter.` : "",
  ].filter(Boolean).join(" ");
}

function table(caption, heads, rows) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", {}, h("caption", { text: caption }), h("thead", {}, h("tr", {}, heads.map((text) => h("th", { scope: "col", text })))),
      h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((text, k) => h(k ? "td" : "th", k ? { text } : { scope: "row", text })))))));
}

/** Partners and ties of a quarter as two tables. */
export function pictureTables(run, quarter, place, words) {
  const partners = place.ids.map((_, i) => [place.labels[i], words.kinds[place.kind[i]].label, pounds(place.income[i]),
    percent(at(run.partner.balance, quarter, i)), percent(at(run.partner.stress, quarter, i)), percent(at(run.partner.skill, quarter, i)),
    at(run.partner.new_leader, quarter, i) ? "yes" : ""]);
  const ties = place.a.map((a, e) => [`${place.labels[a]} – ${place.labels[place.b[e]]}`, percent(trust(run, quarter, e)),
    ...["scope_money", "scope_staff", "scope_information"].map((name) => percent(at(run.tie[name], quarter, e))),
    words.blockers[at(run.tie.blocker, quarter, e)].label, at(run.tie.walked_out, quarter, e) ? "walked out" : ""]);
  return [table(`Partners, ${when(quarter).toLowerCase()}`, ["Partner", "Kind", "Income", "Balance", "Strain", "Leader's skill", "New leader"], partners),
    table(`Ties, ${when(quarter).toLowerCase()}`, ["Tie", "Trust", "Money shared", "Staff shared", "Information shared", "Held back by", "Left"], ties)];
}

/** The outcome charts as a table of years. */
export function outcomeTable(runs, codes, words) {
  const rows = [];
  const last = runs[0].run.quarters;
  for (let q = 3; q < last; q += 4) {
    rows.push([`Year ${(q + 1) / 4}`, ...runs.flatMap(({ run }) => codes.map((code) => plain(measure(run, words.index[code], q))))]);
  }
  const heads = ["At the end of", ...runs.flatMap(({ name }) => codes.map((code) => `${words.short[code]}${name ? ` (${name})` : ""}`))];
  return table("Outcomes at the end of each year", heads, rows);
}

/** A box that shows a table only while it is open, and keeps it up to date. */
export function tableBox(label, make) {
  const inside = h("div");
  const details = h("details", { class: "as-table" }, h("summary", { text: label }), inside);
  const refresh = () => { if (details.open) fill(inside, ...[make()].flat()); };
  details.addEventListener("toggle", refresh);
  return { element: details, refresh };
}
