// What the page answers, for a test in Python to compare: reads what to ask from standard input.
// The compiled model is the page's own; only the worker is a thread of none, as there is no browser.

import { readFileSync } from "node:fs";

import { AtWork } from "../../../dashboards/static/model/at_work.js";
import { compiledModel } from "../../../dashboards/static/model/compiled.js";
import { indexed } from "../../../dashboards/static/model/run_values.js";
import { scenarioHash } from "../../../dashboards/static/model/scenario_hash.js";
import { told } from "../../../dashboards/static/words/happened.js";
import { Telling } from "../../../dashboards/static/words/telling.js";
import { brief, exact, fixed, roundedTo } from "../../../dashboards/static/model/written_numbers.js";
import { toldWayIn } from "../../../dashboards/static/words/way_in.js";
import { toldReasons } from "../../../dashboards/static/words/why.js";
import modelWords from "../../../dashboards/static/words/model_words.js";
import { toldNumber } from "../../../dashboards/static/words/of_the_model.js";

class HereAndNow {
  constructor() {
    this.heard = {};
  }

  addEventListener(what, heard) {
    this.heard[what] = heard;
  }

  async postMessage({ id, ask, given }) {
    try {
      const found = ask === "open" ? this.work = new AtWork(given[0]) : await this.work[ask](...given);
      this.heard.message({ data: { id, found: ask === "open" ? undefined : structuredClone(found) } });
    } catch (error) {
      this.heard.message({ data: { id, trouble: String(error) } });
    }
  }
}

const { module, data, held, asked } = JSON.parse(readFileSync(0, "utf8"));
globalThis.Worker = /** @type {any} */ (HereAndNow);
globalThis.navigator ??= /** @type {any} */ ({ hardwareConcurrency: 1 });
const model = compiledModel(await WebAssembly.compile(readFileSync(module)), data, held, "", { reasons: toldReasons, wayIn: toldWayIn }, async () => { throw new Error("no files are read here"); });
const full = indexed(data), columns = (found) => Object.fromEntries(Object.entries(found).map(([name, { values }]) => [name, Buffer.from(values).toString("base64")]));
const answers = {
  wayIn: ({ place }) => model.wayIn(place),
  told: async ({ request }) => told(await model.run(request), data.place, full).header,
  drawn: async ({ request }) => {
    const { header, measures, partner, tie } = await model.run(request);
    return { header, measures: [...measures], partner: columns(partner), tie: columns(tie) };
  },
  why: async ({ request, quarter }) => {
    const begun = performance.now(), found = await model.why(request, quarter);
    return { found, took: performance.now() - begun };
  },
  turn: async ({ sides: [one, other] }) => {
    const steps = new Map(), begun = performance.now();
    const found = await model.turn(one, other, ({ step, turn }) => steps.set(step, { ...(steps.get(step) ?? { from: performance.now() - begun }), tried: turn?.tried }));
    return { found, steps: [...steps], took: performance.now() - begun };
  },
  numbers: ({ sides }) => model.numbers(sides),
  eventLog: ({ sides }) => model.eventLog(sides),
  hash: ({ scenario }) => scenarioHash(scenario, held.descriptors),
  sentences: ({ rows, labels, titles }) => {
    const telling = new Telling(held.words, labels, titles);
    return rows.map(({ whole, other, spend }) => telling.sentence({ row: 0, whole, spend, other: Object.fromEntries(Object.entries(other).map(([name, value]) => [name, value ?? NaN])) }));
  },
  forms: ({ numbers }) => numbers.map((number) => ({
    exact: exact(number), brief: brief(Math.fround(number)), fixed: [0, 1].map((digits) => fixed(number, digits)), rounded: roundedTo(number, 5),
    told: Object.fromEntries(Object.keys(modelWords.numbers).map((form) => [form, toldNumber(form, number)])),
  })),
};
const found = [];
for (const each of asked) found.push(await answers[each.what](each));
process.stdout.write(JSON.stringify(found));
