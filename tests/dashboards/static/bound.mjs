// What the page's scripts make of scenarios, for a test in Python to compare: settings as numbers, events as calls, what holds when.

import { readFileSync } from "node:fs";

import { eventsOf, numberOf, settingsOf } from "../../../dashboards/static/model/binding.js";
import { inForce } from "../../../dashboards/static/model/in_force.js";
import { scenarioHash } from "../../../dashboards/static/model/scenario_hash.js";

const { descriptors, arrays, ends, data, scenarios, levers, quarters } = JSON.parse(readFileSync(0, "utf8")), found = [];
for (const scenario of scenarios) {
  const { place, partner, start, limits } = settingsOf(scenario, arrays, descriptors);
  found.push({
    place: [...place], partner: [...partner], start: [...start], limits: [...limits], events: eventsOf(scenario, ends, arrays, descriptors), hash: await scenarioHash(scenario, descriptors),
    held: quarters.map((quarter) => levers.map((name) => numberOf(descriptors, name, inForce(scenario, name, quarter, data)))),
  });
}
process.stdout.write(JSON.stringify(found));
