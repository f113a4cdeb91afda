// One run that plays offline: everything it needs is in the page.

import { CHARTS, Chart } from "stage/charts.js";
import { byId, fill, h, percent } from "stage/dom.js";
import { decode } from "stage/message.js";
import { outcomeTable, tableBox } from "stage/summary.js";
import { Timeline } from "stage/timeline.js";
import { View, legend } from "stage/view.js";

const SHORT = { form: "Structures", integration: "Substance", outcome: "Outcome", seamless: "My care", pooled: "Pooled £m", trust: "Trust" };

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
}

/** Show the run in this page. */
export async function play() {
  const data = JSON.parse(byId("data").textContent), { start } = data;
  const words = { ...start, index: Object.fromEntries(start.measures.map(({ code }, k) => [code, k])), short: SHORT };
  const run = decode(await unpacked(byId("run").textContent));
  const view = new View("A", words, start.place, () => {});
  const charts = CHARTS.map((spec) => new Chart(spec, words));
  const timeline = new Timeline(start.quarters, (position) => {
    view.at(position);
    charts.forEach((chart) => chart.cursor(position));
  });
  byId("title").textContent = `${data.title} · ${start.place.title}`;
  byId("question").textContent = data.question;
  byId("about").textContent = data.about;
  fill(byId("views"), view.element);
  fill(byId("time"), timeline.element);
  fill(byId("in-words"), view.inWords);
  fill(byId("legend"), legend(words));
  const runs = [{ run, name: "" }];
  const table = tableBox("The charts as a table", () => outcomeTable(runs, Object.keys(SHORT), words));
  fill(byId("outcome"), h("div", { class: "verdicts" }, h("p", { class: `verdict ${run.header.regime}` }, h("strong", { text: run.header.regime_label }), ` ${run.header.verdict}`)), charts.map((chart) => chart.element));
  fill(byId("outcome-table"), table.element);
  fill(byId("differs"), data.changed.length ? h("div", { class: "differ-row" }, h("span", { text: "Changed:" }), h("ul", {}, data.changed.map((text) => h("li", { text })))) : null);
  fill(byId("why"), h("p", { text: data.reasons.summary }), h("ol", { class: "reasons" }, data.reasons.reasons.map(({ label, share, sentences }) =>
    h("li", {}, h("h3", {}, label, h("span", { class: "share", text: percent(share) })), h("ul", {}, sentences.map(({ when, text }) => h("li", { text: `${when}: ${text}` })))))));
  const notes = Object.entries(data.notes);
  byId("notes-section").hidden = !notes.length;
  fill(byId("notes"), notes.flatMap(([name, text]) => [h("dt", { text: name }), h("dd", { text })]));
  byId("origin").textContent = `Seed ${data.seed}. Version ${start.version}, source ${start.source}, place ${start.place.hash.slice(0, 16)}, scenario ${run.header.scenario.slice(0, 16)}, result ${run.header.result}.`;
  charts.forEach((chart) => chart.update(runs));
  timeline.use(run.header.moments);
  view.show(run, data.title);
  timeline.go(0);
  document.body.dataset.ready = run.header.result;
}
