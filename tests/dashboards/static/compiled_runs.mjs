// Runs of the compiled model, for a test in Python to compare: reads what to run from standard input, tells their digests, and
// writes their numbers to a file where one is named.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

import { eventsOf, settingsOf } from "../../../dashboards/static/model/binding.js";
import { Engine } from "../../../dashboards/static/model/engine.js";

const { module, descriptors, places, runs, reads, out } = JSON.parse(readFileSync(0, "utf8"));
const { instance } = await WebAssembly.instantiate(readFileSync(module), {});
const engine = new Engine(instance, descriptors), kept = [], told = [];
const bytes = (at, many) => Buffer.from(new Uint8Array(engine.memory.buffer, at, many).slice());
const digest = (parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");
for (const { place: k, scenario, seed, quarters } of runs) {
  const { arrays, ends } = places[k];
  engine.use(arrays);
  const settings = settingsOf(scenario, arrays, descriptors), events = eventsOf(scenario, ends, arrays, descriptors);
  const run = engine.record({ settings, events, seed }, quarters, reads);
  const ending = engine.ending(run, settings), offers = Buffer.from(engine.offers(run.table).buffer);
  const parts = [bytes(run.measures, quarters * descriptors.measures.length * 8), bytes(run.partners, quarters * run.wide[0] * 4), bytes(run.ties, quarters * run.wide[1] * 4)];
  told.push({ ending, result: digest(parts).slice(0, 16), offers: digest([offers]) });
  if (out) kept.push(...parts);
}
if (out) writeFileSync(out, Buffer.concat(kept));
process.stdout.write(JSON.stringify({ told, memory: engine.memory.buffer.byteLength }));
