// One run, or A and B, that play offline: everything they need is in the page.

import { decode } from "stage/model/run_message.js";
import { indexed } from "stage/model/run_values.js";
import { byId, fill, h } from "stage/parts/dom.js";
import { outcomeTable, tableBox } from "stage/parts/tables.js";
import { Timebar } from "stage/parts/timebar.js";
import { verdict } from "stage/parts/verdict.js";
import { CHARTED, CHARTS, Chart } from "stage/picture/charts.js";
import { legend } from "stage/picture/legend.js";
import { View } from "stage/picture/view.js";
import { Seen } from "stage/session/seen.js";
import { told as inWords } from "stage/words/happened.js";
import { messages, text } from "stage/words/messages.js";
import { percent } from "stage/words/numbers.js";

const words = messages.offline_page;

/** @param {string} packed */
async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed.trim()), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
}

const badge = (side) => (side ? h("span", { class: `badge side-${side}`, text: side }) : null);

/** Show the runs in this page. */
export async function play() {
  const { start, sides, notes } = JSON.parse(byId("data").textContent);
  const shown = indexed(start), seen = new Seen(start.quarters);
  const runs = await Promise.all(sides.map(async ({ side, run }) => ({ run: inWords(decode(await unpacked(run)), start.place, shown), name: side })));
  const views = sides.map(({ side }) => new View(side || "A", shown, start.place));
  const charts = CHARTS.map((spec) => new Chart(spec, shown.index));
  const table = tableBox(messages.charts.as_table, () => outcomeTable(runs, CHARTED, shown, Math.floor(seen.far)));
  const verdicts = h("div", { class: "verdicts" });
  let told = /** @type {boolean | null} */ (null);
  const timebar = new Timebar(start.quarters, shown.index, seen, (position) => {
    views.forEach((view) => view.at(position, timebar.playing));
    charts.forEach((chart) => chart.cursor(position, seen.far));
    if (told === seen.ended) return;
    told = seen.ended;
    fill(verdicts, told ? runs.map(verdict) : h("p", { class: "hidden-ending", text: messages.questions.hidden }));
  });
  document.body.classList.toggle("comparing", runs.length > 1);
  byId("title").textContent = text(words.title, { title: sides.map(({ title }) => title).join(" / "), place: start.place.title });
  byId("question").textContent = sides.map(({ question }) => question).join(" ");
  fill(byId("about"), sides.map(({ side, title, about }) => h("p", {}, badge(side), " ", h("strong", { text: title }), ` ${about}`)));
  fill(byId("views"), views.map((view) => view.element));
  byId("views").classList.toggle("two", views.length === 2);
  fill(byId("time"), timebar.element);
  fill(byId("in-words"), views.map((view) => view.inWords));
  fill(byId("legend"), legend(start, start.place));
  fill(byId("outcome"), verdicts, charts.map((chart) => chart.element));
  fill(byId("outcome-table"), table.element);
  fill(byId("differs"), sides.filter(({ changed }) => changed.length).map(({ side, changed }) => h("div", { class: "differ-row" }, badge(side), h("span", { text: words.changed }), h("ul", {}, changed.map((change) => h("li", { text: change }))))));
  fill(byId("why"), sides.map(({ side, reasons }) => h("section", {}, badge(side), h("p", { text: reasons.summary }), h("ol", { class: "reasons" }, reasons.reasons.map(({ label, share, sentences }) =>
    h("li", {}, h("h3", {}, label, h("span", { class: "share", text: percent(share) })), h("ul", {}, sentences.map((said) => h("li", { text: text(words.sentence, { when: said.when, text: said.text }) })))))))));
  const kept = Object.entries(notes);
  byId("notes-section").hidden = !kept.length;
  fill(byId("notes"), kept.flatMap(([name, note]) => [h("dt", { text: messages.facilitator_page.note[name] }), h("dd", { text: note })]));
  fill(byId("origin"), runs.map(({ run: { header } }) => h("p", { text: text(words.origin, { seed: header.seed, version: start.version, source: start.source, place: start.place.hash.slice(0, 16), scenario: header.scenario.slice(0, 16), result: header.result }) })));
  charts.forEach((chart) => chart.update(runs));
  runs.forEach(({ run }, k) => views[k].show(run, sides[k].title));
  timebar.use(runs);
  byId("reveal").addEventListener("click", () => {
    seen.showAll();
    timebar.go(start.quarters - 1);
    table.refresh();
  });
  timebar.go(0);
  document.body.dataset.ready = runs[0].run.header.result;
}
