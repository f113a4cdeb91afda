// One paragraph on a quarter of a run.

import { at, measure } from "stage/model/run_values.js";
import { messages, text } from "stage/words/messages.js";
import { percent, pounds, when } from "stage/words/numbers.js";

const words = messages.quarter;

/**
 * @param {import("stage/model/port.js").Run} run
 * @param {number} quarter
 * @param {import("stage/model/port.js").Place} place
 * @param {import("stage/model/run_values.js").IndexedData} data
 */
export function summary(run, quarter, place, data) {
  const { strained } = data.thresholds;
  const m = (code) => measure(run, data.index[code], quarter);
  const heavy = [...place.ids.keys()].filter((i) => at(run.partner.stress, quarter, i) >= strained);
  const largest = heavy.reduce((best, i) => (place.income[i] > place.income[best] ? i : best), heavy[0]);
  const gone = m("walk_outs");
  return [
    text(words.sharing, { when: when(quarter), deals: m("deals"), ties: place.a.length, pooled: pounds(m("pooled")), trust: percent(m("trust")), agreed: percent(m("form")), joined: percent(m("integration")) }),
    heavy.length ? text(words.strain, { count: heavy.length, who: place.labels[largest] }) : "",
    gone ? text(words.walk_outs, { count: gone }) : "",
  ].filter(Boolean).join(" ");
}
