// One run that plays offline: everything it needs is in the page.

import { decode } from "stage/model/run_message.js";
import { indexed } from "stage/model/run_values.js";
import { verdict } from "stage/parts/verdict.js";
import { byId, fill, h } from "stage/parts/dom.js";
import { outcomeTable, tableBox } from "stage/parts/tables.js";
import { Timeline } from "stage/parts/timeline.js";
import { CHARTED, CHARTS, Chart } from "stage/picture/charts.js";
import { View, legend } from "stage/picture/view.js";
import { messages, text } from "stage/words/messages.js";
import { percent } from "stage/words/numbers.js";

const words = messages.offline_page;

/** @param {string} packed */
async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed.trim()), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
}

/** Show the run in this page. */
export async function play() {
  const data = JSON.parse(byId("data").textContent), { start } = data;
  const shown = indexed(start);
  const run = decode(await unpacked(byId("run").textContent));
  const view = new View("A", shown, start.place);
  const charts = CHARTS.map((spec) => new Chart(spec, shown.index));
  const timeline = new Timeline(start.quarters, (position) => {
    view.at(position);
    charts.forEach((chart) => chart.cursor(position));
  });
  byId("title").textContent = text(words.title, { title: data.title, place: start.place.title });
  byId("question").textContent = data.question;
  byId("about").textContent = data.about;
  fill(byId("views"), view.element);
  fill(byId("time"), timeline.element);
  fill(byId("in-words"), view.inWords);
  fill(byId("legend"), legend(start));
  const runs = [{ run, name: "" }];
  const table = tableBox(messages.charts.as_table, () => outcomeTable(runs, CHARTED, shown));
  fill(byId("outcome"), h("div", { class: "verdicts" }, verdict(runs[0])), charts.map((chart) => chart.element));
  fill(byId("outcome-table"), table.element);
  fill(byId("differs"), data.changed.length ? h("div", { class: "differ-row" }, h("span", { text: words.changed }), h("ul", {}, data.changed.map((change) => h("li", { text: change })))) : null);
  fill(byId("why"), h("p", { text: data.reasons.summary }), h("ol", { class: "reasons" }, data.reasons.reasons.map(({ label, share, sentences }) =>
    h("li", {}, h("h3", {}, label, h("span", { class: "share", text: percent(share) })), h("ul", {}, sentences.map((said) => h("li", { text: text(words.sentence, { when: said.when, text: said.text }) })))))));
  const notes = Object.entries(data.notes);
  byId("notes-section").hidden = !notes.length;
  fill(byId("notes"), notes.flatMap(([name, note]) => [h("dt", { text: name }), h("dd", { text: note })]));
  byId("origin").textContent = text(words.origin, { seed: data.seed, version: start.version, source: start.source, place: start.place.hash.slice(0, 16), scenario: run.header.scenario.slice(0, 16), result: run.header.result });
  charts.forEach((chart) => chart.update(runs));
  timeline.use(run.header.moments);
  view.show(run, data.title);
  timeline.go(0);
  document.body.dataset.ready = run.header.result;
}
